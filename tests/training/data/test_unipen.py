"""UNIPEN: found, read, refused where it is damaged."""

import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from digitpad import Recognizer
from digitpad.errors import DataError
from digitpad.glyphs.glyph import glyph
from digitpad.training.data import unipen
from digitpad.training.data.strokes import draw
from digitpad.training.data.unipen import load_unipen

DIGITS = {"syn": 4554, "apb": 2033, "ced": 1369, "gmd": 1145, "tos": 543, "imp": 257}

TOLD = """.VERSION 1.0
.INCLUDE tos/tos.doc
.INCLUDE {site}/data/a.dat
.SEGMENT CHARACTER 0 ? "7"
.SEGMENT CHARACTER 1-2,4 OK "4"
.SEGMENT CHARACTER 3:1-3:2 ? "1"
.SEGMENT CHARACTER 5 ? "\\""
"""
INK = """.WRITER_ID somebody
.PEN_DOWN
0 10
4 10 300
.PEN_UP
5 5
.PEN_UP
.PEN_DOWN
1 1
.INCLUDE {site}/data/b.dat
.PEN_DOWN
3 1
3 2
3 3
.PEN_UP
.PEN_DOWN
4 -4
.PEN_UP
.PEN_DOWN
5 5
"""
INNER = """.PEN_DOWN
2 2
.PEN_UP
"""


def release(folder: Path, site: str) -> Path:
    """A release of one file, in the layout of the whole one."""
    for name, text in {
        f"data/1a/{site}/x/a.dat": TOLD,
        f"include/{site}/data/a.dat": INK,
        f"include/{site}/data/b.dat": INNER,
        "data/1a/other/a.dat": TOLD,
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(site=site))
    return folder


def shown(one: unipen.Character) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in one.strokes]


@pytest.fixture
def any_release(monkeypatch):
    monkeypatch.setattr(unipen, "_checked", lambda _, characters: characters)


def test_every_digit_of_the_six_sites_is_read(characters):
    assert Counter(one.site for one in characters if one.kind == "digit") == DIGITS
    assert {one.label for one in characters if one.kind == "digit"} == set("0123456789")
    assert {one.label for one in characters if one.kind == "capital"} == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert set('"\\+?') < {one.label for one in characters if one.kind == "sign"}
    assert unipen.digest(characters[::-1]) == unipen.UNIPEN_CHARACTERS


def test_digits_are_what_their_labels_say_and_stand_upright(characters):
    digits = [one for one in characters if one.kind == "digit"][::25]
    readings = Recognizer("classic").read_many([glyph(draw(list(one.strokes), 8)) for one in digits])
    right = [reading.digit == int(one.label) for reading, one in zip(readings, digits, strict=True)]
    assert len(right) > 300
    assert np.mean(right) > 0.85


def test_segments_name_strokes_and_points_within_them(any_release, tmp_path):
    seven, four, one, quote = load_unipen(release(tmp_path, "apb"))
    assert [part.label for part in (seven, four, one, quote)] == ["7", "4", "1", '"']
    assert shown(seven) == [[[0, -10], [4, -10]]]
    assert shown(four) == [[[1, -1]], [[2, -2]], [[4, 4]]]  # the file that is included has a stroke too
    assert shown(one) == [[[3, -2], [3, -3]]]
    assert {part.file for part in (seven, four, one, quote)} == {"x/a.dat"}
    assert [part.place for part in (seven, four, one, quote)] == [0, 1, 2, 3]


def test_at_one_site_the_ways_above_the_paper_are_counted_but_not_drawn(any_release, tmp_path):
    seven, four, *_ = load_unipen(release(tmp_path, "tos"))
    assert shown(seven) == [[[0, -10], [4, -10]]]
    assert shown(four) == [[[1, -1]], [[3, -1], [3, -2], [3, -3]]]


@pytest.mark.parametrize("place", ["unipen", "unipen/train_r01_v07", "."])
def test_the_unpacked_release_is_found_too(any_release, tmp_path, place):
    release(tmp_path / place, "gmd")
    assert len(load_unipen(tmp_path)) == 4


def test_another_release_is_refused(tmp_path):
    release(tmp_path / "unipen", "gmd")
    with pytest.raises(DataError, match=r"unipen does not hold the published characters"):
        load_unipen(tmp_path)


def test_a_file_that_is_cut_off_is_refused(tmp_path):
    file = tmp_path / "unipen" / "unipen-train_r01_v07-part.zip"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data/1a/apb/a.dat", TOLD)
    file.write_bytes(file.read_bytes()[:60])
    with pytest.raises(DataError, match="cut off or damaged"):
        load_unipen(tmp_path)


def test_nothing_is_read_where_there_is_none(tmp_path, monkeypatch):
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert load_unipen(tmp_path) == []
