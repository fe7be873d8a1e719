"""The strip of the drawings of the past."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolButton
from windowing import shows, write

pytestmark = pytest.mark.usefixtures("own_settings")


def test_the_history_strip_brings_drawings_back(qtbot, window):
    write(qtbot, window, 4)
    window.do.clear.trigger()
    write(qtbot, window, 7)
    assert [window.strip.item(row).text() for row in range(window.strip.count())] == ["7", "4"]
    place = window.strip.visualItemRect(window.strip.item(1)).center()
    qtbot.mouseClick(window.strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(shows(window, "4"))
    window.strip.setFocus()
    window.strip.setCurrentRow(0)
    qtbot.keyClick(window.strip, Qt.Key.Key_Return)
    qtbot.waitUntil(shows(window, "7"))
    window.strip.setCurrentRow(0)
    qtbot.keyClick(window.strip, Qt.Key.Key_Delete)
    assert [window.strip.item(row).text() for row in range(window.strip.count())] == ["4"]


def test_the_highlight_stays_with_its_drawing_or_goes(qtbot, window):
    strip = window.strip

    def highlighted():
        return [item.text() for item in strip.selectedItems()]

    for digit in (4, 7, 2):
        window.do.clear.trigger()
        write(qtbot, window, digit)
    assert highlighted() == []
    strip.setFocus()
    strip.setCurrentRow(1)
    assert highlighted() == ["7"]
    window.do.clear.trigger()
    write(qtbot, window, 1)
    assert highlighted() == ["7"]
    strip._forget(0)
    assert highlighted() == ["7"]
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert [strip.item(row).text() for row in range(strip.count())] == ["2", "4"]
    assert highlighted() == []
    qtbot.keyClick(strip, Qt.Key.Key_Delete)  # nothing is highlighted, so nothing is forgotten
    assert strip.count() == 2
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert highlighted() == ["2"]


def test_the_history_is_cleared_where_it_is_seen(qtbot, window, answer):
    buttons = {button.text(): button for button in window.findChildren(QToolButton)}
    clear = buttons["Clear history"]
    assert not clear.isEnabled()
    write(qtbot, window, 4)
    assert clear.isEnabled()
    assert abs(clear.geometry().bottom() - window.strip.y()) < 12  # right above the strip
    offered = []

    def look():
        menu = QApplication.activePopupWidget()
        offered.append([action.text() for action in menu.actions()])
        menu.close()

    place = window.strip.visualItemRect(window.strip.item(0)).center()
    for where in (place, QPoint(window.strip.width() - 5, 5)):
        QTimer.singleShot(20, look)
        window.strip.customContextMenuRequested.emit(where)
    assert offered == [["Bring back", "Correct", "Forget", "", "Clear &history…"], ["Clear &history…"]]
    answer.press = "Clear"
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert "kept here" in window.strip.item(0).text()
    assert not clear.isEnabled()


def test_a_double_click_on_the_strip_brings_a_drawing_back_once(qtbot, window):
    write(qtbot, window, 4)
    window.do.clear.trigger()
    write(qtbot, window, 7)
    place = window.strip.visualItemRect(window.strip.item(1)).center()
    qtbot.mouseClick(window.strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(window.strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(shows(window, "4"))
    window.do.undo.trigger()
    qtbot.waitUntil(shows(window, "7"))


def test_the_whole_history_is_forgotten_only_after_asking_and_not_by_enter(qtbot, window, answer):
    write(qtbot, window, 4)
    for answer.press in ("Escape", "Enter", "Cancel"):
        window.do.forget.trigger()
        assert window.strip.item(0).text() == "4"
    answer.press = "Clear"
    window.do.forget.trigger()
    assert "kept here" in window.strip.item(0).text()
