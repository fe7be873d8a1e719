"""Ink that is hard to see."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.clarity import is_clear
from digitpad.glyphs.ink import drawn_in
from digitpad.measuring.conditions import drawn_conditions, enlarged, enlarged_coarsely, enlarged_scan
from digitpad.measuring.corruptions import CORRUPTIONS
from digitpad.pictures.picture import opened


def spoilt(mnist, name, count=100):
    return [CORRUPTIONS[name](each, np.random.default_rng(i)) for i, each in enumerate(mnist.train.glyphs[:count])]


@pytest.mark.parametrize(
    ("name", "least"), [("glass blur", 0.95), ("motion blur", 0.75), ("impulse noise", 0.95), ("zigzag", 0.9)]
)
def test_a_digit_under_blur_or_noise_is_hard_to_see(mnist, name, least):
    assert np.mean([drawn_in(picture).is_murky for picture in spoilt(mnist, name)]) >= least


def test_what_is_hard_to_see_is_called_a_digit_only_where_that_is_sure(mnist):
    pad = Recognizer("hands")
    readings = [pad.read(picture) for picture in spoilt(mnist, "glass blur")]
    assert all(reading.confidence >= 0.95 for reading in readings if reading.verdict is Verdict.DIGIT)
    assert any(0.5 < reading.confidence < 0.95 for reading in readings if reading.verdict is Verdict.UNSURE)


def test_no_picture_of_mnist_is_hard_to_see(mnist):
    assert all(is_clear(each) for each in mnist.train.glyphs[::5])
    for way in (enlarged, enlarged_coarsely, enlarged_scan):
        assert not any(drawn_in(opened(way(each)).array).is_murky for each in mnist.train.glyphs[:200])
    for side in (32, 48, 60):
        larger = [cv2.resize(each, (side, side), interpolation=cv2.INTER_CUBIC) for each in mnist.train.glyphs[:500]]
        assert not any(drawn_in(each).is_murky for each in larger)


@pytest.mark.parametrize("condition", drawn_conditions(), ids=lambda condition: condition.name)
def test_no_pen_scan_or_photo_makes_a_digit_hard_to_see(hands, condition):
    pictures = [condition.picture(digit, np.random.default_rng(i)) for i, digit in enumerate(hands[::10])]
    assert not any(drawn_in(opened(picture).array).is_murky for picture in pictures)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("side", [12, 16, 20, 28, 40, 60])
@pytest.mark.parametrize("pen", [1, 2, 4])
@pytest.mark.parametrize("ink", [0, 170])
def test_no_small_drawing_is_hard_to_see(digit, side, pen, ink):
    assert not drawn_in(np.pad(draw(digit, side, pen, ink), 3, constant_values=255)).is_murky


def test_nothing_is_clear():
    assert is_clear(np.zeros((28, 28), np.uint8))
