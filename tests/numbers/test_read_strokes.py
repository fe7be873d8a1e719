"""Numbers as they are drawn: what the strokes tell that their picture does not."""

import numpy as np
import pytest
from conftest import drawn

from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke

pad = Recognizer("hands")


@pytest.mark.parametrize("text", ["10", "11", "00", "42", "1234", "1234567890"])
def test_a_drawn_number_is_read(text):
    page = pad.read_strokes(drawn(text))
    assert page.text == text
    assert page.confidence > 0.5


@pytest.mark.parametrize("text", ["20", "38", "57", "903"])
def test_digits_that_touch_or_overlap_come_apart_where_the_pen_was_lifted(text):
    strokes = drawn(text, step=44)
    assert pad.read_strokes(strokes).text == text


def test_each_digit_knows_its_strokes_and_its_place():
    strokes = drawn("142", at=(200, 300))
    page = pad.read_strokes(strokes)
    assert [digit.strokes for digit in page.digits] == [(0,), (1, 2), (3,)]
    for digit in page.digits:
        points = np.concatenate([strokes[place].places for place in digit.strokes])
        low, high = points.min(axis=0) - 3, points.max(axis=0) + 3  # half the pen's width
        assert digit.box == pytest.approx((*low, *high), abs=3)


def test_a_stroke_that_is_made_late_belongs_where_it_stands():
    bar = Stroke(((32.0, 52.0), (72.0, 50.0)), (6.0, 6.0))
    page = pad.read_strokes([*drawn("712"), bar])
    assert page.text == "712"
    assert [digit.strokes for digit in page.digits] == [(0, 3), (1,), (2,)]


def test_one_stroke_may_be_several_digits():
    points = [point for stroke in drawn("20", step=62) for point in stroke.points]
    page = pad.read_strokes([Stroke(tuple(points), (6.0,) * len(points))])
    assert page.text == "20"
    assert [digit.strokes for digit in page.digits] == [(0,), (0,)]


def test_what_is_erased_is_not_read():
    wrong = drawn("7", at=(140, 0))
    eraser = Stroke(tuple((150.0 + x, y) for y in range(0, 110, 10) for x in (0, 90)), (25.0,) * 22, erases=True)
    assert pad.read_strokes([*drawn("42"), *wrong]).text == "427"
    assert pad.read_strokes([*drawn("42"), *wrong, eraser]).text == "42"
    assert pad.read_strokes([*drawn("42"), *wrong, eraser, *drawn("9", at=(140, 0))]).text == "429"


def test_rows_stand_below_each_other_and_numbers_apart():
    page = pad.read_strokes([*drawn("40"), *drawn("17", at=(320, 0)), *drawn("358", at=(0, 160))])
    assert page.text == "40 17\n358"


def test_a_number_is_read_at_any_size():
    for scale in (0.15, 1, 8):
        strokes = [
            Stroke(tuple((x * scale, y * scale) for x, y in stroke.points), tuple(w * scale for w in stroke.widths))
            for stroke in drawn("4017")
        ]
        assert pad.read_strokes(strokes).text == "4017"


def test_nothing_and_shading_have_no_numbers():
    assert pad.read_strokes([]).rows == ()
    hatched = [Stroke(((x, 0.0), (x + 3, 100.0)), (2.0, 2.0)) for x in range(0, 160, 2)]
    assert pad.read_strokes(hatched).rows == ()
    assert pad.read_strokes([Stroke(((5.0, 5.0),), (30.0,), erases=True)]).rows == ()
    all_of_it = Stroke(((0.0, 50.0), (200.0, 50.0)), (140.0, 140.0), erases=True)
    assert pad.read_strokes([*drawn("42"), all_of_it]).rows == ()
    dots = [Stroke(((x * 9.0, y * 9.0),), (4.0,)) for x in range(30) for y in range(30)]
    assert pad.read_strokes([*drawn("42"), *dots]).rows == ()
