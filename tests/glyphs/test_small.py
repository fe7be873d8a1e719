"""Small pictures with noise, drops, lines and stripes on them."""

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.glyph import glyph, is_glyph
from digitpad.glyphs.small import quieted, within_outlines, without_stripe
from digitpad.measuring.conditions import enlarged_scan
from digitpad.measuring.corruptions import CORRUPTIONS

pad = Recognizer("hands")


@pytest.mark.parametrize(
    ("name", "right", "accepted_and_wrong"),
    [
        ("impulse noise", 0.95, 0.02),
        ("stripe", 0.8, 0.08),
        ("spatter", 0.88, 0.04),
        ("dotted line", 0.9, 0.05),
        ("zigzag", 0.72, 0.03),
        ("canny edges", 0.78, 0.1),
        ("fog", 0.82, 0.05),
        ("shot noise", 0.95, 0.05),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_digit_under_noise_is_read_or_turned_away(mnist, name, right, accepted_and_wrong, seed):
    glyphs, labels = mnist.train.glyphs[seed:6000:30], mnist.train.labels[seed:6000:30]
    chances = (np.random.default_rng([seed, number]) for number in range(len(glyphs)))
    spoilt = [CORRUPTIONS[name](each, rng) for each, rng in zip(glyphs, chances, strict=False)]
    readings = list(pad.read_many(spoilt))
    is_right = np.array([reading.digit == label for reading, label in zip(readings, labels, strict=True)])
    accepted = np.array([reading.verdict is Verdict.DIGIT for reading in readings])
    assert is_right.mean() >= right
    assert (accepted & ~is_right).mean() <= accepted_and_wrong


def test_no_picture_of_mnist_is_taken_for_a_noisy_one(mnist):
    assert all(is_glyph(picture) for picture in mnist.train.glyphs)


def test_coarse_scans_that_digits_fill_stay_as_they_are(mnist):
    scans = [enlarged_scan(each).astype(np.uint8) * np.uint8(255) for each in mnist.train.glyphs[:1000]]
    assert sum((quieted(scan) != scan).any() for scan in scans) <= 20
    assert not any((without_stripe(scan) != scan).any() for scan in scans)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("side", [8, 12, 20, 40, 60])
def test_a_small_digit_in_lines_of_one_pixel_stays_as_it_is(digit, side):
    ink = np.pad(np.where(draw(digit, side=side, pen=1) < 128, 255, 0).astype(np.uint8), 2)
    np.testing.assert_array_equal(quieted(ink), ink)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("colours", [1, 3])
@pytest.mark.parametrize("dark", [False, True])
def test_a_stripe_is_changed_back_whichever_way_it_lies(mnist, turned, colours, dark):
    shown = mnist.train.glyphs[0]
    shown = 255 - shown if dark else shown
    striped = CORRUPTIONS["stripe"](shown, np.random.default_rng(0))
    if turned:
        shown, striped = shown.T, striped.T
    if colours == 3:
        shown, striped = np.dstack([shown] * 3), np.dstack([striped] * 3)
    np.testing.assert_array_equal(without_stripe(np.ascontiguousarray(striped)), shown)


@pytest.mark.parametrize("ink", [0, 255])
def test_the_stem_of_a_1_from_edge_to_edge_is_no_stripe(ink):
    one = np.full((40, 30), 255 - ink, np.uint8)
    one[:, 12:17] = ink
    assert pad.read(one).digit == 1


def test_outlines_of_strokes_are_filled_and_their_loops_stay_open():
    ring = np.zeros((28, 28), np.uint8)
    ring[4:24, 6:22] = 255
    ring[5:23, 7:21] = 0
    ring[8:20, 10:18] = 255
    ring[9:19, 11:17] = 0
    filled = within_outlines(ring)
    assert filled is not None
    assert filled[6, 14] == 255  # between both outlines
    assert filled[14, 14] == 0  # in the loop


def test_a_0_of_one_line_is_no_outline():
    line = np.zeros((28, 28), np.uint8)
    line[4:24, 6:22] = 255
    line[5:23, 7:21] = 0
    assert within_outlines(line) is None
    assert glyph(quieted(line))[14, 14] == 0
