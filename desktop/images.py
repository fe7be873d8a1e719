"""Between the core's arrays and Qt's images."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}


def to_image(array: NDArray[np.uint8]) -> QImage:
    """An image of its own from uint8 (H, W), (H, W, 3) or (H, W, 4)."""
    solid = np.ascontiguousarray(array)
    height, width = solid.shape[:2]
    channels = 1 if solid.ndim == 2 else solid.shape[2]
    return QImage(solid.data, width, height, width * channels, FORMATS[channels]).copy()


def to_png(image: QImage) -> bytes:
    """The image as the contents of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def to_array(image: QImage) -> NDArray[np.uint8]:
    """The image as uint8 (H, W, 4) with alpha last."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return rows[:, : 4 * rgba.width()].reshape(rgba.height(), rgba.width(), 4).copy()
