"""Digits of which a picture shows the outlines alone."""

import numpy as np
import pytest
from conftest import draw

from digitpad.glyphs.glyph import glyph
from digitpad.glyphs.outlines import within_outlines
from digitpad.glyphs.small import quieted
from digitpad.measuring.corruptions import CORRUPTIONS
from digitpad.training.data.strokes import draw as draw_strokes


def box(*sides):
    """Outlines of boxes, one in another: rows and columns from, to."""
    lines = np.zeros((28, 28), np.uint8)
    for top, bottom, left, right in sides:
        lines[top:bottom, left:right] = 255
        lines[top + 1 : bottom - 1, left + 1 : right - 1] = 0
    return lines


def test_outlines_of_strokes_are_filled_and_their_loops_stay_open():
    filled = within_outlines(box((4, 24, 6, 22), (8, 20, 10, 18)))
    assert filled is not None
    assert filled[6, 14] == 255  # between both outlines
    assert filled[14, 14] == 0  # in the loop


def test_a_0_of_one_line_is_no_outline():
    line = box((4, 24, 6, 22))
    assert within_outlines(line) is None
    assert glyph(quieted(line))[14, 14] == 0


def test_the_outline_of_a_thin_1_is_filled():
    filled = within_outlines(box((4, 24, 12, 15)))
    assert filled is not None
    assert filled[5:23, 13].all()


def test_an_outline_with_gaps_is_filled():
    open_one = box((4, 24, 11, 16))
    open_one[9:11, 11] = open_one[17:19, 15] = 0
    filled = within_outlines(open_one)
    assert filled is not None
    assert filled[5:23, 13].all()


def test_a_loop_that_shares_a_line_with_the_outside_stays_open():
    nine = box((4, 14, 8, 20), (7, 12, 11, 20), (13, 25, 15, 20))
    filled = within_outlines(nine)
    assert filled is None or not filled[9, 15]


def test_the_edges_of_nearly_all_digits_are_filled(mnist):
    edges = [CORRUPTIONS["canny edges"](each, np.random.default_rng(0)) for each in mnist.train.glyphs[:300]]
    assert sum(within_outlines(each) is not None for each in edges) >= 250


@pytest.mark.parametrize("side", [16, 20, 28, 40])
def test_no_digit_in_one_line_is_an_outline(hands, side):
    for digit in hands:
        line = np.where(draw_strokes(list(digit.strokes), 1, side) >= 128, 255, 0).astype(np.uint8)
        assert within_outlines(np.pad(line, 2)) is None
    for digit in range(10):
        line = np.where(draw(digit, side=side, pen=1) < 128, 255, 0).astype(np.uint8)
        assert within_outlines(line) is None
