"""The answer beside the canvas: digit, words and bars, at any size."""

import shutil

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea
from windowing import shows, write

from digitpad import Recognizer
from digitpad.models import catalogue
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_desktop.settings import Settings
from digitpad_desktop.window import Window

pytestmark = pytest.mark.usefixtures("own_settings")


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_that_is_drawn_is_shown_at_once(qtbot, window, digit):
    assert window.answer.verdict.text() == "Draw a digit or a number"
    write(qtbot, window, digit)
    qtbot.waitUntil(shows(window, str(digit)))
    assert f" {digit}" in window.answer.verdict.text()
    assert "sure" in window.answer.confidence.text()
    assert "Read by hands in" in window.answer.time.text()
    assert f"{digit}: " in window.answer.bars.accessibleDescription()


def test_without_live_reading_predict_is_needed(qtbot, window):
    window.do.live.trigger()
    write(qtbot, window, 7)
    qtbot.wait(50)
    assert window.answer.verdict.text() == "Press Predict"
    qtbot.mouseClick(window.controls.predict, Qt.MouseButton.LeftButton)
    assert window.answer.digit.text() == "7"
    write(qtbot, window, 1, left=200)
    qtbot.wait(50)
    assert window.answer.verdict.text() == "Press Predict"
    window.do.live.trigger()
    qtbot.waitUntil(lambda: window.answer.verdict.text() != "Press Predict")


def test_a_canvas_that_is_cleared_shows_no_old_answer(qtbot, window):
    window.do.live.trigger()
    write(qtbot, window, 7)
    window.do.predict.trigger()
    assert window.answer.digit.text() == "7"
    window.do.clear.trigger()
    qtbot.waitUntil(lambda: window.answer.verdict.text() == "Draw a digit or a number")
    assert window.answer.digit.text() == ""
    write(qtbot, window, 1)
    assert not window.do.save_seen.isEnabled()


def test_a_dot_is_said_to_be_nothing_to_read_once_the_pen_is_lifted(qtbot, window):
    place = window.canvas.rect().center()
    qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.wait(20)
    assert window.answer.confidence.text() == ""
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert window.answer.confidence.text() == "There is nothing here to read."
    window.do.undo.trigger()
    qtbot.waitUntil(lambda: window.answer.confidence.text() == "")


def test_what_is_no_digit_is_said_to_be_none(qtbot, window):
    rng = np.random.default_rng(3)
    canvas = window.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    for x, y in rng.integers(20, 240, (25, 2)):
        qtbot.mouseMove(canvas, QPoint(int(x), int(y)))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shows(window, "?"))
    assert window.answer.verdict.text() == "This is not a digit"
    assert "If it were one" in window.answer.confidence.text()


def test_a_bar_says_that_it_is_no_digit_where_the_model_can_tell_and_nothing_jumps_where_it_cannot(qtbot, window):
    write(qtbot, window, 2)
    bars = window.answer.bars
    assert ", 9: < 0.1 %, no digit: " in bars.accessibleDescription()
    window.models.activated.emit(window.models.findText("classic"))
    assert bars.accessibleDescription().startswith("0: ")
    assert "no digit" not in bars.accessibleDescription()
    places = bars.geometry()
    qtbot.wait(200)  # until the bars stand still
    ten = bars.grab().toImage()
    window.models.activated.emit(window.models.findText("hands"))
    qtbot.wait(200)
    eleven = bars.grab().toImage()
    assert bars.geometry() == places
    last = bars.height() * 10 // 11 + 1
    row = [(x, y) for x in range(ten.width()) for y in range(last, ten.height())]
    assert len({ten.pixel(*place) for place in row}) == 1
    assert len({eleven.pixel(*place) for place in row}) > 1
    # The bar of the digit is where it was.
    middle = bars.height() * 5 // 22
    mark = window.palette().highlight().color()
    starts = [next(x for x in range(ten.width()) if image.pixelColor(x, middle) == mark) for image in (ten, eleven)]
    assert starts[0] == starts[1]


def test_the_answer_grows_with_the_window_and_its_letters_too(qtbot, window):
    def sizes():
        answer = window.answer
        parts = (answer.digit, answer.verdict, answer.bars, window.models, window.canvas)
        return [*(part.font().pointSizeF() for part in parts), answer.glyph.width(), answer.width()]

    write(qtbot, window, 2)
    window.resize(960, 640)
    qtbot.wait(20)
    usual = sizes()
    window.resize(1920, 1080)
    qtbot.wait(20)
    assert all(large > 1.7 * small for large, small in zip(sizes(), usual, strict=True))
    window.resize(960, 640)
    qtbot.waitUntil(lambda: sizes() == usual)


@pytest.mark.parametrize("size", [(1, 1), (800, 600), (960, 540), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("model", ["hands", "a-model-whose-name-is-as-long-as-donaudampfschifffahrtsgesellschaft"])
def test_the_whole_answer_is_seen_in_a_window_of_any_size(qtbot, history_file, tmp_path, size, model):
    if model != "hands":
        shutil.copytree(catalogue.SHIPPED / "hands", tmp_path / model)
    reader = Recognizer(catalogue.SHIPPED / "hands" if model == "hands" else tmp_path / model)
    window = Window(Pad(reader, History(history_file)), Settings())
    qtbot.addWidget(window)
    window.show()
    window.resize(*size)
    write(qtbot, window, 2)
    qtbot.wait(20)
    [area] = window.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    for part in (window.answer, window.models, window.answer.glyph):
        corner = part.mapTo(area.viewport(), QPoint(part.width(), part.height()))
        assert corner.x() <= area.viewport().width()
        assert corner.y() <= area.viewport().height()
