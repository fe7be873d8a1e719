"""Pictures of maps and kernels for the screen, from the core's arrays."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPalette

from digitpad.models.inside import GLYPH, Inside
from digitpad.models.layers import Layer
from digitpad.pad.mosaics import is_signed, mosaic, one_map, signed
from digitpad_desktop.inside_bands import Band
from digitpad_desktop.inside_colours import SIGNED_TABLE, map_table


def band_image(inside: Inside, layer: int, band: Band, palette: QPalette) -> QImage:
    """All maps of a layer where their band has them."""
    rows, columns = band.picked
    if layer == GLYPH:
        return indexed(np.maximum(inside.glyph, 1)[rows][:, columns], map_table(palette))
    made = inside.layers[layer]
    return indexed(mosaic(made, band.columns)[rows][:, columns], table_of(made, palette))


def map_image(inside: Inside, layer: int, channel: int, palette: QPalette) -> QImage:
    """One map, each of its pixels one of the image's; the glyph where that is meant."""
    if layer == GLYPH:
        return indexed(np.maximum(inside.glyph, 1), map_table(palette))
    made = inside.layers[layer]
    return indexed(one_map(made, channel), table_of(made, palette))


def table_of(layer: Layer, palette: QPalette) -> list[int]:
    """The colours of a layer's picture, the first one that of what lies between its maps."""
    return [palette.window().color().rgb(), *SIGNED_TABLE[1:]] if is_signed(layer) else map_table(palette)


def signed_image(values: NDArray[np.float32]) -> QImage:
    """Values that can be below 0, float32 (H, W), each a pixel."""
    return indexed(signed(values), SIGNED_TABLE)


def indexed(array: NDArray[np.uint8], table: list[int]) -> QImage:
    """An image of its own from uint8 (H, W), each value the number of a colour."""
    solid = np.ascontiguousarray(array)
    height, width = solid.shape
    image = QImage(solid.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image.convertToFormat(QImage.Format.Format_RGB32)
