"""Reading one number in a box that a person drew."""

import cv2
import numpy as np
import pytest

from digitpad import PictureError, Recognizer

from .conftest import written

pad = Recognizer("hands")


@pytest.fixture(scope="module")
def picture():
    return written("401  23", "8     9")


@pytest.fixture(scope="module")
def whole(picture):
    return pad.read_numbers(picture)


@pytest.mark.parametrize("tighter", [-40, -15, 0, 4, 7])
def test_a_box_a_little_tight_or_generous_gives_its_number_and_nothing_of_the_rest(picture, whole, tighter):
    for number in whole.numbers:
        left, top, right, bottom = number.box
        found = pad.read_number(picture, (left + tighter, top + tighter, right - tighter, bottom - tighter))
        assert found.text == number.text
        assert found.box == number.box


def test_digits_beside_the_box_are_not_in_its_number(picture, whole):
    four, zero, one = whole.rows[0][0].digits
    left, top, _, bottom = zero.box
    assert pad.read_number(picture, zero.box).text == "0"
    reaching = (left - 25, top, one.box[0] + 5, bottom)  # its left side cuts off a part of the 4
    assert left - 25 < four.box[2]
    assert pad.read_number(picture, reaching).text == "0"


def test_of_digits_that_touch_those_in_the_box_are_read():
    picture = written("17", gap=-22)
    [[number]] = pad.read_numbers(picture).rows
    assert number.text == "17"
    left, top, right, bottom = number.digits[1].box
    assert left - number.digits[0].box[2] < 3
    assert pad.read_number(picture, (left + 1, top, right, bottom)).text == "7"


def test_what_stands_apart_in_a_box_is_one_number(picture, whole):
    first, second = whole.rows[0]
    both = (first.box[0], first.box[1], second.box[2], second.box[3])
    assert pad.read_number(picture, both).text == "40123"


def test_where_no_digit_is_there_is_no_number(picture):
    assert pad.read_number(picture, (250, 50, 350, 140)) is None


def test_boxes_are_in_pixels_of_a_picture_that_is_too_large_to_be_read_as_it_is(picture, whole):
    for scale in (7, 10):
        large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
        assert max(large.shape) > 2048
        again = pad.read_numbers(large)
        assert again.size == (large.shape[1], large.shape[0])
        for number, other in zip(whole.numbers, again.numbers, strict=True):
            assert other.box == pytest.approx(np.array(number.box) * scale, abs=2 * scale)
            assert pad.read_number(large, other.box).box == other.box


@pytest.mark.parametrize("box", [(900, 0, 1000, 90), (-50, -50, 0, 90), (40, 40, 40, 90), (90, 40, 50, 90)])
def test_a_box_with_nothing_of_the_picture_in_it_is_refused(picture, box):
    with pytest.raises(PictureError, match=r"In the box .* is nothing of the picture, which is \d+ × \d+\."):
        pad.read_number(picture, box)
