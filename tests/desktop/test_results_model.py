"""The table of many pictures in another order, and parts of it."""

import csv

import numpy as np
import pytest
from conftest import fence, save
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad import Reading, Verdict
from digitpad.pad.results import Result
from digitpad_desktop.results import CONFIDENCE, DIGIT, FILE, SEEN, ResultsDialog
from digitpad_desktop.results_model import ResultsModel, ShownResults


@pytest.fixture
def various(tmp_path):
    """Pictures of which some need a look, by names that no alphabet puts in order."""
    Image.fromarray(fence()).save(tmp_path / "file1.png")
    Image.new("L", (280, 280), 255).save(tmp_path / "file20.png")
    return [
        save(tmp_path / "file10.png", 7),
        save(tmp_path / "file2.png", 3),
        tmp_path / "file1.png",
        save(tmp_path / "File3.png", 7),
        tmp_path / "gone.png",
        tmp_path / "file20.png",
        save(tmp_path / "file100.png", 0),
    ]


def seen(dialog: ResultsDialog, number: int = FILE) -> list[str | None]:
    """A column of what is shown, from top to bottom."""
    return [dialog.shown.index(row, number).data() for row in range(dialog.shown.rowCount())]


def click_on(qtbot, dialog: ResultsDialog, heading: int) -> None:
    header = dialog.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(heading) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def show(dialog: ResultsDialog, words: str) -> None:
    dialog.which.setCurrentIndex(dialog.which.findText(words))
    assert dialog.which.currentText() == words


def test_a_click_on_a_heading_sorts_and_names_by_their_numbers(qtbot, read, various):
    dialog = read(*various)
    as_read = [path.name for path in various]
    assert seen(dialog) == as_read
    click_on(qtbot, dialog, FILE)
    by_name = ["file1.png", "file2.png", "File3.png", "file10.png", "file20.png", "file100.png", "gone.png"]
    assert seen(dialog) == by_name
    click_on(qtbot, dialog, FILE)
    assert seen(dialog) == by_name[::-1]
    click_on(qtbot, dialog, FILE)
    assert seen(dialog) == as_read
    click_on(qtbot, dialog, DIGIT)
    assert seen(dialog, DIGIT) == ["0", "3", "7", "7", "?", None, ""]
    click_on(qtbot, dialog, SEEN)
    assert seen(dialog) == as_read


def test_confidence_is_sorted_as_a_number_and_what_has_none_first(qtbot, read, various):
    dialog = read(*various)
    click_on(qtbot, dialog, CONFIDENCE)
    assert seen(dialog, CONFIDENCE)[:3] == [None] * 3
    confidences = {result.name: result.reading.confidence for result in dialog.model.results if result.confidence}
    assert seen(dialog)[3:] == sorted(confidences, key=confidences.__getitem__)


def test_keys_sort_as_a_click_does(qtbot, read, various):
    dialog = read(*various)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.table.hasFocus)
    as_read = seen(dialog)
    orders = []
    for _ in range(3):
        qtbot.keyClick(dialog.table, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        orders.append(seen(dialog))
    assert orders[0] == orders[1][::-1] != as_read
    assert orders[2] == as_read


def test_what_needs_a_look_is_shown_alone_or_one_digit(read, various):
    dialog = read(*various)
    assert dialog.which.itemText(0) == "All 7"
    show(dialog, "Needs a look: 3")
    assert seen(dialog) == ["file1.png", "gone.png", "file20.png"]
    show(dialog, "Read as 7: 2")
    assert seen(dialog) == ["file10.png", "File3.png"]
    show(dialog, "Read as 5: 0")
    assert seen(dialog) == []
    show(dialog, "All 7")
    assert len(seen(dialog)) == 7


def test_a_digit_that_is_unsure_is_among_those_that_were_read_as_it(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    shares = np.array([0, 0.45, *[0.06] * 9], np.float32)
    unsure = Reading.of(np.ones((28, 28), np.uint8), shares, 0.9)
    assert unsure.verdict is Verdict.UNSURE
    model = ResultsModel(parent)
    model.add([Result("one.png", unsure)])
    assert model.kinds()["1"] == "Read as 1: 1"
    shown = ShownResults(model)
    shown.show_only("1")
    assert shown.rowCount() == 1


def test_the_selected_row_stays_selected_whatever_is_shown_and_is_the_one_that_is_chosen(qtbot, read, various):
    dialog = read(*various)
    chosen = []
    dialog.chosen.connect(chosen.append)

    def selected():
        return [index.data() for index in dialog.table.selectionModel().selectedRows(FILE)]

    dialog.table.setCurrentIndex(dialog.shown.index(3, FILE))
    click_on(qtbot, dialog, FILE)
    assert selected() == ["File3.png"]
    show(dialog, "Read as 7: 2")
    assert selected() == ["File3.png"]
    show(dialog, "Needs a look: 3")
    assert selected() == []
    show(dialog, "All 7")
    assert selected() == ["File3.png"]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen == [various[3]]


def test_results_that_arrive_in_a_sorted_table_take_their_places(qtbot, opened, large):
    save(large / "39a.png", 3)
    dialog = opened(large)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=60_000)
    click_on(qtbot, dialog, FILE)
    click_on(qtbot, dialog, FILE)
    show(dialog, dialog.which.itemText(dialog.which.findText("Read as 5", Qt.MatchFlag.MatchStartsWith)))
    qtbot.waitUntil(lambda: dialog.stop.text() == "Close", timeout=60_000)
    assert seen(dialog) == [f"{number:02}.png" for number in reversed(range(40))]
    assert dialog.which.currentText() == "Read as 5: 40"
    assert [index.data() for index in dialog.table.selectionModel().selectedRows(FILE)] == ["00.png"]


def test_the_csv_has_all_in_the_order_in_which_they_were_read_whatever_is_shown(
    qtbot, read, various, tmp_path, monkeypatch
):
    dialog = read(*various)
    click_on(qtbot, dialog, FILE)
    show(dialog, "Needs a look: 3")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "digits"), ""))
    dialog.export.click()
    with (tmp_path / "digits.csv").open(encoding="utf-8", newline="") as file:
        assert [row["file"] for row in csv.DictReader(file)] == [str(path) for path in various]
    assert dialog.export.toolTip() == "All of them, in the order in which they were read"
