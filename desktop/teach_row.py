"""How sure the answer is, and beside that how one says that it is wrong; after that what was learned."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.pad.pad import Pad
from digitpad.pad.teaching import TIP_UNTEACH, UNTEACH, question, taught
from digitpad_desktop.quiet_button import QuietButton
from digitpad_desktop.teach_keys import TeachButton


class TeachRow(QWidget):
    """A sentence with *Not a 4?*, which asks what it is; after that what was learned, with a button that undoes it.

    Args:
        pad: what is taught.
    """

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self.said, self.ask, self.undo = QLabel(), TeachButton(), QuietButton(UNTEACH, pad.unteach, TIP_UNTEACH)
        self.said.setWordWrap(True)
        self.said.setForegroundRole(self.said.foregroundRole().PlaceholderText)
        self.ask.chosen.connect(pad.teach)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.said, stretch=1)
        layout.addWidget(self.ask)
        layout.addWidget(self.undo)
        self._keep_height()

    def fill(self, sentence: str, is_read: bool) -> None:
        """Say something of what is shown now.

        Args:
            sentence: how sure that is.
            is_read: whether it was read, and not something else before it.
        """
        pad = self._pad
        lesson = pad.lesson if is_read else None
        can_teach = is_read and lesson is None and pad.can_teach
        if can_teach:
            self.ask.ask(question(pad.shown))
        self.said.setText(taught(lesson.digit) if lesson else sentence)
        before, now = (self.ask, self.undo) if lesson else (self.undo, self.ask)
        had_focus = before.hasFocus()
        now.setVisible(lesson is not None or can_teach)
        if had_focus and now.isVisible():
            now.setFocus()
        before.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_height()

    def _keep_height(self) -> None:
        """Be as high without a button: the bars below are not to jump."""
        self.setMinimumHeight(max(button.sizeHint().height() for button in (self.ask, self.undo)))
