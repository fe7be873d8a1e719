"""What is said of the probabilities that a network gives."""

import numpy as np
import pytest

from digitpad import Reading, Verdict

GLYPH = np.full((28, 28), 255, np.uint8)


def shares(**given):
    """Eleven probabilities: d3=0.7 for the digit 3, none=0.2 for no digit; the rest is spread over the others."""
    values = np.zeros(11, np.float32)
    for name, share in given.items():
        values[10 if name == "none" else int(name[1:])] = share
    others = values == 0
    values[others] = (1 - values.sum()) / others.sum()
    return values


def test_a_likely_digit_is_a_digit():
    reading = Reading.of(GLYPH, shares(d3=0.9, none=0.05), not_a_digit_above=0.2)
    assert (reading.digit, reading.verdict) == (3, Verdict.DIGIT)
    assert reading.confidence == pytest.approx(0.9)
    assert reading.probabilities[3] == pytest.approx(0.9 / 0.95)
    assert reading.probabilities.sum() == pytest.approx(1)


def test_two_likely_digits_leave_one_unsure_and_both_are_named():
    reading = Reading.of(GLYPH, shares(d1=0.45, d7=0.44), not_a_digit_above=0.2)
    assert reading.verdict is Verdict.UNSURE
    assert (reading.digit, reading.second) == (1, 7)


def test_what_is_most_like_one_digit_but_unlike_those_that_were_learned_is_unsure():
    reading = Reading.of(GLYPH, shares(d1=0.7, d7=0.02, none=0.25), not_a_digit_above=0.5, unsure_above=0.2)
    assert (reading.digit, reading.verdict) == (1, Verdict.UNSURE)
    assert reading.is_foreign
    sure = Reading.of(GLYPH, shares(d1=0.8, d7=0.02, none=0.15), not_a_digit_above=0.5, unsure_above=0.2)
    assert sure.verdict is Verdict.DIGIT
    assert not Reading.of(GLYPH, shares(d1=0.45, d7=0.44, none=0.1), 0.5, 0.2).is_foreign
    assert not Reading.empty().is_foreign


def test_what_is_hard_to_see_is_unsure_where_a_clear_digit_would_be_one():
    given = shares(d4=0.8, d9=0.1)
    assert Reading.of(GLYPH, given, not_a_digit_above=0.2).verdict is Verdict.DIGIT
    murky = Reading.of(GLYPH, given, not_a_digit_above=0.2, is_murky=True)
    assert (murky.digit, murky.verdict, murky.is_murky) == (4, Verdict.UNSURE, True)
    sure = Reading.of(GLYPH, shares(d4=0.97), not_a_digit_above=0.2, is_murky=True)
    assert sure.verdict is Verdict.DIGIT


def test_what_is_likely_no_digit_is_turned_away_with_the_likeliest_digit_still_named():
    reading = Reading.of(GLYPH, shares(d0=0.6, none=0.3), not_a_digit_above=0.2)
    assert reading.verdict == "not a digit"
    assert reading.digit == 0
    assert reading.confidence == pytest.approx(0.6)


def test_a_network_that_is_sure_of_something_else_leaves_no_nan():
    certain = np.zeros(11, np.float32)
    certain[10] = 1
    reading = Reading.of(GLYPH, certain, not_a_digit_above=0.2)
    assert reading.verdict is Verdict.NOT_A_DIGIT
    assert reading.probabilities.sum() == pytest.approx(1)
    assert reading.confidence < 1e-6


def test_an_empty_reading_has_no_digit():
    reading = Reading.empty()
    assert (reading.digit, reading.second, reading.confidence) == (None, None, 0)


def test_a_reading_is_short_when_printed():
    assert len(repr(Reading.empty())) < 300


def test_the_ten_digits_and_that_it_is_none_are_all_there_can_be():
    reading = Reading.of(GLYPH, shares(d0=0.6, none=0.3), not_a_digit_above=0.2)
    assert reading.no_digit == pytest.approx(0.3)
    assert reading.shares.sum() + reading.no_digit == pytest.approx(1)
    assert Reading.empty().no_digit == 0
