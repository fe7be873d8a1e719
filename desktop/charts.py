"""Small charts: which digits are misread, and the curves of a training."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.models.card import LONGEST_BAR, axis, count, told
from digitpad_desktop.painting import AT_THE_RIGHT, painter_on

NUMBERS = 12  # at most, on an axis of epochs
# Blue and orange as in the curves that a training leaves; at least 3 to 1 against white and against the near-black of
# a dark palette. The lines differ in dashes too.
LEARNED_COLOUR, HELD_OUT_COLOUR = QColor("#3b82f6"), QColor("#d97706")


class MisreadBars(QWidget):
    """Ten bars: how many of 1,000 of each digit are misread.

    Args:
        wrong: of the ten digits, as `card.misread` gives them.
    """

    def __init__(self, wrong: Sequence[float]) -> None:
        super().__init__()
        self._wrong = wrong
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Misread digits")
        self.setAccessibleDescription(told(wrong))

    def sizeHint(self) -> QSize:
        """Room for ten numbers beside each other, and for bars five times as high as the text."""
        line = self.fontMetrics().height()
        return QSize(10 * (self.fontMetrics().horizontalAdvance("1000") + 8), 7 * line + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        palette, line = self.palette(), self.fontMetrics().height()
        wide = self.width() / 10
        floor = self.height() - line - 2
        scale = (floor - line - 2) / max(LONGEST_BAR, *self._wrong)
        for digit, some in enumerate(self._wrong):
            left, top = digit * wide, floor - some * scale
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight())
            painter.drawRect(QRectF(left + wide * 0.2, top, wide * 0.6, floor - top))
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(left, top - line - 1, wide, line), Qt.AlignmentFlag.AlignCenter, count(some))
            painter.drawText(QRectF(left, floor + 2, wide, line), Qt.AlignmentFlag.AlignCenter, str(digit))
        painter.setPen(palette.placeholderText().color())
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        painter.end()


class Curves(QWidget):
    """How accuracy grows from epoch to epoch, on what is learned from and on what is held out."""

    def __init__(self) -> None:
        super().__init__()
        self._learned: Sequence[float] = ()
        self._held_out: Sequence[float] = ()
        self._epochs = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Accuracy, epoch by epoch")
        self.show_history((), (), 1)

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 8 * self.fontMetrics().height())

    def show_history(self, learned: Sequence[float], held_out: Sequence[float], epochs: int) -> None:
        """Show another history.

        Args:
            learned: the accuracy on what is learned from, 0 to 1, of each finished epoch.
            held_out: the same on what is held out.
            epochs: how many there will be in all.
        """
        self._learned, self._held_out = learned, held_out
        self._epochs = max(epochs, len(learned), 1)
        self.setAccessibleDescription(
            f"After epoch {len(learned)} of {self._epochs}: training {_percent(learned[-1])}, "
            f"validation {_percent(held_out[-1])}"
            if learned
            else "No epoch is finished."
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        palette, metrics = self.palette(), self.fontMetrics()
        line = metrics.height()
        floor, step = axis(min([*self._learned, *self._held_out], default=0.8))
        left = metrics.horizontalAdvance("99.9 %") + 8
        area = QRectF(left, line * 1.5, self.width() - left - 10, self.height() - line * 4)
        quiet = palette.placeholderText().color()
        fine = palette.text().color()  # thinned out: the palette's own greys vanish on a dark one
        fine.setAlphaF(0.2)
        for number in range(round((1 - floor) / step) + 1):
            share = floor + number * step
            y = _height(area, share, floor)
            painter.setPen(QPen(fine, 1 if number else 2))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(quiet)
            label = f"{share * 100:.{0 if step >= 0.01 else 1}f} %"
            painter.drawText(QRectF(0, y - line / 2, left - 6, line), AT_THE_RIGHT, label)
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if self._epochs <= n * NUMBERS)
        for epoch in range(every, self._epochs + 1, every):
            x = self._place(area, epoch - 1)
            painter.drawText(QRectF(x - 20, area.bottom() + 2, 40, line), Qt.AlignmentFlag.AlignCenter, str(epoch))
        painter.drawText(
            QRectF(area.left(), self.height() - line * 1.3, area.width(), line), Qt.AlignmentFlag.AlignCenter, "Epoch"
        )
        self._draw_line(painter, area, floor, self._learned, _pen(LEARNED_COLOUR, Qt.PenStyle.DashLine))
        self._draw_line(painter, area, floor, self._held_out, _pen(HELD_OUT_COLOUR, Qt.PenStyle.SolidLine))
        self._draw_legend(painter, area)
        if not self._learned:
            painter.setPen(quiet)
            between = area.translated(0, -area.height() / 8)  # two of the axis' lines
            painter.drawText(between, Qt.AlignmentFlag.AlignCenter, "The curves begin with the first finished epoch.")
        painter.end()

    def _place(self, area: QRectF, index: int) -> float:
        """Where an epoch stands; a single one in the middle."""
        return area.left() + area.width() * ((index + 0.5) / self._epochs)

    def _draw_line(self, painter: QPainter, area: QRectF, floor: float, shares: Sequence[float], pen: QPen) -> None:
        points = [
            QPointF(self._place(area, index), _height(area, share, floor)) for index, share in enumerate(shares)
        ]
        painter.setPen(pen)
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for point in points:
            painter.drawEllipse(point, 2.5, 2.5)

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        metrics, x = self.fontMetrics(), area.left()
        for name, pen in (
            ("Training accuracy", _pen(LEARNED_COLOUR, Qt.PenStyle.DashLine)),
            ("Validation accuracy", _pen(HELD_OUT_COLOUR, Qt.PenStyle.SolidLine)),
        ):
            middle = metrics.height() / 2
            painter.setPen(pen)
            painter.drawLine(QPointF(x, middle), QPointF(x + 26, middle))
            painter.setPen(self.palette().text().color())
            wide = metrics.horizontalAdvance(name) + 4
            painter.drawText(QRectF(x + 32, 0, wide, metrics.height()), Qt.AlignmentFlag.AlignVCenter, name)
            x += 32 + wide + 20


def _height(area: QRectF, share: float, floor: float) -> float:
    return area.bottom() - area.height() * (share - floor) / (1 - floor)


def _pen(colour: QColor, style: Qt.PenStyle) -> QPen:
    return QPen(colour, 2, style)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
