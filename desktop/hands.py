"""The window *Hands*: what was learned of how a person writes, and whose hand it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad import DigitpadError
from digitpad.models.hand import SUFFIX, Hand
from digitpad.pad.hand_names import file_of
from digitpad.pad.pad import Change, Pad
from digitpad.pad.teaching import (
    ADD_LESSONS,
    FORGET_LESSON,
    FORGET_LESSONS,
    HANDS,
    HANDS_MEANING,
    NAME_OF_HAND,
    NEW_HAND,
    NO_LESSONS,
    OPEN_HAND,
    PRACTICE,
    PRACTICE_MEANING,
    READS_WITH,
    REMOVE_HAND,
    RENAME_HAND,
    SAVE_HAND,
    TIP_ADD_LESSONS,
    TIP_OPEN_HAND,
    TIP_SAVE_HAND,
    TIP_USE_HAND,
    USE_HAND,
    added,
    ask_forget_lessons,
    ask_remove,
    counted_lessons,
)
from digitpad_desktop.asking import agrees
from digitpad_desktop.lessons_list import LessonsList
from digitpad_desktop.notices import NoticeBar
from digitpad_desktop.saving import save

USUAL = QSize(660, 560)  # pixels of the window at first


class HandsDialog(QDialog):
    """The lessons of a hand, of which one or all can be forgotten; the other hands, and files of them.

    It follows what is taught on the pad meanwhile. It is deleted when it is closed.

    Args:
        pad: whose hands these are.
        parent: the window that it belongs to.

    Signals:
        practises: the person wants to teach every digit once.
    """

    practises = Signal()

    def __init__(self, pad: Pad, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(HANDS)
        self._pad = pad
        self.notices, self.which, self.is_on = NoticeBar(), QComboBox(), QCheckBox(USE_HAND)
        self.lessons, self.count, self.nothing = LessonsList(), QLabel(), QLabel(NO_LESSONS)
        self.new, self.rename = _button(NEW_HAND, self._add), _button(RENAME_HAND, self._rename)
        self.remove = _button(REMOVE_HAND, self._remove)
        self.forget = _button(FORGET_LESSON, self.lessons.forget)
        self.forget_all = _button(FORGET_LESSONS, self._forget_all)
        self.practice = _button(PRACTICE, self.practises.emit, PRACTICE_MEANING)
        self.save_file = _button(SAVE_HAND, self._save, TIP_SAVE_HAND)
        self.open_file = _button(OPEN_HAND, self._open, TIP_OPEN_HAND)
        self.merge = _button(ADD_LESSONS, self._merge, TIP_ADD_LESSONS)
        self._lay_out()
        self.which.textActivated.connect(lambda name: self._do(lambda: pad.hands.choose(name)))
        self.is_on.clicked.connect(lambda is_on: self._do(lambda: pad.hands.switch(is_on)))
        self.lessons.forgotten.connect(lambda lesson: self._do(lambda: pad.hands.forget(lesson)))
        self.lessons.itemSelectionChanged.connect(self._follow_selection)
        pad.hands.refresh()  # another desktop may have taught them too
        pad.subscribe(self._follow)
        self._fill()

    def done(self, result: int) -> None:
        self._pad.unsubscribe(self._follow)
        super().done(result)

    def _lay_out(self) -> None:
        self.which.setAccessibleName(READS_WITH)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        meaning = QLabel(HANDS_MEANING)
        for label in (meaning, self.nothing):
            label.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.is_on.setToolTip(TIP_USE_HAND)
        name = QLabel(f"&{READS_WITH}")
        name.setBuddy(self.which)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notices)
        layout.addWidget(meaning)
        layout.addLayout(_row(name, (self.which, 1), self.new, self.rename, self.remove))
        layout.addLayout(_row(self.is_on, None, self.count))
        layout.addWidget(self.lessons, stretch=1)
        layout.addWidget(self.nothing, stretch=1)
        layout.addLayout(_row(self.practice, None, self.forget, self.forget_all))
        layout.addLayout(_row(self.save_file, self.open_file, self.merge, None, _button("Close", self.close)))
        self.resize(USUAL)

    # What the buttons do

    def _add(self) -> None:
        if name := self._asked_name(NEW_HAND, ""):
            self._do(lambda: self._pad.hands.add(name))

    def _rename(self) -> None:
        old = self._pad.hands.current.name
        if name := self._asked_name(RENAME_HAND, old):
            self._do(lambda: self._pad.hands.rename(old, name))

    def _remove(self) -> None:
        name = self._pad.hands.current.name
        if agrees(self, REMOVE_HAND, ask_remove(name), "Remove"):
            self._do(lambda: self._pad.hands.remove(name))

    def _forget_all(self) -> None:
        if agrees(self, FORGET_LESSONS, ask_forget_lessons(self._pad.hands.current), "Forget"):
            self._do(self._pad.hands.forget_all)

    def _save(self) -> None:
        hand = self._pad.hands.current
        refusal = save(self, SAVE_HAND, file_of(hand.name), HANDS, SUFFIX, hand.to_bytes)
        self.notices.tell(refusal, about="saving")

    def _open(self) -> None:
        if path := self._asked_file(OPEN_HAND):
            self._do(lambda: self._pad.hands.bring(Hand.open(path).to_bytes()))

    def _merge(self) -> None:
        if path := self._asked_file(ADD_LESSONS):
            self._do(lambda: self._tell(added(self._pad.hands.merge(Hand.open(path).to_bytes()))))

    def _asked_name(self, title: str, name: str) -> str:
        """The name that a person gives a hand; empty where they changed their mind."""
        given, agreed = QInputDialog.getText(self, title, NAME_OF_HAND, text=name)
        return given if agreed else ""

    def _asked_file(self, title: str) -> Path | None:
        """The file that a person chooses; None where they changed their mind."""
        name, _ = QFileDialog.getOpenFileName(self, title, "", f"{HANDS} (*{SUFFIX});;All files (*)")
        return Path(name) if name else None

    def _do(self, change: Callable[[], object]) -> None:
        """Do something to the hands; where it can't be done, say why."""
        self._tell("")
        try:
            change()
        except DigitpadError as error:
            self._tell(str(error))
        self._fill()

    def _tell(self, sentence: str) -> None:
        self.notices.tell(sentence, about="a change")

    # What is shown

    def _follow(self, change: Change) -> None:
        if change is Change.HAND:
            self._fill()

    def _fill(self) -> None:
        """Show the hands as they are now."""
        hands = self._pad.hands
        hand = hands.current
        self.which.clear()
        self.which.addItems(hands.names)
        self.which.setCurrentText(hand.name)
        self.is_on.setChecked(hand.is_on)
        self.lessons.show_lessons(hand.lessons)
        self.lessons.setVisible(len(hand) > 0)
        self.nothing.setVisible(len(hand) == 0)
        self.count.setText(counted_lessons(hand))
        self.forget_all.setEnabled(len(hand) > 0)
        self._follow_selection()

    def _follow_selection(self) -> None:
        self.forget.setEnabled(self.lessons.chosen is not None)


def _button(text: str, work: Callable[[], object], tip: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: work())
    return button


def _row(*parts: QWidget | tuple[QWidget, int] | None) -> QHBoxLayout:
    """Widgets beside each other, some with a share of what is left; None is a gap that takes what is left."""
    row = QHBoxLayout()
    for part in parts:
        if part is None:
            row.addStretch(1)
        elif isinstance(part, tuple):
            row.addWidget(part[0], stretch=part[1])
        else:
            row.addWidget(part)
    return row
