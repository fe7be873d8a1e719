"""A value of a map as a textbook shows it: the patch times the kernel, number by number."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.pad.inside_words import number
from digitpad_desktop.painting import painter_on

Values = NDArray[np.float32]

LEGIBLE = 7  # pixels of the smallest digits
LETTERS = 0.3  # of a cell's width: room for a minus, three digits and the point
LIGHT = 0.55  # from this lightness on a colour bears black letters
LARGEST = 9  # lines of the font that a square is high at most
CENTRED = Qt.AlignmentFlag.AlignCenter


class Grid(NamedTuple):
    """A square of numbers.

    Attributes:
        values: float32 (h, w).
        shades: uint8 (h, w), which colour each has.
        table: the colours.
    """

    values: Values
    shades: NDArray[np.uint8]
    table: Sequence[int]


class Row(NamedTuple):
    """What one map that comes in adds.

    Attributes:
        name: of that map.
        grids: the patch; and where there is a kernel, that and the products.
        amount: what they add, in words.
    """

    name: str
    grids: Sequence[Grid]
    amount: str


class SumView(QWidget):
    """Rows of patch × kernel = products, each with what it adds."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self.setMinimumWidth(200)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._rows = rows
        self._fit()
        self.setAccessibleDescription("; ".join(f"{row.name}: {row.amount}" for row in rows))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the squares need that fit beside each other."""
        self.setFixedHeight(
            math.ceil(len(self._rows) * (self._side(self.width()) + 1.4 * self.fontMetrics().height()))
        )

    def _side(self, width: int) -> float:
        """Pixels of a square's side."""
        told = self.fontMetrics().horizontalAdvance("= +00.00") + 6
        room = (width - told - 2 * self.fontMetrics().height()) / 3
        return max(min(room, LARGEST * self.fontMetrics().height()), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        line = sign = self.fontMetrics().height()
        side = self._side(self.width())
        text = self.palette().text().color()
        for place, row in enumerate(self._rows):
            top, left = place * (side + 1.4 * line), 0.0
            painter.setFont(self.font())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(QRectF(0, top, self.width(), line), Qt.AlignmentFlag.AlignLeft, row.name)
            top += 1.1 * line
            for before, grid in zip(("", "×", "="), row.grids, strict=False):
                if before:
                    painter.setFont(self.font())
                    painter.setPen(text)
                    painter.drawText(QRectF(left, top, sign, side), CENTRED, before)
                    left += sign
                self._paint_grid(painter, QRectF(left, top, side, side), grid)
                left += side
            painter.setFont(self.font())
            painter.setPen(text)
            rest = QRectF(left + 6, top, self.width() - left - 6, side)
            painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.amount)
        painter.end()

    def _paint_grid(self, painter: QPainter, place: QRectF, grid: Grid) -> None:
        """Cells in colours, each with its number where there is room."""
        high, wide = grid.values.shape
        cell = min(place.width() / wide, place.height() / high)
        letters = min(cell * LETTERS, self.fontMetrics().height())
        if letters >= LEGIBLE:
            font = QFont(self.font())
            font.setPixelSize(int(letters))
            painter.setFont(font)
        for (row, column), value in np.ndenumerate(grid.values):
            if np.isnan(value):  # beyond the edge
                continue
            box = QRectF(place.left() + column * cell, place.top() + row * cell, cell - 1, cell - 1)
            colour = QColor(grid.table[int(grid.shades[row, column])])
            painter.fillRect(box, colour)
            if letters >= LEGIBLE:
                painter.setPen(Qt.GlobalColor.black if colour.lightnessF() > LIGHT else Qt.GlobalColor.white)
                painter.drawText(box, CENTRED, number(float(value)))
