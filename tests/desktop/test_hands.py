"""The window *Hands*, and *Practice*."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog
from shiboken6 import isValid
from windowing import shows, write

from digitpad_desktop.hands import HandsDialog
from digitpad_desktop.practice import PracticeDialog

pytestmark = pytest.mark.usefixtures("own_settings")


@pytest.fixture
def hands(qtbot, window):
    """The window, after a 7 was taught as a 1, and a 4 as no digit."""
    for digit, key in ((7, Qt.Key.Key_1), (4, Qt.Key.Key_N)):
        window.do.clear.trigger()
        write(qtbot, window, digit)
        qtbot.keyClick(window.canvas, key)
    window.do.hands.trigger()
    return window.findChild(HandsDialog)


def shown(hands):
    return [hands.lessons.item(row).text() for row in range(hands.lessons.count())]


def test_lessons_are_listed_forgotten_and_switched_off(qtbot, window, hands, answer):
    assert shown(hands) == ["no digit", "1"]
    assert hands.count.text() == "2 lessons"
    assert hands.lessons.item(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Taught as a 1, ")
    qtbot.mouseClick(hands.is_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shows(window, "4"))
    qtbot.mouseClick(hands.is_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shows(window, "?"))
    assert not hands.forget.isEnabled()
    hands.lessons.setCurrentRow(0)
    qtbot.keyClick(hands.lessons, Qt.Key.Key_Delete)
    assert shown(hands) == ["1"]
    qtbot.waitUntil(shows(window, "4"))
    hands.forget_all.click()
    assert shown(hands) == ["1"]  # Escape answers no
    answer.press = "Forget"
    hands.forget_all.click()
    assert shown(hands) == []
    assert hands.nothing.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_9)
    assert shown(hands) == ["9"]
    hands.close()
    qtbot.waitUntil(lambda: not isValid(hands))
    window.do.clear.trigger()


def test_hands_have_names_and_files(qtbot, window, hands, answer, tmp_path, monkeypatch):
    def type_name(name):
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (name, True))

    file = tmp_path / "mine.hand"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    hands.save_file.click()
    assert file.stat().st_size > 0
    type_name("Ada")
    hands.new.click()
    assert (hands.which.currentText(), shown(hands)) == ("Ada", [])
    hands.new.click()
    assert "'Ada'" in hands.notices.text.text()
    type_name("Grace")
    hands.rename.click()
    assert [hands.which.itemText(row) for row in range(hands.which.count())] == ["My hand", "Grace"]
    assert hands.notices.isHidden()
    hands.merge.click()
    assert shown(hands) == ["no digit", "1"]
    assert hands.notices.text.text() == "2 new lessons."
    hands.which.setCurrentText("My hand")
    hands.which.textActivated.emit("My hand")
    answer.press = "Remove"
    hands.remove.click()
    assert (hands.which.currentText(), hands.which.count()) == ("Grace", 1)
    hands.open_file.click()
    assert hands.which.currentText() == "My hand"
    file.write_bytes(file.read_bytes()[:100])
    hands.open_file.click()
    assert str(file) in hands.notices.text.text()
    assert hands.which.count() == 2


def test_practice_teaches_a_hand_digit_by_digit(qtbot, window):
    window.do.practice.trigger()
    practice = window.findChild(PracticeDialog)
    qtbot.waitExposed(practice)
    assert practice.told.text().startswith("1 of 10.")
    write(qtbot, practice, 0)
    qtbot.keyClick(practice.canvas, Qt.Key.Key_Return)
    assert practice.told.text().startswith("2 of 10.")
    write(qtbot, practice, 7)
    practice.next.click()
    assert practice.doubt.text() == "This looks like a 7. Is it your 1?"
    practice.next.click()
    practice.back.click()
    assert len(window._pad.hands.current) == 1
    for _ in range(9):
        practice.skip.click()
    assert practice.told.text().startswith("Done")
    assert practice.lessons.count() == 1
    assert practice.end.isVisible()
    practice.end.click()
    qtbot.waitUntil(lambda: not isValid(practice))
    qtbot.keyClick(window.canvas, Qt.Key.Key_L)
