"""What the network saw."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.pad.words import WHAT_WAS_SEEN
from digitpad_desktop.images import to_image

ENLARGED = 4  # screen pixels for each of its own, in a window of the usual size


class GlyphView(QWidget):
    """28 × 28 pixels, such as the network saw, each enlarged by the same whole number."""

    def __init__(self) -> None:
        super().__init__()
        self._enlarged = ENLARGED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_glyph(np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8))

    def sizeHint(self) -> QSize:
        return QSize(self._enlarged * GLYPH_SIDE, self._enlarged * GLYPH_SIDE)

    def enlarge(self, factor: float) -> None:
        """Be so many times as large as usual, or nearly so."""
        self._enlarged = max(round(ENLARGED * factor), 1)
        self.updateGeometry()

    def show_glyph(self, glyph: NDArray[np.uint8], what: str = WHAT_WAS_SEEN) -> None:
        """Show another glyph, uint8 (28, 28), ink 255 on 0, and say what it is where it is pointed at."""
        self._image = to_image(glyph)
        self.setAccessibleName(what)
        self.setToolTip(f"{what}: 28 × 28 pixels")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        enlarged = min(self.width(), self.height()) // GLYPH_SIDE * GLYPH_SIDE
        place = QRect((self.width() - enlarged) // 2, (self.height() - enlarged) // 2, enlarged, enlarged)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, self._image)
        painter.setPen(self.palette().mid().color())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()
