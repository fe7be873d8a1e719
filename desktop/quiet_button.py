"""A button that does not shout."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton


class QuietButton(QToolButton):
    """A small button for what one seldom wants.

    Args:
        text: the word.
        work: what it does.
        tip: what is said of it where it is pointed at.
    """

    def __init__(self, text: str, work: Callable[[], object], tip: str = "") -> None:
        super().__init__()
        self.setText(text)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self.clicked.connect(lambda: work())
