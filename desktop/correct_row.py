"""How a row of the table of pictures is corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.pad.hands import Hands
from digitpad.pad.results import Result
from digitpad.pad.teaching import TIP_UNCORRECT, UNCORRECT, question
from digitpad_desktop.learn_switch import LearnSwitch
from digitpad_desktop.quiet_button import QuietButton
from digitpad_desktop.teach_keys import TeachButton


class CorrectRow(QWidget):
    """*Not a 4?* of the row that is selected, or the way back from that; and whether it is learned.

    Args:
        hands: what learns.

    Signals:
        corrected: what the picture is: 0 to 9, or None for no digit.
        undone: it is what was read after all.
    """

    corrected = Signal(object)
    undone = Signal()

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self.learn, self.ask = LearnSwitch(hands), TeachButton()
        self.undo = QuietButton(UNCORRECT, self.undone.emit, TIP_UNCORRECT)
        self.ask.chosen.connect(self.corrected)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.learn)
        layout.addWidget(self.ask)
        layout.addWidget(self.undo)
        self.show_result(None)

    def show_result(self, result: Result | None) -> None:
        """Ask for another row, or for none."""
        can_be_corrected = result is not None and result.can_be_corrected
        if result and result.reading and can_be_corrected:
            self.ask.ask(question(result.reading))
        is_corrected = result is not None and result.is_corrected
        self.ask.setVisible(not is_corrected)
        self.ask.setEnabled(can_be_corrected)
        self.undo.setVisible(is_corrected)
