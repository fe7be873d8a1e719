"""What can be done in the window *Inside*, from a menu, a button or a key."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QMenuBar

from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import ALL_ON, INSIDE, PRESENTATION, TIP_ALL_ON, TIP_PRESENTATION
from digitpad.pad.pad import Pad
from digitpad.pad.words import TIP_CLEAR, TIP_REDO, TIP_UNDO
from digitpad_desktop.action import Tools, fill_menus, make_action
from digitpad_desktop.icons import icon

if TYPE_CHECKING:
    from digitpad_desktop.inside import InsideWindow


class InsideActions:
    """The window's actions, with the platform's shortcuts.

    Args:
        window: what some of them are done to.
        pad: what the others are done to.
    """

    def __init__(self, window: "InsideWindow", pad: Pad) -> None:
        keys, view = QKeySequence.StandardKey, window.view
        self.tools = Tools(window, pad)
        self.undo = make_action(window, "&Undo", pad.undo, keys.Undo, TIP_UNDO)
        self.redo = make_action(window, "&Redo", pad.redo, keys.Redo, TIP_REDO)
        self.clear = make_action(window, "C&lear", pad.clear, "Ctrl+Backspace", TIP_CLEAR)
        self.predict = make_action(window, "&Predict", pad.predict, "F5")
        self.switch = make_action(window, "&Switch the map off or on", lambda: view.switch(), "X")
        self.all_on = make_action(window, f"&{ALL_ON}", view.all_on, "A", TIP_ALL_ON)
        self.present = make_action(window, f"&{PRESENTATION}", window.present, "F11", TIP_PRESENTATION)
        self.close = make_action(window, "&Close", window.close, keys.Close)
        self.tabs = [
            make_action(
                window, window.tabs.tabText(place), partial(window.tabs.setCurrentIndex, place), f"Ctrl+{place + 1}"
            )
            for place in range(window.tabs.count())
        ]
        self.colour(window.palette())

    def fill(self, bar: QMenuBar) -> None:
        """Put all of them into menus."""
        fill_menus(
            bar,
            {
                f"&{INSIDE}": [*self.tabs, None, self.switch, self.all_on, None, self.present, None, self.close],
                "&Edit": [
                    self.tools.pen,
                    self.tools.eraser,
                    None,
                    self.undo,
                    self.redo,
                    self.clear,
                    None,
                    self.predict,
                ],
            },
        )

    def colour(self, palette: QPalette) -> None:
        """Draw the icons in the palette's colours."""
        for name, action in {
            "pen": self.tools.pen,
            "eraser": self.tools.eraser,
            "undo": self.undo,
            "redo": self.redo,
            "clear": self.clear,
            "right": self.all_on,
            "whole": self.present,
        }.items():
            action.setIcon(icon(name, palette))

    def follow(self, pad: Pad, view: InsideView) -> None:
        """Let only that be done which can be done now."""
        self.tools.follow(pad)
        self.undo.setEnabled(pad.drawing.can_undo)
        self.redo.setEnabled(pad.drawing.can_redo)
        self.clear.setEnabled(not pad.drawing.content.is_empty)
        self.all_on.setEnabled(any(side.off for side in view.sides))
        self.switch.setEnabled(view.can_switch)
