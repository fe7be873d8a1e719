"""Ruled lines, dust and lone dots are no ink."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.cleaning import cleaned
from digitpad.glyphs.ink import ink

pad = Recognizer()
BLANK = np.full((280, 280), 255, np.uint8)


def ruled(picture, grey, tilt=0.0, squared=False):
    """The picture on paper with lines of a colour, 40 pixels apart."""
    lines = np.full_like(picture, 255)
    height, width = picture.shape
    for place in range(20, max(height, width), 40):
        cv2.line(lines, (0, place), (width, round(place + tilt * width)), grey, 2)
        if squared:
            cv2.line(lines, (place, 0), (place, height), grey, 2)
    return np.minimum(picture, lines)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize(
    "paper", [{"grey": 190}, {"grey": 100, "squared": True}, {"grey": 40, "tilt": 0.01}], ids=str
)
def test_a_digit_on_ruled_paper_is_read(digit, paper):
    assert pad.read(ruled(draw(digit, pen=16), **paper)).digit == digit


@pytest.mark.parametrize("grey", [0, 100, 200])
@pytest.mark.parametrize("squared", [False, True])
def test_ruled_paper_with_nothing_on_it_is_empty(grey, squared):
    assert pad.read(ruled(BLANK, grey, squared=squared)).verdict is Verdict.EMPTY


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("place", [15, 100, 140, 230, 262])
@pytest.mark.parametrize("upright", [False, True])
def test_a_single_line_from_edge_to_edge_is_no_ink(digit, place, upright):
    lined = draw(digit, pen=10)
    (lined.T if upright else lined)[place : place + 2] = 40
    assert pad.read(lined).digit == digit


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("room", [0, 1])
def test_of_a_digit_that_fills_its_picture_nothing_is_taken_for_a_line(digit, room):
    drawn = ink(draw(digit, pen=6))
    left, top, width, height = cv2.boundingRect(drawn)
    cropped = np.pad(drawn[top : top + height, left : left + width], room)
    np.testing.assert_array_equal(cleaned(cropped), cropped)
    assert pad.read(255 - cropped).digit == digit


@pytest.mark.parametrize("bend", [8, 10, 12])
def test_the_bent_stem_of_a_1_that_fills_its_picture_is_no_line(bend):
    stem = [(60, 0), (60 + bend, 70), (60, 139)]
    one = np.zeros((140, 140), np.uint8)
    cv2.polylines(one, [np.array(stem), np.array([(30, 30), (62, 12)])], False, 255, 2)
    np.testing.assert_array_equal(cleaned(one), one)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("pen", [20, 30, 40, 80])
def test_a_coarse_scan_that_a_digit_fills_has_no_lines(digit, pen):
    drawn = 255 - draw(digit, side=640, pen=pen)
    left, top, width, height = cv2.boundingRect(drawn)
    longer = max(width, height) / 32
    size = (max(1, round(width / longer)), max(1, round(height / longer)))
    scan = cv2.resize(drawn[top : top + height, left : left + width], size, interpolation=cv2.INTER_AREA) >= 128
    room = 32 - size[0]
    assert pad.read(np.pad(scan, ((0, 0), (room // 2, room - room // 2)))).digit == digit


@pytest.mark.parametrize("digit", range(10))
def test_dust_changes_nothing(digit):
    rng = np.random.default_rng(digit)
    dusty = draw(digit, pen=12)
    for _ in range(15):
        column, row = rng.integers(0, 280, 2)
        cv2.circle(dusty, (int(column), int(row)), int(rng.integers(0, 3)), 0, -1)
    clean, read = pad.read(draw(digit, pen=12)), pad.read(dusty)
    assert read.digit == digit
    # Dust that lies on the digit stays.
    assert np.abs(read.glyph.astype(float) - clean.glyph).mean() < 4


@pytest.mark.parametrize("size", [1, 2, 3, 5, 9, 16, 30, 60])
@pytest.mark.parametrize("where", [(30, 40), (140, 140), (215, 200)])
def test_a_lone_dot_is_empty(size, where):
    for blot in (cv2.circle, cv2.rectangle):
        picture = BLANK.copy()
        if blot is cv2.circle:
            cv2.circle(picture, where, size // 2, 0, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, where, (where[0] + size - 1, where[1] + size - 1), 0, -1)
        assert pad.read(picture).verdict is Verdict.EMPTY


@pytest.mark.parametrize("digit", [0, 1, 6, 8, 9])
@pytest.mark.parametrize("pen", [2, 3])
def test_a_tiny_digit_is_no_dot(digit, pen):
    small = np.pad(draw(digit, side=24, pen=pen), 128, constant_values=255)
    assert pad.read(small).digit == digit


def test_pieces_of_a_digit_are_no_specks():
    dashed = draw(8, pen=10)
    dashed[:, 130:136] = dashed[90:96] = dashed[190:196] = 255
    np.testing.assert_array_equal(cleaned(255 - dashed) > 0, dashed < 255)


@pytest.mark.parametrize("digit", range(10))
def test_a_faint_digit_is_read_though_a_speck_is_darker(digit):
    faint = np.asarray(255 - (255 - draw(digit, pen=16)) * 0.35, np.uint8)
    specked = faint.copy()
    specked[8:10, 8:10] = 0
    assert pad.read(specked).digit == digit


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("grains", [2, 3, 12])
def test_paper_with_nothing_but_dust_is_empty(size, grains):
    rng = np.random.default_rng(grains)
    dusty = BLANK.copy()
    for row, column in rng.integers(0, 270, (grains, 2)):
        dusty[row : row + size, column : column + size] = 0
    assert pad.read(dusty).verdict is Verdict.EMPTY
