"""The digits of a number, one beside the other: one of them is looked at."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import DIGITS_READ, digit_of, percent, said_of_digit

LINES = 2  # of digits that are seen at once, at most; the others are scrolled to


class Digits(QListWidget):
    """Each digit of what was read with its confidence; the bars and the glyph are of the one that is chosen.

    Args:
        pad: whose number it is.
    """

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self._shown: list[tuple[str, str]] = []
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(DIGITS_READ)
        self.currentRowChanged.connect(pad.point_at)
        pad.subscribe(self._follow)
        self.fill()

    def fill(self) -> None:
        """Show the digits that were read; nothing where that is one alone."""
        page = self._pad.page
        told = (
            [(digit_of(page, place), said_of_digit(page, place)) for place in range(len(page.digits))] if page else []
        )
        self.setVisible(bool(told))
        if told != self._shown:
            self._shown = told
            self.blockSignals(True)
            self.clear()
            for each, (sign, said) in zip(page.digits if page else (), told, strict=True):
                item = QListWidgetItem(f"{sign}\n{percent(each.reading.confidence)}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setToolTip(said)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setSizeHint(self._room())
                self.addItem(item)
            self.blockSignals(False)
            self._fit()
        self._point()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for row in range(self.count()):
                self.item(row).setSizeHint(self._room())
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.scrollToItem(self.currentItem())

    def _follow(self, change: Change) -> None:
        if change is Change.POINTED:
            self._point()

    def _point(self) -> None:
        self.blockSignals(True)
        self.setCurrentRow(self._pad.pointed if self._pad.page else -1)
        self.scrollToItem(self.currentItem())
        self.blockSignals(False)

    def _room(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(percent(1.0)) + 8, 2 * metrics.height() + 4)

    def _fit(self) -> None:
        """Be as high as the digits need."""
        room, around = self._room(), 2 * self.frameWidth() + 2
        beside = max(1, (self.viewport().width()) // room.width())
        lines = min(-(-self.count() // beside), LINES)
        self.setFixedHeight(max(lines, 1) * room.height() + around)
