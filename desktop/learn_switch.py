"""Whether corrections are learned."""

from PySide6.QtWidgets import QCheckBox

from digitpad.pad.hands import Hands
from digitpad.pad.teaching import LEARN, TIP_LEARN


class LearnSwitch(QCheckBox):
    """A box to tick, the same beside the table of pictures and below pages of numbers.

    Args:
        hands: what learns.
    """

    def __init__(self, hands: Hands) -> None:
        super().__init__(LEARN)
        self._hands = hands
        self.setToolTip(TIP_LEARN)
        self.setChecked(hands.learns)
        self.toggled.connect(self._switch)

    def _switch(self, is_on: bool) -> None:
        self._hands.learns = is_on
