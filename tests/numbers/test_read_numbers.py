"""Reading numbers: what stands on the screen after several digits were drawn or photographed."""

import json

import cv2
import numpy as np
import pytest
from conftest import draw, fence

from digitpad import PictureError, Recognizer, Verdict

from .conftest import HIGH, written

pad = Recognizer("hands")


def test_a_row_of_digits_is_a_number():
    page = pad.read_numbers(written("40172"))
    assert page.text == "40172"
    [[number]] = page.rows
    assert number.verdict is Verdict.DIGIT
    assert number.confidence == pytest.approx(np.prod([digit.reading.confidence for digit in number.digits]))
    assert number.confidence > 0.9


def test_numbers_stand_apart_and_rows_below_each_other():
    page = pad.read_numbers(written("401  23", "8     9"))
    assert page.text == "401 23\n8 9"
    assert [len(row) for row in page.rows] == [2, 2]


def test_boxes_are_in_pixels_of_the_picture_and_enclose_the_ink():
    picture = written("52")
    large = cv2.resize(picture, None, fx=9, fy=9, interpolation=cv2.INTER_NEAREST)
    for each, scale in ((picture, 1), (large, 9)):
        [[number]] = pad.read_numbers(each).rows
        left, top, width, height = cv2.boundingRect(255 - each)
        assert number.box == pytest.approx((left, top, left + width, top + height), abs=2 * scale)
        first, second = number.digits
        assert first.box[2] <= second.box[0]


def test_a_digit_alone_is_what_read_says():
    for digit in range(10):
        picture = draw(digit)
        page = pad.read_numbers(picture)
        assert page.text == str(digit)
        assert page.numbers[0].digits[0].reading == pad.read(picture)


def test_empty_paper_has_no_numbers():
    page = pad.read_numbers(np.full((300, 400), 255, np.uint8))
    assert page.text == ""
    assert page.rows == page.others == ()
    assert page.size == (400, 300)


def test_what_is_no_digit_is_told_apart_and_splits_numbers():
    picture = np.hstack([written("42"), 255 - cv2.resize(255 - fence(), (220, 220)), written("7")])
    page = pad.read_numbers(picture)
    assert page.text == "42 7"
    assert len(page.others) == 1


@pytest.mark.parametrize(("high", "wide", "sign"), [(9, 9, "."), (20, 8, ",")])
def test_a_plain_point_stays_in_the_text(high, wide, sign):
    picture = written("35", gap=30)
    middle = picture.shape[1] // 2 - 20
    cv2.rectangle(picture, (middle, 128), (middle + wide, 128 + high), 0, -1)
    assert pad.read_numbers(picture).text == f"3{sign}5"


def test_ruled_paper_and_a_grid_are_no_digits():
    ruled = written("4017", "238")
    for row in range(30, len(ruled), 80):
        ruled[row : row + 3] = 90
    assert pad.read_numbers(ruled).text == "4017\n238"
    grid = written("4  5", "6  8")
    for place in (4, HIGH + 58 + 30, 2 * HIGH + 2 * 58 + 60):
        grid[place : place + 3, 4:-6] = 0
    for place in (4, grid.shape[1] // 2, grid.shape[1] - 8):
        grid[4:380, place : place + 3] = 0
    page = pad.read_numbers(grid)
    assert page.text.replace(" ", "") == "45\n68"


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_upside_down_is_read_as_if_it_were_turned(quarters):
    picture = written("401723", "864529")
    page = pad.read_numbers(np.ascontiguousarray(np.rot90(picture, quarters)))
    assert page.text == "401723\n864529"
    upright = pad.read_numbers(picture)
    height, width = picture.shape
    for number, turned in zip(upright.numbers, page.numbers, strict=True):
        left, top, right, bottom = number.box
        there = {
            1: (top, width - right, bottom, width - left),
            2: (width - right, height - bottom, width - left, height - top),
            3: (height - bottom, left, height - top, right),
        }
        assert turned.box == pytest.approx(there[quarters], abs=2)


def test_a_page_is_left_as_it_is_where_its_ink_does_not_tell():
    assert pad.read_numbers(np.rot90(written("6108", "96"), 2)).text == "96\n8019"


@pytest.mark.parametrize(
    ("word", "face"),
    [
        ("RENAME", cv2.FONT_HERSHEY_SIMPLEX),
        ("ROOM", cv2.FONT_HERSHEY_COMPLEX),
        ("Total", cv2.FONT_HERSHEY_DUPLEX),
        ("beans", cv2.FONT_HERSHEY_SCRIPT_SIMPLEX),
    ],
)
def test_words_among_numbers_are_none_and_stand_among_the_others(word, face):
    """Also their letters that look like digits, and a price that stands beside them stays whole."""
    number = written("42", gap=30)
    cv2.line(number, (108, 132), (104, 152), 0, 7, cv2.LINE_AA)
    picture = np.full((220, 1000), 255, np.uint8)
    cv2.putText(picture, word, (20, 140), face, 3, 0, 6, cv2.LINE_AA)
    picture[: len(number), 700 : 700 + number.shape[1]] = number[:220]
    page = pad.read_numbers(picture)
    assert page.text == "4,2"
    assert all(box[2] < 700 for box in page.others)
    reached = [place for left, _, right, _ in page.others for place in range(left, right)]
    word_ends = np.flatnonzero((picture[:, :700] < 128).any(axis=0))
    assert set(word_ends) <= {*reached, *(place + 1 for place in reached), *(place - 1 for place in reached)}


def test_a_colon_is_no_digit_and_splits_a_clock_time():
    clock = written("1245", gap=30)
    for row in (70, 120):
        cv2.circle(clock, (207, row), 7, 0, -1, cv2.LINE_AA)
    page = pad.read_numbers(clock)
    assert page.text == "12 45"
    assert len(page.others) == 2


def test_a_row_that_goes_down_by_steps_is_one_row_and_two_rows_are_two():
    steps = np.full((420, 420), 255, np.uint8)
    for place, sign in enumerate("724"):
        digit = written(sign)[30:150, 10:110]
        top, left = 20 + 85 * place, 20 + 105 * place
        steps[top : top + 120, left : left + 100] = np.minimum(steps[top : top + 120, left : left + 100], digit)
    assert [len(row) for row in pad.read_numbers(steps).rows] == [1]
    assert pad.read_numbers(steps).text == "724"
    assert len(pad.read_numbers(written("72", "4 ")).rows) == 2


def test_light_ink_on_dark_paper_and_transparency_are_read_alike():
    picture = written("963")
    assert pad.read_numbers(255 - picture).text == "963"
    see_through = np.zeros((*picture.shape, 4), np.uint8)
    see_through[..., 3] = 255 - picture
    assert pad.read_numbers(see_through).text == "963"


def test_a_page_is_told_as_json():
    page = pad.read_numbers(written("40", "7"))
    told = json.loads(json.dumps(page.to_dict()))
    assert told["text"] == "40\n7"
    assert told["rows"][0][0]["digits"][1]["digit"] == 0
    assert len(told["rows"][0][0]["digits"][1]["box"]) == 4


def test_no_picture_is_refused_as_read_does():
    with pytest.raises(PictureError):
        pad.read_numbers(np.zeros((0, 5), np.uint8))
