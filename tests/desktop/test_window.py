"""The window, used as a person uses it: mouse, keys, tablet, drop, paste."""

import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import STROKES, draw
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QPalette, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea, QToolButton

from digitpad import Recognizer
from digitpad.models import catalogue
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_desktop import app
from digitpad_desktop.images import to_image
from digitpad_desktop.results import ResultsDialog
from digitpad_desktop.settings import Settings
from digitpad_desktop.tool_button import ToolButton
from digitpad_desktop.window import Window

pytestmark = pytest.mark.usefixtures("own_settings")


@pytest.fixture
def history_file(tmp_path):
    return tmp_path / "history.sqlite"


@pytest.fixture
def window(qtbot, history_file):
    return open_window(qtbot, history_file)


def open_window(qtbot, history_file, chosen=None):
    pad = Pad(Recognizer(model="pen"), History(history_file))
    settings = Settings()
    settings.restore(pad)
    window = Window(pad, settings, chosen)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


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
    def check():
        assert window.answer.digit.text() == digit

    return check


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_that_is_drawn_is_shown_at_once(qtbot, window, digit):
    assert window.answer.verdict.text() == "Draw a digit"
    write(qtbot, window, digit)
    qtbot.waitUntil(shows(window, str(digit)))
    assert f" {digit}" in window.answer.verdict.text()
    assert "sure" in window.answer.confidence.text()
    assert "Read by pen in" in window.answer.time.text()
    assert f"{digit}: " in window.answer.bars.accessibleDescription()


def test_what_is_drawn_is_seen_on_the_paper_and_in_the_saved_picture(qtbot, window, tmp_path, monkeypatch, answer):
    before = window.canvas.grab().toImage()
    write(qtbot, window, 1)
    after = window.canvas.grab().toImage()
    assert after != before
    file = tmp_path / "one"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    window.do.save.trigger()
    assert Recognizer().read(file.with_suffix(".png")).digit == 1
    before = file.with_suffix(".png").read_bytes()
    for answer.press in ("Escape", "Enter", "Cancel"):
        window.do.save_seen.trigger()
        assert file.with_suffix(".png").read_bytes() == before
    assert answer.asked == [f"{file}.png exists already. Replace it?"] * 3
    answer.press = "Replace"
    window.do.save_seen.trigger()
    np.testing.assert_array_equal(np.asarray(Image.open(file.with_suffix(".png"))), window._pad.reading.glyph)


def test_a_picture_that_cannot_be_written_is_said(qtbot, window, monkeypatch):
    write(qtbot, window, 1)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/proc/none/one.png", ""))
    window.do.save.trigger()
    assert "/proc/none/one.png can't be written" in window.notices.text.text()


def test_strokes_painted_one_by_one_look_like_those_painted_at_once(qtbot, window):
    write(qtbot, window, 8)
    write(qtbot, window, 4, left=150)
    bit_by_bit = window.canvas.grab().toImage()
    size = window.size()
    window.resize(size.width() + 40, size.height() + 40)  # for which all of it is painted again
    qtbot.wait(20)
    window.resize(size)
    qtbot.wait(20)
    assert window.canvas.grab().toImage() == bit_by_bit


def test_undo_redo_and_clear_from_the_keyboard(qtbot, window):
    write(qtbot, window, 7)
    qtbot.waitUntil(shows(window, "7"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, ""))
    assert not window.do.undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(shows(window, "7"))
    qtbot.keyClick(window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, ""))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, "7"))


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
    qtbot.waitUntil(lambda: window.answer.verdict.text() == "Draw a digit")
    assert window.answer.digit.text() == ""
    write(qtbot, window, 1)
    assert not window.do.save_seen.isEnabled()


def test_ink_that_nobody_sees_is_not_read(qtbot, window):
    canvas = window.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(100, 5000))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(-300, 5000))
    for x, y in window._pad.drawing.content.strokes[0].points:
        assert 0 <= x <= canvas.width()
        assert 0 <= y <= canvas.height()


def test_a_pen_is_lifted_when_something_comes_between(qtbot, window):
    canvas = window.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.KeypadModifier)
    window.do.clear.trigger()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert window._pad.drawing.content.is_empty
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    window.strip.setFocus()
    assert not window._pad.drawing.is_drawing
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    window.close()
    assert len(window._pad.remembered()) == 1


@pytest.mark.parametrize("name", ["a" * 300 + ".png", "<h1>huge</h1>" * 15 + ".png"])
def test_a_name_that_is_too_long_or_looks_like_html_is_only_a_name(qtbot, window, name):
    width = window.width()
    window.open_files([Path(name)])
    assert name[:40] in window.notices.text.text()
    assert window.notices.text.textFormat() is Qt.TextFormat.PlainText
    qtbot.wait(20)
    assert window.width() == width


def test_of_several_pages_it_is_told_that_the_first_is_on_the_pad(window, tmp_path):
    first, second = (Image.fromarray(draw(digit)) for digit in (7, 4))
    first.save(tmp_path / "pages.tiff", save_all=True, append_images=[second])
    window.open_files([tmp_path / "pages.tiff"])
    assert window.notices.text.text() == "pages.tiff: The first of its 2 pages was read."


def test_a_picture_that_is_too_large_to_paste_is_refused(qtbot, window):
    window._show(np.zeros((9000, 9000), np.uint8))
    assert "too large" in window.notices.text.text()


def test_an_address_on_the_web_is_refused(qtbot, window):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/7.png")])
    assert window._take(data)
    assert "stays offline" in window.notices.text.text()


def test_several_notices_are_all_seen(window):
    for sentence in ("One.", "Two.", "One."):
        window.notices.tell(sentence)
    assert window.notices.text.text() == "One.\nTwo."


def test_several_notices_before_the_window_is_shown_are_all_seen(qtbot, history_file):
    window = Window(Pad(Recognizer(model="pen"), History(history_file)), Settings())
    qtbot.addWidget(window)
    for sentence in ("One.", "Two."):
        window.notices.tell(sentence)
    assert window.notices.text.text() == "One.\nTwo."


def test_a_digit_is_drawn_with_the_keyboard_alone(qtbot, window):
    canvas = window.canvas
    assert canvas.hasFocus()
    for _ in range(8):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(15):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(5):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.waitUntil(shows(window, "1"))
    assert len(window._pad.drawing.content.strokes) == 1


def test_a_tablet_pen_presses_and_its_other_end_erases(qtbot, window):
    canvas = window.canvas

    def pen(kind, x, y, pressure, end=QPointingDevice.PointerType.Pen):
        device = QPointingDevice(
            "tablet", 1, QPointingDevice.DeviceType.Stylus, end, QPointingDevice.Capability.Pressure, 1, 1
        )
        place = QPointF(x, y)
        down = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            canvas,
            QTabletEvent(
                kind, device, place, place, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, down, down
            ),
        )

    pen(QEvent.Type.TabletPress, 50, 50, 0.2)
    pen(QEvent.Type.TabletMove, 60, 150, 1.0)
    pen(QEvent.Type.TabletRelease, 60, 150, 0.0)
    pen(QEvent.Type.TabletPress, 50, 50, 0.5, QPointingDevice.PointerType.Eraser)
    pen(QEvent.Type.TabletRelease, 50, 50, 0.0, QPointingDevice.PointerType.Eraser)
    drawn, erased = window._pad.drawing.content.strokes
    assert drawn.widths[0] < drawn.widths[1]
    assert not drawn.erases
    assert erased.erases


def test_the_pen_and_its_width_are_chosen_by_keys(qtbot, window):
    width = window._pad.width
    qtbot.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert window._pad.width > width
    assert window.controls.width_slider.value() == round(window._pad.width)
    qtbot.keyClick(window.canvas, Qt.Key.Key_E)
    assert window._pad.erases
    assert window.do.use_eraser.isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_P)
    assert not window._pad.erases


def test_the_drawing_stays_where_it_was_when_the_window_grows(qtbot, window):
    write(qtbot, window, 1)
    before = window._pad.drawing.content
    window.resize(1300, 900)
    qtbot.wait(20)
    assert window._pad.drawing.content is before
    # The same pixel has ink, near the top left, in both.
    assert window.canvas.grab().toImage().pixelColor(180, 110) == window.palette().text().color()


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
    assert offered == [["Bring back", "Forget", "", "Clear &history…"], ["Clear &history…"]]
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


def test_pen_size_model_and_history_are_there_at_the_next_start(qtbot, history_file):
    window = open_window(qtbot, history_file)
    window._pad.choose_pen(width=33)
    window.do.live.trigger()
    window.resize(760, 650)
    write(qtbot, window, 4)
    window.models.activated.emit(window.models.findText("classic"))
    window.close()
    again = open_window(qtbot, history_file)
    assert again._pad.width == 33
    assert not again._pad.is_live
    assert (again.width(), again.height()) == (760, 650)
    assert again.strip.item(0).text() == "4"
    assert app._recognizer(None, Settings())[0].model.name == "classic"


def test_a_damaged_history_is_said_and_no_end(qtbot, history_file):
    history_file.write_bytes(b"rubbish" * 999)
    window = open_window(qtbot, history_file)
    assert "was damaged" in window.notices.text.text()
    assert window.notices.isVisible()
    window.notices.hide()
    write(qtbot, window, 4)
    assert not window.notices.isVisible()  # it is said once
    assert window.strip.item(0).text() == "4"


def test_settings_that_make_no_sense_are_passed_over(qtbot, history_file):
    store = QSettings("digitpad", "digitpad-desktop")
    for name, value in {"geometry": "nonsense", "pen-width": "nan", "live": 7, "model": "gone"}.items():
        store.setValue(name, value)
    store.sync()
    assert open_window(qtbot, history_file)._pad.width == 18
    recognizer, notice = app._recognizer(None, Settings())
    assert recognizer.model.name == "pen"
    assert "gone" in notice


def test_a_picture_file_is_opened_onto_the_canvas(qtbot, window, tmp_path, monkeypatch):
    file = tmp_path / "six.png"
    Image.fromarray(draw(6)).save(file)
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *words: asked.append(words) or ([str(file)], ""))
    window.do.open.trigger()
    qtbot.waitUntil(shows(window, "6"))
    assert {"*.png", "*.heic", "*.jpeg"} <= set(re.findall(r"\*\.\w+", asked[0][-1]))
    file.write_bytes(b"rubbish")
    window.do.open.trigger()
    assert "six.png" in window.notices.text.text()
    assert window.answer.digit.text() == "6"


def test_several_files_that_are_dropped_are_read_in_a_table(qtbot, window, tmp_path):
    data = QMimeData()
    for digit in (3, 5):
        Image.fromarray(draw(digit)).save(tmp_path / f"{digit}.png")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{digit}.png")) for digit in (3, 5)])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    [dialog] = [child for child in window.children() if isinstance(child, ResultsDialog)]
    qtbot.waitUntil(lambda: "2 digits" in " ".join(label_texts(dialog)), timeout=20_000)
    dialog.close()


def label_texts(dialog):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel)]


def test_a_picture_is_pasted_and_copied(qtbot, window):
    QGuiApplication.clipboard().setImage(to_image(draw(9)))
    window.do.paste_picture.trigger()
    qtbot.waitUntil(shows(window, "9"))
    QGuiApplication.clipboard().setText("no picture")
    window.do.paste_picture.trigger()
    assert "no picture on the clipboard" in window.notices.text.text()
    window.do.copy_drawing.trigger()
    assert QGuiApplication.clipboard().image().width() == 280


def test_a_drawing_on_a_picture_says_that_it_took_its_place_and_undo_brings_it_back(qtbot, window):
    canvas = window.canvas
    window._show(draw(6))
    qtbot.waitUntil(shows(window, "6"))
    place = canvas.geometry()
    write(qtbot, window, 1)
    qtbot.waitUntil(shows(window, "1"))
    assert canvas.geometry() == place  # nothing moves under the pen
    assert "Undo it to bring the picture back." in canvas.accessibleDescription()
    told = canvas.grab().toImage()
    window.do.undo.trigger()
    qtbot.waitUntil(shows(window, "6"))
    assert "Undo" not in canvas.accessibleDescription()
    window.do.clear.trigger()
    write(qtbot, window, 1)
    quiet = canvas.grab().toImage()
    lower_edge = [(x, y) for x in range(0, told.width()) for y in range(told.height() - 24, told.height() - 10)]
    assert len({quiet.pixel(*pixel) for pixel in lower_edge[200:-200]}) == 1
    assert len({told.pixel(*pixel) for pixel in lower_edge[200:-200]}) > 1


def test_another_model_reads_what_is_drawn(qtbot, window):
    write(qtbot, window, 2)
    window.models.activated.emit(window.models.findText("classic"))
    assert "classic" in window.answer.time.text()
    assert window.answer.digit.text() == "2"


def test_a_trained_model_that_cannot_be_opened_is_said_and_the_other_reads_on(qtbot, window, tmp_path):
    write(qtbot, window, 2)
    window._use_trained(tmp_path)
    assert "can't be read" in window.notices.text.text()
    assert window.models.currentText() == "pen"
    assert window.answer.digit.text() == "2"


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


def test_the_paper_is_dark_where_the_system_is_dark(qtbot, window):
    write(qtbot, window, 1)
    dark = QPalette(Qt.GlobalColor.black)
    window.setPalette(dark)
    shot = window.canvas.grab().toImage()
    assert shot.pixelColor(5, 150) == dark.base().color()
    assert shot.pixelColor(180, 110) == dark.text().color()


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
    window.models.activated.emit(window.models.findText("pen"))
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


def test_the_tool_that_is_chosen_is_filled_and_the_other_is_not(qtbot, window):
    buttons = {button.text(): button for button in window.controls.findChildren(ToolButton)}

    def filled(name):
        button = buttons[name]
        return button.grab().toImage().pixelColor(button.width() // 2, 3) == button.palette().highlight().color()

    for colour in ("#202020", "#f0f0f0"):
        window.setPalette(QPalette(QColor(colour)))
        assert {name for name in buttons if filled(name)} == {"Pen", "Live"}
        qtbot.keyClick(window.canvas, Qt.Key.Key_E)
        assert {name for name in buttons if filled(name)} == {"Eraser", "Live"}
        qtbot.keyClick(window.canvas, Qt.Key.Key_P)


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
@pytest.mark.parametrize("model", ["pen", "a-model-whose-name-is-as-long-as-donaudampfschifffahrtsgesellschaft"])
def test_the_whole_answer_is_seen_in_a_window_of_any_size(qtbot, history_file, tmp_path, size, model):
    if model != "pen":
        shutil.copytree(catalogue.SHIPPED / "pen", tmp_path / model)
    reader = Recognizer(catalogue.SHIPPED / "pen" if model == "pen" else tmp_path / model)
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


@pytest.mark.parametrize("size", [(800, 600), (1900, 1000)])
def test_everything_is_inside_a_small_and_a_large_window(qtbot, window, size):
    window.resize(*size)
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    for widget in (window.canvas, window.answer, window.strip, window.controls, window.models):
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
        assert corner.x() <= size[0]
        assert corner.y() <= size[1]
    assert window.canvas.height() > 200


def test_everything_that_is_operated_has_a_name(window):
    for widget in (window.canvas, window.strip, window.models, window.controls.width_slider, window.answer.bars):
        assert widget.accessibleName()


def test_no_tensorflow_is_loaded_by_the_window():
    import subprocess

    program = (
        "import sys; from digitpad_desktop import app, window; "
        "print([name for name in ('tensorflow', 'keras', 'matplotlib', 'streamlit') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_a_model_that_is_not_there_is_said_at_the_start(capsys):
    assert app.main(["--model", "nobody"]) == 1
    assert "digitpad-desktop: There is no model 'nobody'" in capsys.readouterr().err
