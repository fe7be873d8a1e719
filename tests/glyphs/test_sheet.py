"""A frame, a drawn box, or a table around the sheet is no part of what was written."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.sheet import sheets

pad = Recognizer()
PAPER, INK = np.array((245.0, 243, 238)), np.array((30.0, 35, 60))


def boxed(digit, inset, width, grey):
    """A drawing in a frame that does not touch it."""
    drawing = np.pad(draw(digit, side=200, pen=12), 40, constant_values=255)
    cv2.rectangle(drawing, (inset, inset), (279 - inset, 279 - inset), grey, width)
    return drawing


def on_table(drawing, table, grain=0.0, turned=0.0, further=0.0):
    """A sheet of 300 × 300 with a drawing on a table of a colour, turned, its upper edge further away."""
    strength = 1 - cv2.resize(drawing, (300, 300), interpolation=cv2.INTER_AREA)[..., np.newaxis] / 255
    sheet = PAPER * (1 - strength) + INK * strength
    corners = np.array([(0, 0), (300, 0), (300, 300), (0, 300)], np.float32)
    places = cv2.transform(corners[np.newaxis], cv2.getRotationMatrix2D((150, 150), turned, 1))[0] + 50
    places[:2, 0] += np.array([further, -further])
    matrix = cv2.getPerspectiveTransform(corners, places.astype(np.float32))
    seen = cv2.warpPerspective(sheet, matrix, (400, 400), flags=cv2.INTER_AREA, borderValue=table)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.8) + np.random.default_rng(1).normal(0, grain, seen.shape)
    return seen.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize(("inset", "width", "grey"), [(0, 1, 0), (2, 1, 0), (6, 3, 60), (20, 4, 0), (10, 2, 200)])
def test_a_digit_in_a_frame_is_read(digit, inset, width, grey):
    framed = boxed(digit, inset, width, grey)
    assert pad.read(framed).digit == digit
    assert pad.read(255 - framed).digit == digit


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_in_a_box_on_a_photo_is_read(digit):
    shade = np.linspace(1, 0.7, 280)[:, np.newaxis]
    grain = np.random.default_rng(digit).normal(0, 4, (280, 280))
    assert pad.read((boxed(digit, 15, 3, 40) * shade + grain).clip(0, 255).astype(np.uint8)).digit == digit


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("table", [(60, 40, 30), (190, 170, 150), (20, 20, 20)], ids=["wood", "light", "black"])
@pytest.mark.parametrize("view", [{}, {"grain": 4.0}, {"turned": 6.0}, {"further": 15.0, "grain": 2.0}], ids=str)
def test_a_digit_on_a_sheet_on_a_table_is_read(digit, table, view):
    assert pad.read(on_table(draw(digit), table, **view)).digit == digit


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_in_a_box_on_a_sheet_on_a_table_is_read(digit):
    assert pad.read(on_table(boxed(digit, 20, 4, 0), (60, 40, 30))).digit == digit


@pytest.mark.parametrize("width", [6, 20, 40, 60])
def test_a_0_with_corners_is_no_frame(width):
    canvas = np.full((280, 280), 255, np.uint8)
    cv2.polylines(canvas, [np.array([(70, 40), (210, 44), (205, 240), (74, 236)])], True, 0, width, cv2.LINE_AA)
    assert pad.read(canvas).digit == 0
    cv2.circle(canvas, (140, 140), 2, 0, -1)  # with a speck of dust in it
    assert pad.read(canvas).digit == 0


def test_none_of_mnists_digits_is_a_sheet_however_bold(mnist):
    for glyph in mnist.train.glyphs[:1500]:
        drawn = np.asarray(cv2.resize(glyph, (280, 280), interpolation=cv2.INTER_CUBIC), np.uint8)
        assert all(is_frame for _, is_frame in sheets(drawn * (drawn > 25)))


@pytest.mark.parametrize("table", [(60, 40, 30), (190, 170, 150)])
def test_a_sheet_with_nothing_on_it_is_empty(table):
    blank = np.full((280, 280), 255, np.uint8)
    for grain in (0.0, 4.0):
        assert pad.read(on_table(blank, table, grain)).verdict is Verdict.EMPTY


@pytest.mark.parametrize("pen", [20, 50])
def test_a_thick_1_that_fills_its_picture_is_no_sheet(pen):
    stem = 255 - draw(1, side=280, pen=pen)
    left, top, width, height = cv2.boundingRect(stem)
    assert pad.read(255 - np.pad(stem[top : top + height, left : left + width], 20)).digit == 1
