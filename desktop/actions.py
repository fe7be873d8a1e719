"""All that can be done from a menu, a button or a key."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QMenuBar

from digitpad.pad.inside_words import INSIDE
from digitpad.pad.pad import Pad
from digitpad.pad.quiz import QUIZ_MEANING, QUIZ_TITLE
from digitpad.pad.teaching import (
    CHOOSE,
    CORRECT,
    HANDS,
    HANDS_MEANING,
    PRACTICE,
    PRACTICE_MEANING,
    TIP_UNTEACH,
    UNTEACH,
)
from digitpad.pad.words import TIP_CLEAR, TIP_REDO, TIP_UNDO
from digitpad_desktop.action import Tools, fill_menus, make_action
from digitpad_desktop.icons import icon

if TYPE_CHECKING:
    from digitpad_desktop.window import Window


class Actions:
    """The window's actions, with the platform's shortcuts.

    Args:
        window: what most of them are done to.
        pad: what the others are done to.
    """

    def __init__(self, window: "Window", pad: Pad) -> None:
        self._window = window
        keys, make = QKeySequence.StandardKey, partial(make_action, window)
        self.open = make("&Open…", window.opening.choose, keys.Open, "Read a picture, or several")
        self.save = make("&Save drawing…", window.save_drawing, keys.Save)
        self.save_seen = make("Save what the network &saw…", window.save_glyph)
        self.quit = make("&Quit", window.close, keys.Quit)
        self.undo = make("&Undo", pad.undo, keys.Undo, TIP_UNDO)
        self.redo = make("&Redo", pad.redo, keys.Redo, TIP_REDO)
        self.copy_drawing = make("&Copy drawing", window.copy, keys.Copy)
        self.paste_picture = make("&Paste picture", window.opening.paste, keys.Paste)
        self.clear = make("C&lear", pad.clear, "Ctrl+Backspace", TIP_CLEAR)
        self.forget = make("Clear &history…", window.clear_history, tip="Forget all drawings of the history")
        self.tools = Tools(window, pad)
        self.thinner = make("T&hinner pen", lambda: pad.choose_pen(width=pad.width / 1.25), "[")
        self.thicker = make("Thic&ker pen", lambda: pad.choose_pen(width=pad.width * 1.25), "]")
        self.live = make("&Live", window.switch_live, "L", "Let the reading follow the pen")
        self.live.setCheckable(True)
        self.live.setChecked(pad.is_live)
        self.predict = make("&Predict", pad.predict, "F5", "Read what is on the canvas")
        self.inside = make(f"&{INSIDE}…", window.show_inside, "I", "Look inside the network while you draw")
        self.card = make("About this &model…", window.show_card, "Ctrl+I")
        self.quiz = make(f"&{QUIZ_TITLE}…", window.play, tip=QUIZ_MEANING)
        self.train = make("&Retrain…", window.retrain)
        self.correct = make(f"&{CORRECT}…", window.answer.teaching.ask.open_keys, "C", CHOOSE)
        self.unteach = make(f"&{UNTEACH}", pad.unteach, tip=TIP_UNTEACH)
        self.hands = make(f"&{HANDS}…", window.hands.show_hands, "H", HANDS_MEANING)
        self.practice = make(f"&{PRACTICE}…", window.hands.practise, tip=PRACTICE_MEANING)
        self.show_glossary = make("&Glossary", window.show_glossary)
        self.show_about = make("&About digitpad", window.about)
        self.colour(window.palette())

    def fill(self, bar: QMenuBar) -> None:
        """Put all of them into menus."""
        edit = [self.undo, self.redo, None, self.copy_drawing, self.paste_picture, None, self.clear, self.forget]
        menus: dict[str, list[QAction | None]] = {
            "&File": [self.open, self.save, self.save_seen, None, self.quit],
            "&Edit": edit,
            "&Pad": [self.tools.pen, self.tools.eraser, self.thinner, self.thicker, None, self.live, self.predict],
            "&Model": [self.inside, None, self.card, self.quiz, self.train],
            "H&and": [self.correct, self.unteach, None, self.hands, self.practice],
            "&Help": [self.show_glossary, self.show_about],
        }
        fill_menus(bar, menus)

    def colour(self, palette: QPalette) -> None:
        """Draw the icons in the palette's colours."""
        for name, action in {
            "pen": self.tools.pen,
            "eraser": self.tools.eraser,
            "undo": self.undo,
            "redo": self.redo,
            "clear": self.clear,
            "live": self.live,
            "open": self.open,
        }.items():
            action.setIcon(icon(name, palette))

    def follow(self, pad: Pad) -> None:
        """Let only that be done which can be done now."""
        self.undo.setEnabled(pad.drawing.can_undo)
        self.redo.setEnabled(pad.drawing.can_redo)
        has_something = not pad.drawing.content.is_empty
        for action in (self.save, self.copy_drawing, self.clear):
            action.setEnabled(has_something)
        self.save_seen.setEnabled(has_something and pad.is_read)
        self.correct.setEnabled(pad.can_teach)
        self.unteach.setEnabled(pad.lesson is not None)
        self.tools.follow(pad)
