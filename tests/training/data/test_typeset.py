"""Digits and letters in print."""

import cv2
import numpy as np
import pytest

from digitpad import Recognizer
from digitpad.glyphs.glyph import glyph
from digitpad.training.data import typeset


def test_every_font_that_is_named_has_ten_different_digits():
    for font in typeset.FONTS:
        digits = {typeset.typeset(str(digit), font).tobytes() for digit in range(10)}
        assert len(digits) == 10, font


def test_printed_digits_are_those_that_were_asked_for():
    rng = np.random.default_rng(1)
    labels = np.repeat(np.arange(10), 20)
    readings = Recognizer("classic").read_many([glyph(typeset.printed(digit, rng)) for digit in labels])
    assert np.mean([reading.digit == digit for reading, digit in zip(readings, labels, strict=True)]) > 0.6


def test_a_1_of_print_comes_with_a_foot_and_without():
    rng = np.random.default_rng(1)
    ends = []
    for _ in range(60):
        _, _, width, height = cv2.boundingRect(ink := typeset.printed(1, rng))
        below = ink[cv2.boundingRect(ink)[1] + height * 9 // 10 :]
        ends.append(np.ptp(np.flatnonzero(below.any(axis=0))) > 0.8 * width)
    assert 10 < sum(ends) < 50


def test_a_display_shows_each_digit_in_other_bars():
    shown = {typeset.on_display(digit, np.random.default_rng(3)).tobytes() for digit in range(10)}
    assert len(shown) == 10


def test_letters_are_of_many_alphabets_and_none_is_like_a_digit():
    letters = typeset.letters()
    assert len(letters) > 300
    assert {"a", "w", "\u0436", "\u0562", "\u05d0"} < set(letters)
    assert not set("0123456789ligozsbq\u0437\u10d5") & set(letters)


@pytest.mark.parametrize("seed", range(3))
def test_a_printed_letter_has_ink_and_comes_in_other_ways_each_time(seed):
    rng = np.random.default_rng(seed)
    some = [typeset.letter_of_print(rng) for _ in range(40)]
    assert all(ink.any() for ink in some)
    assert len({ink.tobytes() for ink in some}) == 40
