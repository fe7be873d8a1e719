"""The eleven keys by which a person says what a picture is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QWidget

from digitpad.pad.teaching import CHOICES, CHOOSE, HOW_BY_KEY, KEYS, WHAT_IS_IT, Choice
from digitpad.pad.words import choice_name
from digitpad_desktop.letters import enlarged
from digitpad_desktop.quiet_button import QuietButton

BESIDE = 5  # digits in a line: two lines of them are as easy to hit with a finger as a telephone's
HIGH = 2.4  # lines of the font that a key is high
LARGER = 1.3  # times as large as the system's are the letters of a digit's key


def choice_of(event: QKeyEvent) -> tuple[Choice] | None:
    """What a pressed key says that a picture is, alone in a tuple, for that can be None; None for any other key."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    key = event.text().upper()
    return (KEYS[key],) if key in KEYS and not modifiers else None


def add_choices(menu: QMenu, question: str, chosen: Callable[[Choice], object]) -> None:
    """Offer the same in a menu, below a question.

    Args:
        menu: what gets a menu in it.
        question: what that is called.
        chosen: called with what was chosen.
    """
    choices = menu.addMenu(question.replace("&", "&&"))
    for choice in CHOICES:
        choices.addAction(choice_name(choice), partial(chosen, choice))


class TeachKeys(QFrame):
    """Keys 0 to 9 and *no digit* over the window, until one is pressed; Escape, or a click elsewhere, puts them away.

    Signals:
        chosen: what the picture is: 0 to 9, or None for no digit.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(WHAT_IS_IT)
        self.setAccessibleDescription(HOW_BY_KEY)
        self.keys = {choice: self._key(choice) for choice in CHOICES}
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 6, 6, 6)
        grid.setSpacing(4)
        for digit in range(10):
            grid.addWidget(self.keys[digit], digit // BESIDE, digit % BESIDE)
        grid.addWidget(self.keys[None], 10 // BESIDE, 0, 1, BESIDE)

    def open_at(self, anchor: QWidget, font: QFont) -> None:
        """Show them below, or above, a widget, in such letters."""
        side = round(HIGH * QFontMetrics(font).height())
        for choice, key in self.keys.items():
            key.setFont(font if choice is None else enlarged(font, LARGER, bold=True))
            key.setFixedHeight(side)
            if choice is not None:
                key.setFixedWidth(side)
        self.adjustSize()
        room = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height()))
        if corner.y() + self.height() > room.bottom():
            corner.setY(anchor.mapToGlobal(QPoint(0, -self.height())).y())
        corner.setX(min(max(corner.x(), room.left()), max(room.right() - self.width(), room.left())))
        self.move(corner)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)  # on no key: who has opened them by Space may press it twice

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if choice := choice_of(event):
            self._choose(*choice)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.keys[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, choice: Choice) -> None:
        self.hide()
        self.chosen.emit(choice)

    def _key(self, choice: Choice) -> QPushButton:
        key = QPushButton(choice_name(choice), self)
        key.clicked.connect(lambda: self._choose(choice))
        return key


class TeachButton(QuietButton):
    """Asks whether what was read is wrong, and opens the keys that answer.

    Signals:
        chosen: as of the `TeachKeys`.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(WHAT_IS_IT, self.open_keys, f"{CHOOSE}. {HOW_BY_KEY}.")
        self.keys = TeachKeys(self)
        self.keys.chosen.connect(self.chosen)

    def ask(self, question: str) -> None:
        """Ask something else."""
        if question != self.text():
            self.setText(question)

    def open_keys(self) -> None:
        """Show the keys."""
        self.keys.open_at(self, self.font())
