"""Pen strokes: read from their file, varied, drawn."""

import gzip
from collections.abc import Iterator

import ncompress
import numpy as np
import pytest
from conftest import STROKES
from mirror import Mirror, another_file, break_off, cut_off, not_found

from digitpad.errors import DataError
from digitpad.glyphs.glyph import glyph
from digitpad.training.data import strokes
from digitpad.training.data.sources import locate
from digitpad.training.data.strokes import (
    PENDIGITS_FILE,
    PENDIGITS_PUBLISHED,
    draw,
    load_pen_digits,
    parse_pen_digits,
)

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
    seven, one = parse_pen_digits(TEXT)
    assert (seven.label, seven.writer, len(seven.strokes)) == (7, 12, 2)
    assert seven.strokes[0].tolist() == [[100, 100], [300, 100], [200, 400]]
    assert (one.label, one.writer) == (1, 3)


@pytest.mark.parametrize("line", [".COMMENT 7 12 224\n", ".PEN_DOWN\n"])
def test_a_digit_that_lacks_its_writer_or_strokes_is_an_error(line):
    with pytest.raises(ValueError, match="no writer or no strokes"):
        parse_pen_digits(TEXT.partition(".SEGMENT DIGIT 1")[0].replace(line, ""))


def test_the_real_file_has_thirty_writers(pens):
    assert len(pens) == 7494
    assert {digit.writer for digit in pens} == set(range(1, 31))
    points = np.concatenate([stroke for digit in pens for stroke in digit.strokes])
    assert points.min() >= 0
    assert points.max() <= 500


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A machine without the file, on which nothing can be downloaded."""
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(strokes, "PENDIGITS_ADDRESSES", ())
    return tmp_path


@pytest.fixture
def published(tmp_path, monkeypatch) -> Iterator[Mirror]:
    """A server that has the file packed as UCI has it."""
    found = locate(None, "pen-strokes", PENDIGITS_FILE)
    if found is None:
        pytest.skip("needs the pen strokes: name a folder that has them with $DIGITPAD_DATA")
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / PENDIGITS_PUBLISHED).write_bytes(ncompress.compress(gzip.decompress(found.read_bytes())))
    mirror = Mirror(folder)
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(strokes, "PENDIGITS_ADDRESSES", (f"{mirror.address}{PENDIGITS_PUBLISHED}",))
    yield mirror
    mirror.server.shutdown()
    mirror.server.server_close()


def test_a_file_of_the_users_that_is_damaged_is_named(nowhere):
    (nowhere / "pen-strokes").mkdir()
    for name in (PENDIGITS_FILE, PENDIGITS_PUBLISHED):
        file = nowhere / "pen-strokes" / name
        for content in (b"", b"rubbish", gzip.compress(TEXT.encode()), ncompress.compress(TEXT.encode())):
            file.write_bytes(content)
            with pytest.raises(DataError, match=name):
                load_pen_digits(nowhere)
        file.unlink()


def test_what_is_nowhere_and_cannot_be_downloaded_is_said_and_gives_nothing(nowhere, capsys):
    assert load_pen_digits(nowhere) == []
    assert "pendigits-orig.tra.Z of the pen strokes could not be downloaded" in capsys.readouterr().out


def test_what_is_nowhere_is_downloaded_once_and_a_damaged_download_anew(published, tmp_path):
    assert len(load_pen_digits()) == 7494
    assert len(load_pen_digits()) == 7494
    assert published.asked == [PENDIGITS_PUBLISHED]
    (tmp_path / "cache" / "digitpad" / "pen-strokes" / PENDIGITS_PUBLISHED).write_bytes(b"rubbish")
    assert len(load_pen_digits()) == 7494
    assert published.asked == [PENDIGITS_PUBLISHED] * 2


@pytest.mark.parametrize("fault", [not_found, break_off, cut_off, another_file])
def test_a_download_that_fails_leaves_nothing_and_is_no_end(published, tmp_path, fault, capsys):
    published.faults[PENDIGITS_PUBLISHED] = fault
    assert load_pen_digits() == []
    assert published.address in capsys.readouterr().out
    assert not list((tmp_path / "cache").rglob("*.Z"))


@pytest.mark.parametrize("pen", [1, 5, 30])
def test_strokes_are_drawn_whole_whatever_the_pen(pen):
    four = [np.array(stroke, float) for stroke in STROKES[4]]
    ink = draw(four, pen)
    assert ink.max() > 200
    assert not np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).any()
    same = glyph(draw([stroke * 7 + 100 for stroke in four], pen)).astype(float)
    assert np.abs(same - glyph(ink)).mean() < 3


def test_a_dot_is_drawn_too():
    assert draw([np.array([[3.0, 4.0]])], pen=4).any()
