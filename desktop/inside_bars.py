"""What adds up to a sum: bars to the right for it, to the left against it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.pad.inside_parts import Part
from digitpad.pad.inside_words import signed
from digitpad_desktop.inside_colours import faded, for_and_against
from digitpad_desktop.painting import AT_THE_RIGHT, painter_on


class SumBars(QWidget):
    """The parts of a sum, as bars.

    Signals:
        chosen: a unit's bar was clicked, or entered.
    """

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._parts: Sequence[Part] = ()
        self._here = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _row(self) -> int:
        return self.fontMetrics().height() + 5

    def sizeHint(self) -> QSize:
        return QSize(260, max(len(self._parts), 1) * self._row() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other parts."""
        if len(parts) != len(self._parts):
            self._parts = parts
            self.updateGeometry()
        self._parts = parts
        self._here = min(self._here, max(len(parts) - 1, 0))
        self.setAccessibleDescription(", ".join(f"{part.name}: {signed(part.amount)}" for part in parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        metrics, row = self.fontMetrics(), self._row()
        left = max((metrics.horizontalAdvance(part.name) for part in self._parts), default=0) + 10
        right = max((metrics.horizontalAdvance(signed(part.amount)) for part in self._parts), default=0) + 10
        room = max(self.width() - left - right, 10)
        middle = left + room / 2
        # Only single units have bars: beside all of them together theirs would not be seen.
        most = max((abs(part.amount) for part in self._parts if part.channel is not None), default=0.0) or 1.0
        speaks_for, against = for_and_against(self.palette())
        text, quiet = self.palette().text().color(), self.palette().placeholderText().color()
        for place, part in enumerate(self._parts):
            top = place * row + (4 if part.is_sum else 0)
            if part.is_sum:
                painter.setPen(QPen(quiet, 1))
                painter.drawLine(QPointF(0, top - 1), QPointF(self.width(), top - 1))
            painter.setPen(text if part.channel is not None or part.is_sum else quiet)
            painter.drawText(QRectF(0, top, left - 8, row), AT_THE_RIGHT, part.name)
            if part.channel is not None:
                bar = QRectF(middle, top + 3, part.amount / most * room / 2, row - 6).normalized()
                painter.fillRect(bar, speaks_for if part.amount >= 0 else against)
            painter.setPen(text)
            painter.drawText(QRectF(self.width() - right, top, right, row), AT_THE_RIGHT, signed(part.amount))
            if self.hasFocus() and place == self._here:
                painter.setPen(QPen(faded(text, 0.6), 1, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(0.5, top + 0.5, self.width() - 1, row - 1))
        painter.setPen(QPen(quiet, 1))
        units = sum(part.channel is not None for part in self._parts)
        painter.drawLine(QPointF(middle, 0), QPointF(middle, units * row))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._here = min(max(int(event.position().y() // self._row()), 0), len(self._parts) - 1)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._here = min(max(self._here + step, 0), max(len(self._parts) - 1, 0))
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self.update()
        chosen = self._parts[self._here].channel if 0 <= self._here < len(self._parts) else None
        if chosen is not None:
            self.chosen.emit(chosen)
