"""Bars: how probable each digit is, and that it is none."""

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.pad.words import NO_DIGIT, Bar, percent, told
from digitpad_desktop.painting import AT_THE_RIGHT, painter_on

MILLISECONDS = 120  # that a bar takes to its new length: seen, but never waited for
ROWS = 11  # also for a model with ten bars: nothing is to jump when another one reads
NO_BARS = (0.0,) * ROWS


class Bars(QWidget):
    """Bars that move to the probabilities of the latest reading."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self._from: tuple[float, ...] = NO_BARS
        self._to: tuple[float, ...] = NO_BARS
        self._shown: tuple[float, ...] = NO_BARS
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(MILLISECONDS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Probabilities")

    def sizeHint(self) -> QSize:
        """High enough for a line of the font each."""
        return QSize(240, ROWS * (self.fontMetrics().height() + 3))

    def minimumSizeHint(self) -> QSize:
        """The bars may be narrow; their labels must fit, which are in no need of the room below the line."""
        return QSize(self._left() + self._right() + 20, ROWS * (self.fontMetrics().capHeight() + 5))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Move to other probabilities.

        Args:
            bars: as `words.bars` gives them, of which none need be the one that was read.
        """
        self._from, self._bars = self._shown, bars
        self._to = (*(bar.share for bar in bars), *NO_BARS[len(bars) :])
        is_something = any(bar.is_read for bar in bars)
        self.setAccessibleDescription(told(bars) if is_something else "Nothing has been read.")
        self._animation.stop()
        self._animation.start()

    def _move(self, way: float) -> None:
        self._shown = tuple(old + (new - old) * way for old, new in zip(self._from, self._to, strict=True))
        self.update()

    def _left(self) -> int:
        """Pixels for the longest name, as wide for a model that does not have it."""
        return self.fontMetrics().horizontalAdvance(NO_DIGIT) + 8

    def _right(self) -> int:
        """Pixels for the longest share."""
        return self.fontMetrics().horizontalAdvance(percent(1.0)) + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        palette, left, right = self.palette(), self._left(), self._right()
        is_something = any(bar.is_read for bar in self._bars)
        row = self.height() / ROWS
        thick = min(row - 4, self.fontMetrics().height() * 0.75)
        room = max(1.0, self.width() - left - right)
        for number, (bar, share) in enumerate(zip(self._bars, self._shown, strict=False)):
            top = number * row
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(0, top, left - 8, row), AT_THE_RIGHT, bar.name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight() if bar.is_read else palette.placeholderText())
            long = max(share * room, 2.0)
            painter.drawRoundedRect(QRectF(left, top + (row - thick) / 2, long, thick), 3, 3)
            if is_something:
                painter.setPen(palette.text().color() if bar.is_read else palette.placeholderText().color())
                place = QRectF(left + long + 6, top, right, row)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, percent(bar.share))
        painter.end()
