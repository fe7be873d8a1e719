"""Reading a whole selection of picture files, with the shipped model."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import draw, fence, repeated, save
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from shiboken6 import isValid

from digitpad import Recognizer
from digitpad_desktop.beside import kept
from digitpad_desktop.reading_files import FilesReader
from digitpad_desktop.results import CONFIDENCE, DIGIT, FILE, NO_PICTURES, SEEN, WORDS, ResultsDialog

recognizer = Recognizer()


@pytest.fixture
def mixed(tmp_path):
    """Three good pictures, and between them all that can be wrong with one."""
    broken, nothing = tmp_path / "broken.png", tmp_path / "nothing.png"
    broken.write_bytes(save(tmp_path / "whole.png", 1).read_bytes()[:200])
    nothing.write_bytes(b"")
    blank = tmp_path / "blank.png"
    Image.new("L", (280, 280), 255).save(blank)
    return [
        save(tmp_path / "seven.png", 7),
        broken,
        save(tmp_path / "two.jpg", 2),
        tmp_path / "gone.png",
        nothing,
        blank,
        save(tmp_path / "four.webp", 4),
    ]


def column(dialog: ResultsDialog, number: int) -> list[str | None]:
    return [dialog.model.index(row, number).data() for row in range(dialog.model.rowCount())]


def test_all_are_read_in_their_order_and_what_cannot_be_is_named_in_its_row(read, mixed):
    dialog = read(*mixed)
    assert column(dialog, FILE) == [path.name for path in mixed]
    assert column(dialog, DIGIT) == ["7", None, "2", None, None, "", "4"]
    words = column(dialog, WORDS)
    assert words[0] == "Looks like a 7"
    assert words[1].startswith("The file broken.png is damaged or cut off")
    assert words[3] == "The file gone.png does not exist."
    assert words[4].startswith("The file nothing.png is empty (0 bytes)")
    assert words[5] == "Nothing is drawn on it"
    assert [bool(text) for text in column(dialog, CONFIDENCE)] == [True, False, True, False, False, False, True]
    assert column(dialog, CONFIDENCE)[0].endswith(" %")
    assert dialog.line.text() == "3 digits, 1 empty, 3 could not be read"
    assert dialog.bar.isHidden()


def test_the_whole_path_of_a_file_is_in_its_tooltip(read, mixed):
    dialog = read(*mixed)
    role = Qt.ItemDataRole.ToolTipRole
    assert dialog.model.index(0, FILE).data(role) == str(mixed[0])
    assert str(mixed[1]) in dialog.model.index(1, WORDS).data(role)


def test_what_the_network_saw_is_shown_crisply_twice_as_large(qtbot, read, tmp_path):
    dialog = read(save(tmp_path / "8.png", 8))
    qtbot.waitExposed(dialog)
    cell = dialog.table.visualRect(dialog.shown.index(0, SEEN))
    shown = dialog.table.viewport().grab(cell).toImage()
    glyph = dialog.model.results[0].reading.glyph
    corner = cell.center() - cell.topLeft() - QPoint(28, 28)
    for y, x in [(14, 14), (6, 13), (10, 9), (20, 14), (2, 3)]:
        for inside in (QPoint(0, 0), QPoint(1, 1)):
            assert shown.pixelColor(corner + QPoint(2 * x, 2 * y) + inside).red() == glyph[y, x]


def test_a_drawing_that_is_no_digit_gets_a_question_mark_and_no_confidence(read, tmp_path):
    Image.fromarray(fence()).save(tmp_path / "fence.png")
    dialog = read(tmp_path / "fence.png")
    assert column(dialog, DIGIT) == ["?"]
    assert column(dialog, WORDS) == ["This is not a digit"]
    assert column(dialog, CONFIDENCE) == [None]


def test_a_folder_stands_for_the_pictures_in_it_by_name(read, tmp_path):
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "folder.png").mkdir()
    for name in ("b.png", "a.JPG", "c.tiff", ".hidden.png", "inner/deep.png"):
        save(folder / name, 3)
    (folder / "notes.txt").write_text("no picture")
    (folder / "drawing.eps").write_text("a picture that digitpad does not read")
    alone = save(tmp_path / "alone.png", 6)
    dialog = read(folder, alone)
    assert column(dialog, FILE) == ["a.JPG", "b.png", "c.tiff", "alone.png"]
    assert column(dialog, DIGIT) == ["3", "3", "3", "6"]
    assert dialog.line.text() == ("4 digits\nPassed over in folder: 2 that are no pictures, 1 hidden, 2 folders")


def test_a_folder_that_cannot_be_opened_is_named_and_the_rest_read(read, tmp_path, monkeypatch):
    # For the tests may run as root, to whom every folder opens.
    closed = tmp_path / "closed"
    closed.mkdir()
    listed = Path.iterdir

    def refuse(path: Path):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    dialog = read(closed, save(tmp_path / "9.png", 9))
    assert column(dialog, WORDS) == ["closed can't be opened: Permission denied.", "Looks like a 9"]


def test_a_folder_without_pictures_says_so(read, tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    dialog = read(tmp_path)
    assert dialog.nothing.isVisible()
    assert dialog.nothing.text() == f"{NO_PICTURES}\nPassed over in {tmp_path.name}: 1 that is no picture"
    assert not dialog.table.isVisible()
    assert not dialog.export.isEnabled()
    assert dialog.line.text() == ""


def test_how_far_it_is_stands_beside_the_bar(qtbot, opened, large):
    dialog = opened(large)
    assert dialog.stop.text() == "Cancel"
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=60_000)
    assert dialog.bar.isVisible()
    assert dialog.bar.maximum() == 40
    assert dialog.line.text() == f"{dialog.model.rowCount()} of 40"
    dialog.close()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancelling_stops_at_once_and_keeps_what_was_read(qtbot, opened, large, how):
    dialog = opened(large)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=60_000)
    if how == "button":
        dialog.stop.click()
    else:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.stop.text() == "Close", timeout=60_000)
    rows = dialog.model.rowCount()
    assert 0 < rows < 40
    assert dialog.line.text() == f"Stopped after {rows} of 40: {rows} digit{'s' * (rows > 1)}"
    assert column(dialog, DIGIT) == ["5"] * rows
    assert dialog.isVisible()
    assert dialog.export.isEnabled()


def test_escape_closes_what_has_ended(qtbot, read, mixed):
    dialog = read(*mixed)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_closing_while_it_reads_ends_the_reading(qtbot, opened, large):
    dialog = opened(large)
    reader, results = dialog.reader, dialog.model.results
    qtbot.waitUntil(lambda: bool(results), timeout=60_000)
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.waitUntil(reader.isFinished, timeout=60_000)
    assert len(results) < 40


def test_a_reader_may_be_forgotten_while_it_reads(qtbot, large):
    reader = FilesReader([large], recognizer)
    with qtbot.waitSignal(reader.read, timeout=60_000):
        reader.start()
    reader.requestInterruption()
    del reader
    qtbot.waitUntil(lambda: all(thread.isFinished() for thread in kept), timeout=60_000)


def test_the_program_can_be_left_while_it_reads(large):
    program = f"""
from pathlib import Path
from PySide6.QtWidgets import QApplication
from digitpad import Recognizer
from digitpad.pad.hands import Hands
from digitpad_desktop.results import ResultsDialog
app = QApplication([])
dialog = ResultsDialog([Path({str(large)!r})], Recognizer(), Hands(None))
dialog.reader.read.connect(app.quit)
app.exec()
assert dialog.reader.isRunning()
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_the_window_lives_while_a_thousand_are_read(qtbot, opened, tmp_path):
    dialog = opened(repeated(save(tmp_path / "zero.png", 0), tmp_path / "thousand", 1000))
    seen = set()

    def is_read() -> bool:
        seen.add(dialog.model.rowCount())
        dialog.table.scrollToBottom()
        return dialog.stop.text() == "Close"

    qtbot.waitUntil(is_read, timeout=120_000)
    assert len(seen) > 2  # it was at work between the results
    assert dialog.line.text() == "1000 digits"
    assert column(dialog, FILE) == [f"{number:04}.png" for number in range(1000)]


def test_a_double_click_chooses_a_picture_that_can_be_read(qtbot, read, mixed):
    dialog = read(*mixed)
    chosen = []
    dialog.chosen.connect(chosen.append)
    for row in (2, 1):  # the second is broken
        place = dialog.table.visualRect(dialog.shown.index(row, FILE)).center()
        qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(chosen) == (row != 2)
        qtbot.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [mixed[2]]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_chooses_the_row_that_the_arrows_went_to(qtbot, read, mixed, key):
    dialog = read(*mixed)
    chosen = []
    dialog.chosen.connect(chosen.append)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.table.hasFocus)
    qtbot.keyClick(dialog.table, key)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, key)  # a broken one
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, key)
    assert chosen == [mixed[0], mixed[2]]
    assert dialog.isVisible()


def test_what_was_read_is_exported_as_csv(read, mixed, tmp_path, monkeypatch):
    odd = save(tmp_path / "a, “b”.png", 5)
    dialog = read(*mixed, odd)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "digits"), ""))
    dialog.export.click()
    with (tmp_path / "digits.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "digit", "verdict", "confidence", "likeliest", "corrected", "error", "note"]
    assert [row["file"] for row in rows] == [str(path) for path in [*mixed, odd]]
    assert [row["digit"] for row in rows] == ["7", "", "2", "", "", "", "4", "5"]
    assert [row["verdict"] for row in rows] == ["digit", "", "digit", "", "", "empty", "digit", "digit"]
    assert 0.5 < float(rows[0]["confidence"]) <= 1
    assert rows[3]["error"] == f"The file {mixed[3]} does not exist."
    assert rows[0]["error"] == rows[3]["confidence"] == ""


def test_a_csv_that_cannot_be_written_is_said_and_nothing_lost(read, mixed, tmp_path, monkeypatch):
    dialog = read(*mixed)
    goal = tmp_path / "no such folder" / "digits.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(goal), ""))
    dialog.export.click()
    box = dialog.findChild(QMessageBox)
    assert box.isVisible()
    assert box.text() == f"{goal} can't be written: No such file or directory. Choose another folder."
    box.accept()
    assert dialog.model.rowCount() == len(mixed)
    assert dialog.export.isEnabled()


def test_a_name_that_is_no_text_is_read_and_exported_all_the_same(read, tmp_path, monkeypatch):
    odd = tmp_path / "folder" / "three\udcff.png"
    odd.parent.mkdir()
    try:
        save(tmp_path / "three.png", 3).rename(odd)
    except OSError:
        pytest.skip("the file system takes no such names")
    dialog = read(odd.parent)
    assert column(dialog, DIGIT) == ["3"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "digits.csv"), ""))
    dialog.export.click()
    assert r"three\udcff.png,3,digit," in (tmp_path / "digits.csv").read_text(encoding="utf-8")


def test_a_screen_reader_is_told_what_is_what(read, mixed):
    dialog = read(*mixed)
    assert dialog.table.accessibleName() == "What was read in each picture"
    assert dialog.bar.accessibleName() == "Pictures read so far"
    role = Qt.ItemDataRole.AccessibleTextRole
    assert dialog.model.index(0, SEEN).data(role) == "What the network saw"
    assert dialog.model.index(1, SEEN).data(role) == "Nothing was seen"


def test_a_row_is_corrected_with_the_mouse_and_by_keys_learned_and_undone(qtbot, read, mixed):
    dialog = read(*mixed)
    hands, row = dialog._hands, dialog.correcting
    dialog.table.setCurrentIndex(dialog.shown.index(1, FILE))
    assert not row.ask.isEnabled()  # a broken one
    dialog.table.setCurrentIndex(dialog.shown.index(2, FILE))
    assert row.ask.text() == "Not a 2?"
    qtbot.mouseClick(row.ask, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.ask.keys.keys[7], Qt.MouseButton.LeftButton)
    assert column(dialog, DIGIT)[2] == "7"
    assert column(dialog, WORDS)[2] == "You said: a 7. It was read as 2"
    assert [lesson.digit for lesson in hands.current] == [7]
    assert "Read as 7: 2" in [dialog.which.itemText(place) for place in range(dialog.which.count())]
    row.undo.click()
    assert column(dialog, DIGIT)[2] == "2"
    assert len(hands.current) == 0
    row.learn.click()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_N)
    assert column(dialog, DIGIT)[2] == "–"
    assert dialog.line.text() == "2 digits, 1 not a digit, 1 empty, 3 could not be read"
    assert len(hands.current) == 0


def test_rows_that_are_like_the_corrected_one_are_read_by_that_lesson_at_once(qtbot, read, tmp_path):
    odd = draw(0, strokes={0: [((15, 15), (85, 15), (85, 95))]})
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for file in files:
        Image.fromarray(odd).save(file)
    dialog = read(*files)
    assert column(dialog, DIGIT) == ["7?", "7?"]
    dialog.table.setCurrentIndex(dialog.shown.index(0, FILE))
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_7)
    assert column(dialog, DIGIT) == ["7", "7"]
    assert column(dialog, WORDS)[1] == "A 7, because you taught me this one"
    assert dialog.line.text() == "2 digits"
    dialog.correcting.undo.click()
    assert column(dialog, DIGIT) == ["7?", "7?"]
