"""Ten bars: how probable each digit is."""

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.pad.words import percent

MILLISECONDS = 120  # that a bar takes to its new length: seen, but never waited for
NOTHING = (0.0,) * 10


class Bars(QWidget):
    """Ten bars that move to the probabilities of the latest reading."""

    def __init__(self) -> None:
        super().__init__()
        self._from: tuple[float, ...] = NOTHING
        self._to: tuple[float, ...] = NOTHING
        self._shown: tuple[float, ...] = NOTHING
        self._digit: int | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(MILLISECONDS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Probabilities")

    def sizeHint(self) -> QSize:
        """High enough for ten lines of the system's font."""
        return QSize(240, 10 * (self.fontMetrics().height() + 4))

    def minimumSizeHint(self) -> QSize:
        """The bars may be narrow; their labels must fit."""
        return QSize(150, 10 * self.fontMetrics().height())

    def show_shares(self, shares: Sequence[float], digit: int | None) -> None:
        """Move to other probabilities.

        Args:
            shares: of the ten digits, 0 to 1 each.
            digit: the one that was read, whose bar is marked; None for none.
        """
        self._from, self._to, self._digit = self._shown, tuple(shares), digit
        said = ", ".join(f"{number}: {percent(share)}" for number, share in enumerate(shares))
        self.setAccessibleDescription(said if digit is not None else "Nothing has been read.")
        self._animation.stop()
        self._animation.start()

    def _move(self, way: float) -> None:
        self._shown = tuple(old + (new - old) * way for old, new in zip(self._from, self._to, strict=True))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, palette = self.fontMetrics(), self.palette()
        left = metrics.horizontalAdvance("0") + 10
        label = metrics.horizontalAdvance("> 99.9 %") + 8
        row = self.height() / 10
        thick = min(row - 4, metrics.height() * 0.75)
        room = max(1.0, self.width() - left - label)
        for digit, share in enumerate(self._shown):
            top = digit * row
            is_read = digit == self._digit
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(0, top, left - 6, row), Qt.AlignmentFlag.AlignCenter, str(digit))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight() if is_read else palette.mid())
            long = max(share * room, 2.0)
            painter.drawRoundedRect(QRectF(left, top + (row - thick) / 2, long, thick), 3, 3)
            if self._digit is not None:
                painter.setPen(palette.text().color() if is_read else palette.placeholderText().color())
                place = QRectF(left + long + 6, top, label, row)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, percent(self._to[digit]))
        painter.end()
