"""The drawings of the past, in a strip."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu

from digitpad.pad.history import Entry
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import label, said
from digitpad_desktop.images import to_image

SHOWN = 48  # pixels of a thumbnail's side


class Strip(QListWidget):
    """The last drawings with what was read in them; one that is clicked comes back onto the canvas."""

    chosen = Signal()

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self._entries: list[Entry] = []
        self.setFlow(QListView.Flow.LeftToRight)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setIconSize(QSize(SHOWN, SHOWN))
        self.setSpacing(2)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(SHOWN + self.fontMetrics().height() + self.horizontalScrollBar().sizeHint().height() + 18)
        self.setAccessibleName("History")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)
        self.itemClicked.connect(self._bring_back)
        pad.subscribe(self._follow)
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentItem():
            self._forget(self.currentRow())
        # Not `itemActivated`, which a double click is too, and Enter on a Mac is not.
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._bring_back(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _follow(self, change: Change) -> None:
        if change is Change.HISTORY:
            self._fill()

    def _fill(self) -> None:
        row = self.currentRow()
        self._entries = self._pad.remembered()
        self.clear()
        for entry in self._entries:
            glyph = QPixmap.fromImage(to_image(entry.glyph)).scaled(SHOWN, SHOWN)
            thumbnail = QIcon(glyph)
            thumbnail.addPixmap(glyph, QIcon.Mode.Selected)  # or Qt would tint it
            item = QListWidgetItem(thumbnail, label(entry))
            item.setToolTip(f"{said(entry)}\n{entry.at.astimezone():%x, %H:%M}, read by {entry.model}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said(entry))
            self.addItem(item)
        if not self._entries:
            item = QListWidgetItem("What you draw is kept here.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(min(row, len(self._entries) - 1))

    def _bring_back(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        if row < len(self._entries):
            self._pad.bring_back(self._entries[row])
            self.chosen.emit()

    def _offer(self, place: QPoint) -> None:
        item = self.itemAt(place)
        if item is None or self.row(item) >= len(self._entries):
            return
        menu = QMenu(self)
        menu.addAction("Bring back", lambda: self._bring_back(item))
        menu.addAction("Forget", lambda: self._forget(self.row(item)))
        menu.exec(self.mapToGlobal(place))

    def _forget(self, row: int) -> None:
        if row < len(self._entries):
            self._pad.forget(self._entries[row])
