"""Numbers on the desktop pad: drawn by any hand, read by themselves, digit by digit."""

import numpy as np
import pytest
from conftest import KEYS_1234, draw, drawn
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from windowing import open_window, shows, write

from digitpad.pad.drawing import Content

pytestmark = pytest.mark.usefixtures("own_settings")


def number(window, text, **how):
    """Put a number that was drawn onto the pad."""
    window._pad.add(*drawn(text, **{"at": (20, 20), **how}))


def test_1234_is_drawn_with_the_mouse(qtbot, window):
    for place, digit in enumerate((1, 2, 3, 4)):
        write(qtbot, window, digit, scale=1.4, left=20 + place * 100, top=60)
    qtbot.waitUntil(shows(window, "1234"))
    assert window.answer.verdict.text() == "Looks like 1234"
    assert "sure of all digits" in window.answer.confidence.text()


def test_1234_is_drawn_with_a_finger(qtbot, window):
    finger = QTest.createTouchDevice()
    assert isinstance(finger, QPointingDevice)
    for stroke in drawn("1234", step=100, at=(20, 60)):
        places = [QPoint(round(x), round(y)) for x, y in stroke.points]
        QTest.touchEvent(window.canvas, finger).press(0, places[0], window.canvas).commit()
        for place in places[1:]:
            QTest.touchEvent(window.canvas, finger).move(0, place, window.canvas).commit()
        QTest.touchEvent(window.canvas, finger).release(0, places[-1], window.canvas).commit()
    qtbot.waitUntil(shows(window, "1234"))


def test_1234_is_drawn_by_keyboard(qtbot, window):
    canvas = window.canvas
    for is_down, runs in KEYS_1234:
        if is_down:
            qtbot.keyClick(canvas, Qt.Key.Key_Space)
        for direction, times in runs:
            for _ in range(times):
                qtbot.keyClick(canvas, Qt.Key[f"Key_{direction}"])
        if is_down:
            qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(shows(window, "1234"))


def test_each_digit_has_its_confidence_and_the_least_sure_is_looked_at(qtbot, window):
    number(window, "4071")
    qtbot.waitUntil(shows(window, "4071"))
    digits, page = window.answer.digits, window._pad.page
    assert digits.isVisible()
    assert [digits.item(row).text().split("\n")[0] for row in range(digits.count())] == ["4", "0", "7", "1"]
    assert all(digits.item(row).text().endswith(" %") for row in range(4))
    least = min(range(4), key=lambda place: page.digits[place].reading.confidence)
    assert digits.currentRow() == least
    told = digits.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Digit 2 of 4: 0, ")


@pytest.mark.parametrize("way", ["a click", "the keyboard", "the mouse over the paper"])
def test_bars_and_glyph_are_of_the_digit_that_is_pointed_at(qtbot, window, way):
    number(window, "4071")
    qtbot.waitUntil(shows(window, "4071"))
    digits = window.answer.digits
    window._pad.point_at(0)
    seen = window.answer.glyph.grab().toImage()
    if way == "a click":
        place = digits.visualItemRect(digits.item(1)).center()
        qtbot.mouseClick(digits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif way == "the keyboard":
        digits.setFocus()
        qtbot.keyClick(digits, Qt.Key.Key_Right)
    else:
        qtbot.mouseMove(window.canvas, QPoint(1, 1))  # where it is already no move is told of
        qtbot.mouseMove(window.canvas, QPoint(*(round(at) for at in box_middle(window._pad.page.digits[1].box))))
    qtbot.waitUntil(lambda: digits.currentRow() == 1)
    assert "0: > 99" in window.answer.bars.accessibleDescription() or "0: 99" in (
        window.answer.bars.accessibleDescription()
    )
    assert window.answer.glyph.grab().toImage() != seen


def box_middle(box):
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2


def test_a_fine_box_is_around_the_strokes_of_each_digit(qtbot, window):
    number(window, "42")
    qtbot.waitUntil(shows(window, "42"))
    canvas = window.canvas
    paper = canvas.grab().toImage()
    for digit in window._pad.page.digits:
        left, _, right, bottom = digit.box
        x, y = round((left + right) / 2), bottom + 2
        colours = {paper.pixelColor(x, y + step).name() for step in range(-2, 3)}
        assert len(colours) > 1, digit.box
    boxes = canvas._boxes()
    window.resize(window.width() + 100, window.height() + 60)
    assert canvas._boxes() == boxes
    window.do.clear.trigger()
    qtbot.waitUntil(lambda: canvas._boxes() == [])


def test_one_digit_has_neither_boxes_nor_a_list(qtbot, window):
    write(qtbot, window, 7)
    qtbot.waitUntil(shows(window, "7"))
    assert not window.answer.digits.isVisible()
    assert window.canvas._boxes() == []


@pytest.mark.parametrize("size", [(960, 640), (620, 480)])
def test_a_long_number_shrinks_to_fit(qtbot, window, size):
    window.resize(*size)
    number(window, "1234567890", step=60)
    qtbot.waitUntil(shows(window, "1234567890"))
    label: QLabel = window.answer.digit
    needed = label.fontMetrics().horizontalAdvance(label.text())
    assert needed <= label.width()
    digits = window.answer.digits
    qtbot.waitUntil(lambda: digits.viewport().rect().contains(digits.visualItemRect(digits.currentItem())))
    number(window, "2", at=(20, 400))
    qtbot.waitUntil(lambda: label.text().startswith("1234567890\n"))
    assert label.fontMetrics().size(0, label.text()).height() <= label.height()


def test_a_picture_of_a_number_has_its_boxes_where_it_is_shown(qtbot, window):
    window._pad.show(Content(picture=np.hstack([draw(4), draw(2)])))
    qtbot.waitUntil(shows(window, "42"))
    place = window.canvas._place_of_picture()
    four, two = window.canvas._boxes()
    assert place.contains(four)
    assert place.contains(two)
    assert four.right() < place.center().x() < two.left()


def test_undo_the_strip_and_another_start_know_numbers(qtbot, window, history_file):
    number(window, "42")
    qtbot.waitUntil(shows(window, "42"))
    assert window.strip.item(0).text() == "42"
    window.do.undo.trigger()
    qtbot.waitUntil(shows(window, "4"))
    window.do.redo.trigger()
    qtbot.waitUntil(shows(window, "42"))
    window.close()
    again = open_window(qtbot, history_file)
    assert again.strip.item(0).text() == "42"
    assert "42, " in again.strip.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    again.strip._bring_back(again.strip.item(0))
    qtbot.waitUntil(shows(again, "42"))


def test_without_live_reading_the_boxes_go_with_the_next_stroke(qtbot, window):
    number(window, "42")
    qtbot.waitUntil(shows(window, "42"))
    window.do.live.trigger()
    number(window, "7", at=(200, 20))
    assert window.canvas._boxes() == []
    assert window.answer.verdict.text() == "Press Predict"
    assert not window.answer.digits.isVisible()
    window.do.predict.trigger()
    qtbot.waitUntil(shows(window, "427"))
    assert len(window.canvas._boxes()) == 3
