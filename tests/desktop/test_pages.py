"""Pages of numbers: opened, looked over with the mouse and keys, and taken home."""

import csv
import json
import threading
from pathlib import Path

import numpy as np
import pytest
from conftest import draw
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QThread
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid
from waiting import until
from windowing import shows

from digitpad import Recognizer
from digitpad.pad.hands import Hands
from digitpad.pad.results import EMPTY
from digitpad_desktop.number_box import DOUBTFUL, LOOKED_AT, SURE
from digitpad_desktop.numbers_model import CONFIDENCE, CORRECTED, NUMBER, PAGE
from digitpad_desktop.pages import PagesWindow
from digitpad_desktop.results import ResultsDialog

from ..numbers.conftest import written

recognizer = Recognizer("hands")
KEYS = Qt.Key


def saved(picture: np.ndarray, file: Path) -> Path:
    """The file, with the picture in it."""
    file.parent.mkdir(exist_ok=True)
    Image.fromarray(picture).save(file)
    return file


@pytest.fixture
def page_file(tmp_path):
    return saved(written("401  23", "8     9"), tmp_path / "page.png")


@pytest.fixture
def doubtful_file(tmp_path):
    """A page whose last number ends in a 3 of which only the lower half is there."""
    picture = written("42", "713")
    picture[200:240, 160:] = 255
    return saved(picture, tmp_path / "doubtful.png")


@pytest.fixture
def read(qtbot):
    """A function that opens pages and waits until they are read."""

    def read_all(*brought) -> PagesWindow:
        window = PagesWindow(brought, recognizer, Hands(None))
        qtbot.addWidget(window, before_close_func=lambda window: window.setWindowModified(False))
        qtbot.waitUntil(lambda: window.stop.text() == "Close", timeout=60_000)
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    return read_all


def texts(window: PagesWindow) -> list[str]:
    """The numbers of the page that is shown, as its boxes say."""
    return [number.shown for number in window.desk.page.numbers]


def opened(qtbot, window) -> PagesWindow:
    """The window of pages of a pad, once there is a page in it."""

    def with_page() -> list[PagesWindow]:
        return [pages for pages in window.findChildren(PagesWindow) if pages.isVisible() and pages.desk.page]

    qtbot.waitUntil(lambda: len(with_page()) == 1, timeout=60_000)
    return with_page()[0]


def column(window: PagesWindow, number: int) -> list[str | None]:
    model = window.desk.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def has_colour(window: PagesWindow, number, colour) -> bool:
    """Whether a number has a label of that colour, above the left end of its box."""
    view = window.desk.view
    shot = view.viewport().grab().toImage()
    corner = view.mapFromScene(QPointF(*number.box[:2]))
    return any(shot.pixelColor(corner + QPoint(2, -up)) == colour for up in range(3, 16))


def place_of(window: PagesWindow, text: str, which: int = 0) -> QPoint:
    """Where a digit of a number is seen."""
    [digits] = [number.digits for number in window.desk.page.numbers if number.text == text]
    left, top, right, bottom = digits[which].box
    return window.desk.view.mapFromScene(QPointF((left + right) / 2, (top + bottom) / 2))


def click(qtbot, window: PagesWindow, text: str, which: int = 0) -> None:
    qtbot.mouseClick(window.desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(window, text, which))


def drag(qtbot, window: PagesWindow, start: QPoint, end: QPoint) -> None:
    paper = window.desk.view.viewport()
    qtbot.mousePress(paper, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3):
        qtbot.mouseMove(paper, start + (end - start) * step / 3)
    qtbot.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=end)


def press(qtbot, *keys) -> None:
    """Press keys wherever the cursor is."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def choose(qtbot, window: PagesWindow, text: str) -> None:
    """Choose a number without typing on it."""
    click(qtbot, window, text)
    press(qtbot, KEYS.Key_Escape)


def export(window: PagesWindow, action, file: Path, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    action.trigger()


@pytest.mark.usefixtures("own_settings")
def test_a_picture_of_several_digits_opens_as_a_page_and_of_one_on_the_pad(qtbot, window, page_file, tmp_path):
    window.opening.bring([page_file])
    pages = opened(qtbot, window)
    assert texts(pages) == ["401", "23", "8", "9"]
    assert window._pad.drawing.content.is_empty
    window.opening.bring([saved(draw(7), tmp_path / "seven.png")])
    qtbot.waitUntil(shows(window, "7"))
    qtbot.waitUntil(lambda: window.findChildren(PagesWindow) == [pages])


@pytest.mark.usefixtures("own_settings")
def test_a_picture_of_numbers_is_pasted_as_a_page(qtbot, window, page_file, tmp_path, monkeypatch):
    QGuiApplication.clipboard().setImage(QImage(str(page_file)))
    window.do.paste_picture.trigger()
    pages = opened(qtbot, window)
    assert texts(pages) == ["401", "23", "8", "9"]
    export(pages, pages.do.csv, tmp_path / "pasted.csv", monkeypatch)
    assert len((tmp_path / "pasted.csv").read_text(encoding="utf-8").splitlines()) == 5


class ReadsOnceCancelled(Recognizer):
    """Begins to read a page, and goes on when that is no longer wanted."""

    begun = threading.Event()

    def read_numbers(self, picture):
        self.begun.set()
        until(QThread.currentThread().isInterruptionRequested)
        return super().read_numbers(picture)


def test_cancel_ends_the_page_that_is_being_read(qtbot, page_file):
    recognizer, pages = ReadsOnceCancelled("hands"), []
    window = PagesWindow([page_file], recognizer, Hands(None))
    reader = window.reader
    reader.read.connect(pages.append)
    until(recognizer.begun.is_set)
    with qtbot.waitSignal(reader.finished, timeout=60_000):
        window.stop.click()
    assert not pages


def test_each_number_has_a_box_on_the_picture_and_a_row_in_the_table(read, page_file):
    window = read(page_file)
    assert window.desk.title.text() == "page.png"
    assert column(window, NUMBER) == ["401", "23", "8", "9"]
    assert all(cell.endswith(" %") for cell in column(window, CONFIDENCE))
    assert window.line.text() == "1 page, 4 numbers"
    assert all(has_colour(window, number, SURE) for number in window.desk.page.numbers)


def test_a_thin_stroke_at_the_edge_of_its_box_is_not_hidden_by_the_boxs_line(read, tmp_path):
    sheet = np.full((2200, 1600), 255, np.uint8)  # shown at a third of its size: a stroke is as wide as the line
    numbers = written("11", "42")
    sheet[100 : 100 + numbers.shape[0], 100 : 100 + numbers.shape[1]] = numbers
    window = read(saved(sheet, tmp_path / "sheet.png"))
    [ones] = [number for number in window.desk.page.numbers if number.text == "11"]
    shot = window.desk.view.viewport().grab().toImage()
    for which, digit in enumerate(ones.digits):
        place = place_of(window, "11", which)
        wide = round((digit.box[2] - digit.box[0]) * window.desk.view.transform().m11())
        # The line and its light rim have much blue, ink has none.
        assert min(shot.pixelColor(place + QPoint(x, 0)).blue() for x in range(-wide, wide + 1)) < 150


def test_a_long_number_stands_whole_in_the_table_also_in_bold(read, tmp_path):
    window = read(saved(written("27182818284"), tmp_path / "long.png"))
    table = window.desk.table
    index = table.model().index(0, NUMBER)
    assert len(index.data()) >= 11
    bold = QFont(table.font())
    bold.setBold(True)
    assert QFontMetrics(bold).horizontalAdvance(index.data() + "?") < table.columnWidth(NUMBER)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_number_in_doubt_stands_out_and_is_chosen_first(qtbot, read, doubtful_file):
    window = read(doubtful_file)
    first, second = window.desk.page.numbers
    assert [first.needs_a_look, second.needs_a_look] == [False, True]
    assert window.line.text() == "1 page, 2 numbers, 1 to look at"
    assert window.desk.view.choice == second.id
    assert window.desk.table.currentIndex().row() == 1
    assert has_colour(window, first, SURE)
    assert has_colour(window, second, DOUBTFUL)


def test_a_digit_is_corrected_by_a_click_and_a_key(qtbot, read, page_file):
    window = read(page_file)
    click(qtbot, window, "401", which=2)
    press(qtbot, KEYS.Key_7, KEYS.Key_Return)
    assert texts(window) == ["407", "23", "8", "9"]
    assert column(window, NUMBER)[0] == "401"
    assert column(window, CORRECTED) == ["407", None, None, None]
    assert not window.desk.view.edit.isVisible()
    assert [lesson.digit for lesson in window._hands.current] == [7]
    window.do.undo.trigger()
    assert len(window._hands.current) == 0
    window.learn.click()
    window.do.redo.trigger()
    click(qtbot, window, "23", which=1)
    press(qtbot, KEYS.Key_8, KEYS.Key_Return)
    assert texts(window)[1] == "28"
    assert 8 not in [lesson.digit for lesson in window._hands.current]


def test_the_doubtful_ones_are_gone_through_by_enter_alone(qtbot, read, doubtful_file):
    window = read(doubtful_file)
    right = window.desk.page.numbers[1].text
    press(qtbot, KEYS.Key_Return)
    assert column(window, CORRECTED) == [None, right]
    assert window.line.text() == "1 page, 2 numbers"
    assert not window.do.next.isEnabled()


def test_what_is_typed_takes_the_place_of_the_chosen_number(qtbot, read, doubtful_file):
    window = read(doubtful_file)
    press(qtbot, KEYS.Key_7, KEYS.Key_1, KEYS.Key_3, KEYS.Key_Return)
    assert texts(window) == ["42", "713"]
    press(qtbot, KEYS.Key_Up, KEYS.Key_9, KEYS.Key_Escape)
    assert texts(window) == ["42", "713"]


def test_what_is_no_number_is_refused_in_one_sentence_and_can_be_mended(qtbot, read, page_file):
    window = read(page_file)
    click(qtbot, window, "23")
    press(qtbot, KEYS.Key_Home, KEYS.Key_Delete, KEYS.Key_Delete, KEYS.Key_Return)
    assert "Nothing was typed" in window.notices.text.text()
    assert window.desk.view.edit.isVisible()
    press(qtbot, KEYS.Key_2, KEYS.Key_8, KEYS.Key_Return)
    assert texts(window)[1] == "28"
    assert window.notices.isHidden()


def test_what_was_typed_is_taken_by_a_click_elsewhere(qtbot, read, page_file):
    window = read(page_file)
    click(qtbot, window, "8")
    press(qtbot, KEYS.Key_6)
    click(qtbot, window, "9")
    assert texts(window) == ["401", "23", "6", "9"]


def test_what_was_typed_belongs_to_its_page_whichever_is_shown_next(qtbot, read, page_file, doubtful_file):
    window = read(page_file, doubtful_file)
    window.desk.go_to(0, None)
    click(qtbot, window, "401")
    press(qtbot, KEYS.Key_9)
    window.do.page_after.trigger()
    assert not window.desk.view.edit.isVisible()
    assert texts(window)[0] == "42"
    assert window.desk.model.sheets[0].result.text == "901 23\n8 9"


def test_tab_goes_from_the_page_to_the_table_and_on_to_what_is_saved(qtbot, read, page_file):
    window = read(page_file)
    assert window.desk.view.hasFocus()
    press(qtbot, KEYS.Key_Tab)
    assert window.desk.table.hasFocus()
    press(qtbot, KEYS.Key_Tab)
    assert window.learn.hasFocus()
    press(qtbot, KEYS.Key_Tab)
    assert QApplication.focusWidget().text() == window.do.csv.text()


def test_a_number_is_corrected_in_the_table(qtbot, read, page_file):
    window = read(page_file)
    window.desk.table.setFocus()
    window.desk.table.selectRow(1)
    assert window.desk.view.choice == window.desk.page.numbers[1].id
    press(qtbot, KEYS.Key_2)
    press(qtbot, KEYS.Key_9, KEYS.Key_Return)
    qtbot.waitUntil(lambda: texts(window) == ["401", "29", "8", "9"])


def test_a_box_is_drawn_where_a_number_was_missed(qtbot, read, page_file):
    window = read(page_file)
    view, box = window.desk.view, window.desk.page.numbers[1].box
    start, end = (view.mapFromScene(QPointF(*corner)) for corner in (box[:2], box[2:]))
    choose(qtbot, window, "23")
    press(qtbot, KEYS.Key_Delete)
    assert texts(window) == ["401", "8", "9"]
    drag(qtbot, window, start - QPoint(4, 4), end + QPoint(4, 4))
    assert texts(window) == ["401", "23", "8", "9"]
    assert column(window, NUMBER) == ["401", "23", "8", "9"]
    assert view.choice == window.desk.page.numbers[1].id


def test_what_was_done_is_undone_and_done_again(qtbot, read, page_file):
    window = read(page_file)
    assert not window.do.undo.isEnabled()
    choose(qtbot, window, "401")
    press(qtbot, KEYS.Key_Delete)
    assert texts(window) == ["23", "8", "9"]
    qtbot.keyClick(window.desk.view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert texts(window) == ["401", "23", "8", "9"]
    qtbot.keyClick(
        window.desk.view, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert texts(window) == ["23", "8", "9"]


def test_a_box_is_moved_and_resized_with_the_mouse_and_read_anew(qtbot, read, page_file):
    window = read(page_file)
    view = window.desk.view
    choose(qtbot, window, "401")
    left, top, right, bottom = window.desk.page.numbers[0].box
    edge = view.mapFromScene(QPointF(right, (top + bottom) / 2))
    last = place_of(window, "401", 2)
    drag(qtbot, window, edge, QPoint(last.x() - (edge.x() - last.x()), edge.y()))
    assert texts(window) == ["40", "23", "8", "9"]
    assert window.desk.page.numbers[0].box[:2] == (left, top)
    press(qtbot, KEYS.Key_Escape)
    drag(qtbot, window, place_of(window, "8"), place_of(window, "9"))
    assert texts(window)[2:] == ["9", "9"]


def test_a_box_is_moved_and_resized_with_keys(qtbot, read, page_file):
    window = read(page_file)
    choose(qtbot, window, "8")
    left, top, right, bottom = window.desk.page.number(window.desk.view.choice).box
    id = window.desk.view.choice
    for _ in range(3):
        qtbot.keyClick(window.desk.view, KEYS.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.desk.view, KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.desk.page.number(id).by_hand, timeout=10_000)
    now = window.desk.page.number(id).box
    assert now[0] < left
    assert now[1] == top
    assert now[2] - now[0] == pytest.approx(right - left, abs=1)
    assert now[3] > bottom
    assert texts(window)[2] == "8"


def test_a_box_that_is_put_beside_the_picture_goes_back_and_a_sentence_says_why(qtbot, read, page_file):
    window = read(page_file)
    choose(qtbot, window, "9")
    number = window.desk.page.numbers[3]
    paper = window.desk.view.viewport()
    drag(qtbot, window, place_of(window, "9"), paper.rect().bottomRight() + QPoint(300, 300))
    assert "nothing of the picture" in window.notices.text.text()
    assert window.desk.page.numbers[3] is number
    assert not window.isWindowModified()
    click(qtbot, window, "9")
    assert window.desk.view.choice == number.id


def test_a_box_is_added_with_a_key_and_what_nobody_reads_in_it_is_typed(qtbot, read, page_file):
    window = read(page_file)
    press(qtbot, KEYS.Key_Insert)
    assert len(texts(window)) == 5
    number = window.desk.page.number(window.desk.view.choice)
    assert number.by_hand
    assert number.shown == "?"
    press(qtbot, KEYS.Key_5, KEYS.Key_Return)
    assert window.desk.page.number(number.id).shown == "5"


def test_the_wheel_and_keys_zoom_and_a_key_shows_the_whole_page(qtbot, read, page_file):
    window = read(page_file)
    view = window.desk.view
    whole = view.transform().m11()
    place = QPointF(view.viewport().rect().center())
    turn = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not inverted
    )
    view.wheelEvent(turn)
    by_wheel = view.transform().m11()
    assert by_wheel > 1.4 * whole
    window.do.larger.trigger()
    assert view.transform().m11() > by_wheel
    window.do.whole.trigger()
    assert view.transform().m11() == pytest.approx(whole)


def test_the_numbers_are_exported_with_their_boxes(qtbot, read, page_file, tmp_path, monkeypatch):
    window = read(page_file)
    click(qtbot, window, "23", which=1)
    press(qtbot, KEYS.Key_8, KEYS.Key_Return)
    assert has_colour(window, window.desk.page.numbers[1], LOOKED_AT)
    export(window, window.do.csv, tmp_path / "out", monkeypatch)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == ["401", "28", "8", "9"]
    assert [row["row"] for row in rows] == ["1", "1", "2", "2"]
    assert rows[1]["read_as"] == "23"
    assert [int(rows[0][side]) for side in ("left", "top", "right", "bottom")] == list(
        window.desk.page.numbers[0].box
    )
    export(window, window.do.json, tmp_path / "out", monkeypatch)
    [page] = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert page["text"] == "401 28\n8 9"
    assert len(page["rows"][0][0]["digits"]) == 3


def test_a_file_that_cannot_be_written_is_said_and_nothing_lost(read, page_file, tmp_path, monkeypatch):
    window = read(page_file)
    export(window, window.do.csv, tmp_path / "no such folder" / "out.csv", monkeypatch)
    assert "can't be written" in window.notices.text.text()
    assert texts(window) == ["401", "23", "8", "9"]


def test_the_numbers_are_copied_as_text(read, page_file):
    window = read(page_file)
    window.do.copy.trigger()
    assert QGuiApplication.clipboard().text() == "401 23\n8 9"


def test_closing_asks_about_corrections_that_are_in_no_file_and_only_about_those(
    qtbot, read, answer, page_file, tmp_path, monkeypatch
):
    window = read(page_file)
    click(qtbot, window, "9")
    press(qtbot, KEYS.Key_3, KEYS.Key_Return)
    assert window.isWindowModified()
    window.close()
    assert len(answer.asked) == 1
    assert window.isVisible()
    export(window, window.do.csv, tmp_path / "out.csv", monkeypatch)
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
    assert len(answer.asked) == 1


@pytest.mark.usefixtures("own_settings")
def test_leaving_the_pad_asks_about_corrections_too(qtbot, window, answer, page_file):
    window.opening.bring([page_file])
    pages = opened(qtbot, window)
    click(qtbot, pages, "9")
    press(qtbot, KEYS.Key_3, KEYS.Key_Return)
    window.close()
    assert len(answer.asked) == 1
    assert window.isVisible()
    answer.press = "Close"
    window.close()
    assert len(answer.asked) == 2
    assert not window.isVisible()


@pytest.fixture
def folder(tmp_path):
    """Three pages, one of them empty, and what is no picture."""
    for name, picture in {
        "a.png": written("42", "17"),
        "b.png": np.full((300, 400), 255, np.uint8),
        "c" * 120 + ".png": written("905"),
    }.items():
        saved(picture, tmp_path / "pages" / name)
    (tmp_path / "pages" / "broken.png").write_bytes(b"rubbish")
    return tmp_path / "pages"


def test_a_folder_of_pages_is_one_table_with_their_names(qtbot, read, folder):
    window = read(folder)
    assert column(window, PAGE) == ["a.png", "a.png", "b.png", "broken.png", "c" * 120 + ".png"]
    assert column(window, NUMBER) == ["42", "17", "none", "not read", "905"]
    assert window.line.text() == "3 pages, 3 numbers, 1 could not be read"
    assert window.desk.title.text() == "a.png  (1 of 4)"
    window.do.page_after.trigger()
    assert window.desk.nothing.text() == EMPTY
    window.do.page_after.trigger()
    assert "broken.png" in window.desk.nothing.text()
    assert window.desk.page is None
    window.desk.table.selectRow(4)
    assert texts(window) == ["905"]
    assert window.width() < 1300


@pytest.mark.parametrize("suffix", [".tiff", ".pdf"])
def test_every_page_of_a_file_is_read_also_where_it_shows_one_digit(read, tmp_path, suffix):
    first, *others = (Image.fromarray(picture) for picture in (draw(7), written("42"), written("905", "1")))
    first.save(tmp_path / f"scan{suffix}", save_all=True, append_images=others)
    window = read(tmp_path / f"scan{suffix}")
    assert column(window, PAGE) == [f"scan{suffix}, page {number}" for number in (1, 2, 3, 3)]
    assert column(window, NUMBER) == ["7", "42", "905", "1"]


@pytest.mark.usefixtures("own_settings")
def test_of_a_folder_nobody_says_whether_it_holds_pages_or_digits(qtbot, window, folder, tmp_path):
    for digit in (3, 5):
        saved(draw(digit), tmp_path / "digits" / f"{digit}.png")
    window.opening.bring([folder])
    window.opening.bring([tmp_path / "digits"])
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(ResultsDialog)), timeout=60_000)
    [dialog] = window.findChildren(ResultsDialog)
    pages = opened(qtbot, window)
    qtbot.waitUntil(lambda: dialog.line.text() == "2 digits", timeout=60_000)
    qtbot.waitUntil(lambda: pages.stop.text() == "Close", timeout=60_000)


@pytest.fixture
def many(tmp_path):
    """A folder of a hundred pages."""
    first = saved(written("42 17", "905"), tmp_path / "many" / "000.png")
    for number in range(1, 100):
        (first.parent / f"{number:03}.png").symlink_to(first)
    return first.parent


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancelling_a_long_reading_keeps_what_was_read(qtbot, many, how):
    window = PagesWindow([many], recognizer, Hands(None))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: len(window.desk.model.sheets) > 1, timeout=60_000)
    assert window.stop.text() == "Cancel"
    assert window.bar.isVisible()
    assert window.bar.maximum() == 100
    assert window.line.text() == f"{len(window.desk.model.sheets)} of 100"
    if how == "button":
        window.stop.click()
    else:
        qtbot.keyClick(window.desk.view, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: window.stop.text() == "Close", timeout=60_000)
    done = len(window.desk.model.sheets)
    assert done < 100
    assert window.line.text().startswith(f"Stopped after {done} of 100: {done} pages, {3 * done} numbers")
    assert window.isVisible()
    assert window.do.csv.isEnabled()


def test_closing_while_pages_are_read_ends_the_reading(qtbot, many):
    window = PagesWindow([many], recognizer, Hands(None))
    qtbot.waitUntil(lambda: len(window.desk.model.sheets) > 0, timeout=60_000)
    reader, sheets = window.reader, window.desk.model.sheets
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
    qtbot.waitUntil(reader.isFinished, timeout=60_000)
    assert len(sheets) < 100


def test_two_fingers_zoom(read, page_file):
    view = read(page_file).desk.view
    whole = view.transform().m11()
    place = QPointF(view.viewport().rect().center())
    fingers = QPointingDevice.primaryPointingDevice()
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, fingers, 2, place, place, place, 0.5, QPointF()
    )
    assert view.viewportEvent(pinch)
    assert view.transform().m11() == pytest.approx(1.5 * whole)


def test_letters_are_larger_on_a_projector(qtbot, read, page_file):
    window = read(page_file)
    usual = window.desk.table.fontMetrics().height()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: window.desk.table.fontMetrics().height() > 1.4 * usual)


def test_in_a_narrow_window_the_table_lies_below_the_page_and_buttons_are_in_a_menu(qtbot, read, page_file):
    window = read(page_file)
    assert window.desk.orientation() is Qt.Orientation.Horizontal
    window.resize(420, 480)
    qtbot.waitUntil(lambda: window.desk.orientation() is Qt.Orientation.Vertical)
    assert window.width() <= 480
    assert window.desk.view.height() > window.desk.table.height()


def test_a_screen_reader_is_told_what_is_what(read, doubtful_file):
    window = read(doubtful_file)
    assert window.desk.table.accessibleName() == "The numbers that were read"
    assert window.desk.view.accessibleName() == "The page"
    number = window.desk.page.numbers[1]
    assert window.desk.view.accessibleDescription() == f"Row 2: {number.shown}, {number.sureness} sure"
    assert window.bar.accessibleName() == "Pages read so far"


def test_what_was_read_is_written_beside_a_number_where_above_it_is_another(read, tmp_path):
    close = np.vstack([written("42")[:143], written("17")[37:]])
    window = read(saved(close, tmp_path / "close.png"))
    first, second = window.desk.page.numbers
    assert has_colour(window, first, SURE)
    view = window.desk.view
    shot = view.viewport().grab().toImage()
    right = view.mapFromScene(QPointF(second.box[2], (second.box[1] + second.box[3]) / 2))
    assert any(shot.pixelColor(right + QPoint(5, down)) == SURE for down in range(-12, 13))


@pytest.mark.usefixtures("own_settings")
def test_a_page_among_digits_is_opened_from_their_table(qtbot, window, page_file, tmp_path):
    digits = [saved(draw(digit), tmp_path / f"{digit}.png") for digit in (3, 5)]
    window.opening.bring([*digits, page_file])
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultsDialog)), timeout=60_000)
    [dialog] = window.findChildren(ResultsDialog)
    qtbot.waitUntil(lambda: dialog.stop.text() == "Close", timeout=60_000)
    dialog.table.selectRow(2)
    qtbot.keyClick(dialog.table, KEYS.Key_Return)
    assert texts(opened(qtbot, window)) == ["401", "23", "8", "9"]
