"""The history: kept, found again, and never in the way."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from conftest import drawn

from digitpad import Reading, Recognizer, Verdict
from digitpad.errors import HistoryError
from digitpad.glyphs.strokes import Stroke
from digitpad.pad.database import STEPS
from digitpad.pad.drawing import Content, picture_of, to_json
from digitpad.pad.history import History

CONTENT = Content((Stroke(((10.0, 10.0), (12.0, 90.0)), (9.0, 9.0)),))
NUMBER = tuple(drawn("17"))
recognizer = Recognizer()
reading = recognizer.read(picture_of(CONTENT))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "below" / "history.sqlite"


def test_what_is_kept_is_found_again_newest_first(file):
    history = History(file)
    first = history.keep(CONTENT, reading, "hands")
    picture = np.random.default_rng(1).integers(0, 256, (40, 30, 3)).astype(np.uint8)
    second = history.keep(Content(picture=picture), Reading.empty(), "classic")
    history.close()
    again = History(file)
    newest, oldest = again.latest(10)
    assert (newest.number, oldest.number) == (second, first)
    assert (oldest.digit, oldest.verdict, oldest.model) == (1, Verdict.DIGIT, "hands")
    assert oldest.confidence == pytest.approx(reading.confidence)
    assert again.content(first).strokes == CONTENT.strokes
    np.testing.assert_array_equal(oldest.glyph, reading.glyph)
    np.testing.assert_array_equal(again.content(second).picture, picture)
    assert (newest.digit, newest.verdict) == (None, Verdict.EMPTY)
    assert again.notice == ""
    assert len(again.latest(1)) == 1


def test_a_drawing_that_goes_on_stays_one(file):
    history = History(file)
    number = history.keep(CONTENT, reading, "hands")
    assert history.keep(replace(CONTENT, number=number), reading, "classic") == number
    [entry] = history.latest(5)
    assert entry.model == "classic"


def test_only_so_many_are_remembered_and_always_the_one_that_was_drawn_on_last(file):
    history = History(file, most=3)
    numbers = [history.keep(CONTENT, reading, "hands") for _ in range(5)]
    assert [entry.number for entry in history.latest(9)] == numbers[:1:-1]
    history.keep(replace(CONTENT, number=numbers[0]), reading, "hands")  # undone to, when it had been forgotten
    assert history.content(numbers[0]).strokes == CONTENT.strokes
    newest = history.keep(CONTENT, reading, "hands")
    assert [entry.number for entry in history.latest(9)] == [newest, *numbers[:2:-1]]


def test_one_or_all_can_be_forgotten(file):
    history = History(file)
    numbers = [history.keep(CONTENT, reading, "hands") for _ in range(3)]
    history.remove(numbers[1])
    assert [entry.number for entry in history.latest(5)] == [numbers[2], numbers[0]]
    history.clear()
    assert history.latest(5) == []


@pytest.mark.parametrize("content", [b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000, "cut", "other"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(file, content):
    history = History(file)
    for _ in range(60):
        history.keep(CONTENT, reading, "hands")
    history.close()
    if content == "cut":
        content = file.read_bytes()[:6000]
    if content == "other":
        file.unlink()
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE drawings (something TEXT)")
            other.execute("PRAGMA user_version = 1")
        content = file.read_bytes()
        other.close()
    file.write_bytes(content)
    again = History(file)
    assert "was damaged" in again.notice
    [aside] = file.parent.glob("history-damaged-*.sqlite")
    assert str(aside) in again.notice
    assert len(aside.read_bytes()) == len(content)  # SQLite may have marked it as its own
    assert again.keep(CONTENT, reading, "hands") == 1
    again.close()
    assert History(file).notice == ""


def test_a_file_of_a_newer_digitpad_is_left_alone(file):
    History(file).close()
    with sqlite3.connect(file) as newer:
        newer.execute("PRAGMA user_version = 7")
    newer.close()
    before = file.read_bytes()
    history = History(file)
    assert "a newer digitpad wrote it" in history.notice
    assert history.keep(CONTENT, reading, "hands") == 1
    assert len(history.latest(5)) == 1
    history.close()
    assert file.read_bytes() == before


def test_without_a_place_to_write_drawings_are_remembered_until_the_end(tmp_path):
    (tmp_path / "file").write_text("no folder")
    history = History(tmp_path / "file" / "history.sqlite")
    assert "remembered until you quit" in history.notice
    history.keep(CONTENT, reading, "hands")
    assert len(history.latest(5)) == 1


def test_a_row_that_makes_no_sense_is_left_out_or_said_to_be_damaged(file):
    history = History(file)
    for _ in range(3):
        history.keep(CONTENT, reading, "hands")
    history.close()
    with sqlite3.connect(file) as database:
        database.execute("UPDATE drawings SET strokes = 'nonsense' WHERE id = 1")
        database.execute("UPDATE drawings SET glyph = x'00' WHERE id = 2")
    database.close()
    again = History(file)
    assert [entry.number for entry in again.latest(5)] == [3, 1]
    for number, why in ((1, "damaged"), (77, "no longer in the history")):
        with pytest.raises(HistoryError, match=why):
            again.content(number)


def test_two_programs_may_keep_drawings_at_once(file):
    History(file).close()

    def keep_many() -> str:
        history = History(file)
        for _ in range(20):
            history.keep(CONTENT, reading, "hands")
        history.close()
        return history.notice

    with ThreadPoolExecutor(2) as programs:
        assert [running.result() for running in [programs.submit(keep_many) for _ in range(2)]] == ["", ""]
    assert len(History(file).latest(100)) == 40


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_what_was_kept_survives_a_kill(file):
    program = f"""
from pathlib import Path
from digitpad import Reading
from digitpad.glyphs.strokes import Stroke
from digitpad.pad.drawing import Content
from digitpad.pad.history import History
history = History(Path({str(file)!r}))
while True:
    print(history.keep(Content((Stroke(((1.0, 2.0),), (3.0,)),)), Reading.empty(), "hands"), flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as writer:
        for _ in range(20):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        last = max([last, *(int(line) for line in writer.stdout.read().splitlines() if line)])
    again = History(file)
    assert again.notice == ""
    assert again.latest(1)[0].number >= last


def test_numbers_are_kept_with_their_text(file):
    history = History(file)
    page = recognizer.read_strokes(NUMBER)
    history.keep(Content(NUMBER), Reading.several(reading.glyph), "hands", page)
    history.keep(CONTENT, reading, "hands")
    history.close()
    one, several = History(file).latest(5)
    assert (several.text, several.digit, several.verdict) == ("17", None, Verdict.SEVERAL)
    assert several.confidence == pytest.approx(page.confidence)
    assert (one.text, one.digit) == ("", 1)


def test_drawings_that_an_older_digitpad_kept_are_there_and_go_on(file):
    file.parent.mkdir(exist_ok=True)
    with sqlite3.connect(file) as older:  # as version 1 made it
        older.execute(*STEPS[0])
        older.execute(
            "INSERT INTO drawings VALUES (4, '2026-01-02T03:04:05+00:00', ?, NULL, ?, 7, 'digit', 0.9, 'hands')",
            (to_json(CONTENT.strokes), reading.glyph.tobytes()),
        )
        older.execute("PRAGMA user_version = 1")
    older.close()
    history = History(file)
    assert history.notice == ""
    [entry] = history.latest(5)
    assert (entry.digit, entry.text) == (7, "")
    history.keep(Content(NUMBER, number=4), Reading.several(reading.glyph), "hands", recognizer.read_strokes(NUMBER))
    history.close()
    assert [entry.text for entry in History(file).latest(5)] == ["17"]
