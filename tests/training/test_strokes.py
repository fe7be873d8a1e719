"""Pen strokes: read from their file, varied, drawn."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from conftest import STROKES

from digitpad.errors import DataError
from digitpad.glyph import glyph
from digitpad.training.strokes import UNIPEN_FILE, draw, load_pen_digits, parse_unipen, vary

TEXT = """.INCLUDE dene.doc
.SEGMENT DIGIT 0 ? "7"
.COMMENT 7 12 224
.PEN_DOWN
 100 400
 300 400
 200 100
.PEN_UP
.DT 100
.PEN_DOWN
 150 250
 250 250
.PEN_UP
.SEGMENT DIGIT 1 ? "1"
.COMMENT 1 3 7
.PEN_DOWN
 200 450
 200 50
.PEN_UP
"""


def test_unipen_text_gives_labels_writers_and_strokes_with_y_downward():
    seven, one = parse_unipen(TEXT)
    assert (seven.label, seven.writer, len(seven.strokes)) == (7, 12, 2)
    assert seven.strokes[0].tolist() == [[100, 100], [300, 100], [200, 400]]
    assert (one.label, one.writer) == (1, 3)


@pytest.mark.parametrize("line", [".COMMENT 7 12 224\n", ".PEN_DOWN\n"])
def test_a_digit_that_lacks_its_writer_or_strokes_is_an_error(line):
    with pytest.raises(ValueError, match="no writer or no strokes"):
        parse_unipen(TEXT.partition(".SEGMENT DIGIT 1")[0].replace(line, ""))


def test_the_real_file_has_thirty_writers(pens):
    assert len(pens) == 7494
    assert {digit.writer for digit in pens} == set(range(1, 31))
    points = np.concatenate([stroke for digit in pens for stroke in digit.strokes])
    assert points.min() >= 0
    assert points.max() <= 500


def test_a_damaged_file_is_named_and_a_missing_one_gives_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert load_pen_digits(tmp_path) == []
    (tmp_path / "pen-strokes").mkdir()
    file: Path = tmp_path / "pen-strokes" / UNIPEN_FILE
    for content in (b"rubbish", gzip.compress(TEXT.encode())):
        file.write_bytes(content)
        with pytest.raises(DataError, match=UNIPEN_FILE):
            load_pen_digits(tmp_path)


@pytest.mark.parametrize("pen", [1, 5, 30])
def test_strokes_are_drawn_whole_whatever_the_pen(pen):
    strokes = [np.array(stroke, float) for stroke in STROKES[4]]
    ink = draw(strokes, pen)
    assert ink.max() > 200
    assert not np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).any()
    same = glyph(draw([stroke * 7 + 100 for stroke in strokes], pen)).astype(float)
    assert np.abs(same - glyph(ink)).mean() < 3


def test_a_dot_is_drawn_too():
    assert draw([np.array([[3.0, 4.0]])], pen=4).any()


def test_varied_strokes_are_other_strokes_of_the_same_digit():
    strokes = tuple(np.array(stroke, float) for stroke in STROKES[5])
    rng = np.random.default_rng(1)
    one, other = vary(strokes, rng), vary(strokes, rng)
    assert len(one) == len(strokes)
    difference = np.abs(glyph(draw(one, 10)).astype(float) - glyph(draw(other, 10))).mean()
    assert 1 < difference < 60
    again = vary(strokes, np.random.default_rng(1))
    np.testing.assert_array_equal(one[0], again[0])
