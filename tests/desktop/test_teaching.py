"""A person says what was read wrongly: with the mouse, with a key, on the canvas and in the strip."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from windowing import open_window, shows, write

from digitpad.pad.teaching import IS_OFF

pytestmark = pytest.mark.usefixtures("own_settings")


def labels(window):
    return [window.strip.item(row).text() for row in range(window.strip.count())]


def test_two_clicks_teach_a_digit_which_is_kept_and_one_undoes_it(qtbot, window, history_file):
    row, answer = window.answer.teaching, window.answer
    assert not row.ask.isVisible()
    write(qtbot, window, 7)
    qtbot.waitUntil(shows(window, "7"))
    assert row.ask.text() == "Not a 7?"
    qtbot.mouseClick(row.ask, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.ask.keys.keys[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shows(window, "1"))
    assert "because you taught me" in answer.verdict.text()
    assert row.said.text() == "Learned: this is a 1."
    assert (answer.lessons.pictures[0].isVisible(), answer.lessons.pictures[1].isVisible()) == (True, False)
    assert answer.lessons.pictures[0].accessibleName().startswith("You taught me this one: Taught as a 1, ")
    assert labels(window) == ["7 → 1"]
    # A crash loses nothing, and the next start reads with it.
    again = open_window(qtbot, history_file)
    write(qtbot, again, 7)
    qtbot.waitUntil(shows(again, "1"))
    assert again.answer.teaching.ask.text() == "Not a 1?"
    window.do.undo.trigger()  # takes back the stroke, not the lesson
    window.do.redo.trigger()
    qtbot.waitUntil(shows(window, "1"))
    qtbot.mouseClick(row.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shows(window, "7"))
    assert not answer.lessons.isVisible()
    assert labels(window)[-1] == "7"
    assert len(window._pad.hands.current) == 0


def test_a_key_teaches_on_the_canvas_and_in_the_keys_over_it(qtbot, window):
    write(qtbot, window, 4)
    qtbot.waitUntil(shows(window, "4"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_N)
    qtbot.waitUntil(shows(window, "?"))
    assert window.answer.verdict.text() == "No digit, because you taught me this one"
    window.do.unteach.trigger()
    qtbot.waitUntil(shows(window, "4"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_C)
    row = window.answer.teaching
    assert row.ask.keys.isVisible()
    qtbot.keyClick(row.ask.keys, Qt.Key.Key_Escape)
    assert not row.ask.keys.isVisible()
    row.ask.setFocus()
    qtbot.keyClick(row.ask, Qt.Key.Key_Space)
    qtbot.keyClick(row.ask.keys, Qt.Key.Key_Space)  # a Space too many teaches nothing
    qtbot.keyClick(row.ask.keys, Qt.Key.Key_9)
    qtbot.waitUntil(shows(window, "9"))
    assert row.undo.hasFocus()
    window._pad.hands.switch(False)
    qtbot.waitUntil(shows(window, "4"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_9, Qt.KeyboardModifier.KeypadModifier)
    assert window.notices.text.text() == IS_OFF


def test_one_digit_of_a_number_is_taught(qtbot, window):
    write(qtbot, window, 4)
    write(qtbot, window, 2, left=280)
    qtbot.waitUntil(shows(window, "42"))
    window._pad.point_at(1)
    assert window.answer.teaching.ask.text() == "Not a 2?"
    qtbot.keyClick(window.canvas, Qt.Key.Key_7)
    qtbot.waitUntil(shows(window, "47"))
    assert labels(window) == ["42 → 47"]


def test_a_drawing_of_the_strip_is_corrected_from_its_menu_and_by_a_key(qtbot, window):
    for digit in (4, 7):
        write(qtbot, window, digit)
        window.do.clear.trigger()
    qtbot.waitUntil(lambda: labels(window) == ["7", "4"])
    offered = []

    def choose():
        menu = QApplication.activePopupWidget()
        offered.extend(action.text() for action in menu.actions())
        [choices] = [action.menu() for action in menu.actions() if action.menu()]
        menu.close()
        choices.actions()[9].trigger()

    QTimer.singleShot(20, choose)
    window.strip.customContextMenuRequested.emit(window.strip.visualItemRect(window.strip.item(1)).center())
    assert labels(window) == ["7", "4 → 9"]
    assert offered[:3] == ["Bring back", "Correct", "Forget"]
    window.strip.setFocus()
    window.strip.setCurrentRow(0)
    qtbot.keyClick(window.strip, Qt.Key.Key_N)
    assert labels(window) == ["7 → –", "4 → 9"]
    assert len(window._pad.hands.current) == 2

    def undo():
        menu = QApplication.activePopupWidget()
        [back] = [action for action in menu.actions() if action.text() == "Undo the lesson"]
        menu.close()
        back.trigger()

    QTimer.singleShot(20, undo)
    window.strip.customContextMenuRequested.emit(window.strip.visualItemRect(window.strip.item(1)).center())
    assert labels(window) == ["7 → –", "4"]
    assert len(window._pad.hands.current) == 1
