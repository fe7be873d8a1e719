"""Hands and eyes on the desktop's window."""

from conftest import STROKES
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog

from digitpad import Recognizer
from digitpad.pad.hands import Hands
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_desktop.inside import InsideWindow
from digitpad_desktop.settings import Settings
from digitpad_desktop.window import Window


def open_window(qtbot, history_file):
    """The window as it is at a start, with the drawings and the hands of that file."""
    pad = Pad(Recognizer(model="hands"), History(history_file), Hands(history_file))
    settings = Settings()
    settings.restore(pad)
    window = Window(pad, settings)
    qtbot.addWidget(window, before_close_func=_close_dialogs)
    window.show()
    qtbot.waitExposed(window)
    return window


def _close_dialogs(window):
    """Those of a hidden window stay where they are."""
    for dialog in window.findChildren(QDialog):
        dialog.close()


def open_inside(qtbot, window):
    """The window *Inside*, opened as a person does."""
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.canvas, Qt.Key.Key_I)
    inside = window.findChild(InsideWindow)
    qtbot.waitExposed(inside)
    return inside


def write(qtbot, window, digit, scale=3.0, left=30, top=10):
    """Draw a digit with the mouse."""
    canvas = window.canvas
    for points in STROKES[digit]:
        places = [QPoint(round(x * scale) + left, round(y * scale) + top) for x, y in points]
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            qtbot.mouseMove(canvas, place)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])


def shows(window, digit):
    """What `qtbot.waitUntil` takes to wait for that digit."""

    def check():
        assert window.answer.digit.text() == digit

    return check
