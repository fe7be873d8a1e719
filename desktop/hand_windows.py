"""What is opened of a person's hand: the window *Hands*, and *Practice*."""

from PySide6.QtWidgets import QWidget

from digitpad.pad.pad import Pad


class HandWindows:
    """Opens the windows, of each of which there is only one.

    Args:
        window: the one that the others belong to.
        pad: whose hand it is.
    """

    def __init__(self, window: QWidget, pad: Pad) -> None:
        self._window, self._pad = window, pad

    def show_hands(self) -> None:
        """Show what was learned, and other hands, beside the pad."""
        from digitpad_desktop.hands import HandsDialog

        shown = self._window.findChild(HandsDialog)
        if shown is None or not shown.isVisible():  # closed, and not deleted yet
            shown = HandsDialog(self._pad, self._window)
            shown.practises.connect(self.practise)
        _bring_up(shown)

    def practise(self) -> None:
        """Have every digit written once."""
        from digitpad_desktop.practice import PracticeDialog

        shown = self._window.findChild(PracticeDialog)
        if shown is None or not shown.isVisible():
            shown = PracticeDialog(self._pad, self._window)
        _bring_up(shown)


def _bring_up(shown: QWidget) -> None:
    shown.show()
    shown.raise_()
    shown.activateWindow()
