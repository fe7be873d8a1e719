"""The drawings of the past, in a strip."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu

from digitpad.pad.history import Entry
from digitpad.pad.pad import Change, Pad
from digitpad.pad.teaching import CORRECT, SEVERAL_ON_CANVAS, UNTEACH, Choice
from digitpad.pad.words import KEPT_HERE, label, read_by, said
from digitpad_desktop.images import to_image
from digitpad_desktop.teach_keys import add_choices, choice_of

SHOWN = 48  # pixels of a thumbnail's side


class Strip(QListWidget):
    """The last drawings with what was read in them; one that is clicked comes back onto the canvas.

    Args:
        pad: whose drawings they are.
        forget_all: what its menu offers last.
    """

    chosen = Signal()

    def __init__(self, pad: Pad, forget_all: QAction) -> None:
        super().__init__()
        self._pad, self._forget_all = pad, forget_all
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
        selected = self.selectedItems()
        if event.key() == Qt.Key.Key_Delete and selected:
            self._forget(self.row(selected[0]))
        # Not `itemActivated`, which a double click is too, and Enter on a Mac is not.
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and selected:
            self._bring_back(selected[0])
        elif selected and (choice := choice_of(event)):
            self._teach(self.row(selected[0]), *choice)
        else:
            super().keyPressEvent(event)

    def _follow(self, change: Change) -> None:
        if change is Change.HISTORY:
            self._fill()

    def _fill(self) -> None:
        row = self.currentRow()
        selected = self._entries[row].number if self.selectedItems() and row < len(self._entries) else None
        self._show_entries(self._pad.remembered())
        self._forget_all.setEnabled(bool(self._entries))
        if not self._entries:
            item = QListWidgetItem(f"{KEPT_HERE}.")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        rows = [row for row, entry in enumerate(self._entries) if entry.number == selected]
        if rows:
            self.setCurrentRow(rows[0])
        else:  # the keyboard goes on from where it was, but nothing else is taken for what was selected
            index = self.model().index(min(row, len(self._entries) - 1), 0)
            self.clearSelection()
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_entries(self, entries: list[Entry]) -> None:
        """Show other drawings; those that stay as they were are not made anew, for the pen waits meanwhile."""
        if not entries or not self._entries:
            self.clear()
            self._entries = []
        before, now = [_state(entry) for entry in self._entries], [_state(entry) for entry in entries]
        shown, wanted = set(before), set(now)
        for row in reversed(range(len(before))):
            if before[row] not in wanted:
                self.takeItem(row)
        for row, entry in enumerate(entries):
            if now[row] not in shown:
                self.insertItem(row, _item(entry))
        self._entries = entries

    def _bring_back(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        if row < len(self._entries):
            self._pad.bring_back(self._entries[row])
            self.chosen.emit()

    def _offer(self, place: QPoint) -> None:
        item = self.itemAt(place)
        menu = QMenu(self)
        if item is not None and self.row(item) < len(self._entries):
            row = self.row(item)
            entry = self._entries[row]
            menu.addAction("Bring back", lambda: self._bring_back(item))
            if self._pad.can_teach_entry(entry):
                add_choices(menu, CORRECT, partial(self._teach, row))
            elif entry.text:
                menu.addAction(SEVERAL_ON_CANVAS).setEnabled(False)
            if entry.is_corrected:
                menu.addAction(UNTEACH, lambda: self._pad.unteach_entry(entry))
            menu.addAction("Forget", lambda: self._forget(row))
            menu.addSeparator()
        menu.addAction(self._forget_all)
        menu.exec(self.mapToGlobal(place))

    def _teach(self, row: int, choice: Choice) -> None:
        if row < len(self._entries):
            self._pad.teach_entry(self._entries[row], choice)

    def _forget(self, row: int) -> None:
        if row < len(self._entries):
            self._pad.forget(self._entries[row])


def _state(entry: Entry) -> Hashable:
    """All that is shown of a drawing."""
    read = (entry.digit, entry.verdict, entry.confidence, entry.model, entry.text, entry.mark)
    return entry.number, entry.at, entry.glyph.tobytes(), read


def _item(entry: Entry) -> QListWidgetItem:
    glyph = QPixmap.fromImage(to_image(entry.glyph)).scaled(SHOWN, SHOWN)
    thumbnail = QIcon(glyph)
    thumbnail.addPixmap(glyph, QIcon.Mode.Selected)  # or Qt would tint it
    item = QListWidgetItem(thumbnail, label(entry))
    item.setToolTip(f"{said(entry)}\n{read_by(entry.model)}, {entry.at.astimezone():%x, %H:%M}")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, said(entry))
    return item
