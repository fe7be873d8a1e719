"""The lessons of a hand, each a picture with what it is."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.lesson import Lesson
from digitpad.pad.teaching import FORGET_LESSON, LESSONS, said_of_lesson
from digitpad.pad.words import choice_name
from digitpad_desktop.images import to_image

ENLARGED = 2  # screen pixels for each of a glyph's
SIDE = ENLARGED * GLYPH_SIDE


class LessonsList(QListWidget):
    """What was taught, the newest first; Delete, or the menu of one, forgets it.

    Signals:
        forgotten: the `Lesson` that is to be forgotten.
    """

    forgotten = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lessons: list[Lesson] = []
        self.setAccessibleName(LESSONS)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setSpacing(4)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)

    @property
    def chosen(self) -> Lesson | None:
        """The one that is selected; None where none is."""
        rows = [self.row(item) for item in self.selectedItems()]
        return self._lessons[rows[0]] if rows else None

    def show_lessons(self, lessons: Sequence[Lesson]) -> None:
        """Show other lessons, the oldest first; what is selected stays where it is."""
        row = self.currentRow() if self.selectedItems() else -1
        self.clear()
        self._lessons = list(reversed(lessons))
        for lesson in self._lessons:
            item = QListWidgetItem(_icon(lesson), choice_name(lesson.digit))
            item.setToolTip(said_of_lesson(lesson))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said_of_lesson(lesson))
            self.addItem(item)
        if row >= 0 and self._lessons:
            self.setCurrentRow(min(row, len(self._lessons) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.forget()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Have the one that is selected forgotten, if one is."""
        if self.chosen:
            self.forgotten.emit(self.chosen)

    def _offer(self, place: QPoint) -> None:
        if self.itemAt(place) is not None and self.chosen:
            menu = QMenu(self)
            menu.addAction(FORGET_LESSON, self.forget)
            menu.exec(self.mapToGlobal(place))


def _icon(lesson: Lesson) -> QIcon:
    picture = QPixmap.fromImage(to_image(lesson.glyph)).scaled(SIDE, SIDE)
    shown = QIcon(picture)
    shown.addPixmap(picture, QIcon.Mode.Selected)  # or Qt would tint it
    return shown
