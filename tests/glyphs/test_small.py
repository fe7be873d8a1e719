"""Small pictures with noise, drops, lines and stripes on them."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.glyph import is_glyph
from digitpad.glyphs.small import quieted, without_stripe
from digitpad.measuring.conditions import enlarged_scan
from digitpad.measuring.corruptions import CORRUPTIONS

pad = Recognizer("hands")


@pytest.mark.parametrize(
    ("name", "right", "accepted_and_wrong"),
    [
        ("impulse noise", 0.95, 0.02),
        ("stripe", 0.95, 0.02),
        ("spatter", 0.94, 0.02),
        ("dotted line", 0.95, 0.02),
        ("zigzag", 0.9, 0.03),
        ("canny edges", 0.88, 0.05),
        ("fog", 0.96, 0.02),
        ("shot noise", 0.95, 0.05),
        ("glass blur", 0.75, 0.04),
        ("motion blur", 0.83, 0.04),
        ("scale", 0.97, 0.02),
    ],
)
def test_a_small_digit_under_noise_is_read_or_turned_away(mnist, name, right, accepted_and_wrong):
    some = np.r_[1:6000:30, 2:6000:30]
    glyphs, labels = mnist.train.glyphs[some], mnist.train.labels[some]
    chances = (np.random.default_rng([seed, number]) for seed in (1, 2) for number in range(len(some) // 2))
    spoilt = [CORRUPTIONS[name](each, rng) for each, rng in zip(glyphs, chances, strict=True)]
    readings = list(pad.read_many(spoilt))
    is_right = np.array([reading.digit == label for reading, label in zip(readings, labels, strict=True)])
    accepted = np.array([reading.verdict is Verdict.DIGIT for reading in readings])
    assert is_right.mean() >= right
    assert (accepted & ~is_right).mean() <= accepted_and_wrong


def test_no_picture_of_mnist_is_taken_for_a_noisy_one(mnist):
    assert all(is_glyph(picture) for picture in mnist.train.glyphs)


def test_coarse_scans_that_digits_fill_stay_as_they_are(mnist):
    scans = [enlarged_scan(each).astype(np.uint8) * np.uint8(255) for each in mnist.train.glyphs[:1000]]
    assert not any((quieted(scan) != scan).any() for scan in scans)
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


def test_a_stripe_is_changed_back_also_where_the_digit_runs_along_it_or_out_of_the_picture(mnist):
    shown = mnist.train.glyphs[:300]
    rng = np.random.default_rng(0)
    assert sum((without_stripe(CORRUPTIONS["stripe"](each, rng)) == each).all() for each in shown) >= 290


def test_two_stripes_are_changed_back(mnist):
    shown = mnist.train.glyphs[0]
    striped = shown.copy()
    striped[:, 8:12] = 255 - striped[:, 8:12]
    striped[:, 15:20] = 255 - striped[:, 15:20]
    np.testing.assert_array_equal(without_stripe(striped), shown)


@pytest.mark.parametrize("scan", [False, True])
def test_no_digit_that_fills_its_picture_has_a_stripe(mnist, scan):
    for shown in mnist.train.glyphs[:2000]:
        left, top, width, height = cv2.boundingRect(shown)
        tight = shown[top : top + height, left : left + width]
        tight = np.where(tight >= 128, 255, 0).astype(np.uint8) if scan else tight
        np.testing.assert_array_equal(without_stripe(tight), tight)


@pytest.mark.parametrize("ink", [0, 255])
def test_the_stem_of_a_1_from_edge_to_edge_is_no_stripe(ink):
    one = np.full((40, 30), 255 - ink, np.uint8)
    one[:, 12:17] = ink
    assert pad.read(one).digit == 1


def test_what_is_left_under_a_line_stays_where_it_was(mnist):
    shown = mnist.train.glyphs[0]
    lined = shown.copy()
    lined[np.arange(28), np.arange(28)] = 255
    left = quieted(lined)
    assert (left != lined).any()
    assert (left <= lined).all()
    assert left[shown == 0].mean() < lined[shown == 0].mean() / 2
    assert left[shown > 200].mean() > 225
