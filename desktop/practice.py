"""*Practice*: a person writes each digit once, and their hand is learned."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad.pad.pad import Change, Pad
from digitpad.pad.practice import DIGITS, Practice, doubt, told
from digitpad.pad.teaching import AGAIN, BACK, DONE, DRAW_AGAIN, NEXT, PRACTICE, PRACTICE_MEANING, SKIP, YES_IT_IS
from digitpad_desktop.canvas import Canvas
from digitpad_desktop.lessons_list import LessonsList
from digitpad_desktop.letters import enlarged

USUAL = QSize(560, 600)  # pixels of the window at first
LARGEST = 3.0  # how many times as large as the system's the letters can be, on a projector


class PracticeDialog(QDialog):
    """Asks for each digit once, on paper of its own; at the end it shows what the hand has learned.

    It is deleted when it is closed.

    Args:
        pad: whose hand learns, and whose pen writes.
        parent: the window that it belongs to.
    """

    def __init__(self, pad: Pad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(PRACTICE)
        self._hands = pad.hands
        self.practice = Practice(pad.recognizer, pad.hands)
        self.practice.pad.choose_pen(width=pad.width)
        self.told, self.doubt, self.meaning = QLabel(), QLabel(), QLabel(PRACTICE_MEANING)
        self.progress, self.canvas, self.lessons = QProgressBar(), Canvas(self.practice.pad), LessonsList()
        self.back, self.skip = self._button(BACK, self.practice.back), self._button(SKIP, self.practice.skip)
        self.clear = self._button(DRAW_AGAIN, self.practice.pad.clear)
        self.next = self._button(NEXT, self.practice.take)
        self.again, self.end = self._button(AGAIN, self.practice.again), self._button(DONE, self.close)
        self.middle = QStackedWidget()
        self._lay_out()
        self.lessons.forgotten.connect(pad.hands.forget)
        self.practice.pad.subscribe(self._follow)
        self._show()

    def done(self, result: int) -> None:
        self.canvas.leave()
        self.practice.end()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        factor = min(self.width() / USUAL.width(), self.height() / USUAL.height())
        self._enlarge(min(max(round(factor, 1), 1.0), LARGEST))

    def _follow(self, change: Change) -> None:
        if change in (Change.DRAWING, Change.READING, Change.HAND):
            self._show()

    def _show(self) -> None:
        """Show how far it is."""
        practice = self.practice
        is_over = practice.asked is None
        self.told.setText(told(practice))
        self.doubt.setText(doubt(practice))
        self.progress.setValue(DIGITS if practice.asked is None else practice.asked)
        self.next.setText(YES_IT_IS if practice.is_doubtful else NEXT)
        self.next.setEnabled(practice.can_take)
        self.clear.setEnabled(not practice.pad.drawing.content.is_empty)
        self.back.setEnabled(practice.asked != 0)
        for button in (self.clear, self.skip, self.next):
            button.setVisible(not is_over)
        for button in (self.again, self.end):
            button.setVisible(is_over)
        if is_over:
            self.lessons.show_lessons(self._hands.current.lessons)
        self.middle.setCurrentWidget(self.lessons if is_over else self.canvas)
        (self.end if is_over else self.next).setDefault(True)
        (self.end if is_over else self.canvas).setFocus()

    # How it is made

    def _button(self, text: str, work: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(work)
        button.clicked.connect(self._show)
        return button

    def _lay_out(self) -> None:
        for label in (self.told, self.doubt, self.meaning):
            label.setWordWrap(True)
        self.progress.setRange(0, DIGITS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(PRACTICE)
        self.middle.addWidget(self.canvas)
        self.middle.addWidget(self.lessons)
        buttons = QHBoxLayout()
        for button in (self.back, self.skip, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.clear, self.next, self.end):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.meaning)
        layout.addWidget(self.told)
        layout.addWidget(self.progress)
        layout.addWidget(self.middle, stretch=1)
        layout.addWidget(self.doubt)
        layout.addLayout(buttons)
        self.resize(USUAL)

    def _enlarge(self, factor: float) -> None:
        """Let the letters grow with the window: on a projector they are read from the last row."""
        self.told.setFont(enlarged(self.font(), 1.5 * factor, bold=True))
        self.doubt.setFont(enlarged(self.font(), factor, bold=True))
        buttons = (self.back, self.skip, self.clear, self.next, self.again, self.end)
        for widget in (self.meaning, self.canvas, self.lessons, *buttons):
            widget.setFont(enlarged(self.font(), factor))
