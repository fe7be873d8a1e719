"""Pictures of several digits, where one was asked for: they are never taken for one."""

import numpy as np
import pytest
from conftest import draw, fence
from hypothesis import given
from hypothesis import strategies as st

from digitpad import Reading, Recognizer, Verdict
from digitpad.pad.results import Result, tally, to_csv

from .conftest import written

pad = Recognizer("hands")


@pytest.mark.parametrize("gap", [0, 10, 120], ids=["close", "beside each other", "apart"])
@pytest.mark.parametrize("text", ["10", "11", "00", "42", "1234"])
def test_digits_beside_each_other_are_several(text, gap):
    reading = pad.read(written(text, gap=gap))
    assert reading.verdict is Verdict.SEVERAL
    assert reading.digit is None
    assert reading.confidence == 0
    assert reading.no_digit == pytest.approx(1)


def test_digits_below_each_other_are_several():
    assert pad.read(written("4", "2")).verdict is Verdict.SEVERAL


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("pen", [6, 18, 34])
def test_a_single_digit_is_never_several(digit, pen):
    assert pad.read(draw(digit, pen=pen)).digit == digit


def test_a_digit_in_parts_is_one():
    four, five = draw(4), draw(5)
    five[:, 140:150] = 255  # the roof is broken
    for picture in (four, five):
        assert pad.read(picture).verdict is not Verdict.SEVERAL


@pytest.mark.parametrize(
    "picture", [fence(), np.tile(np.array([[0], [255]], np.uint8), (60, 900)), np.zeros((280, 280), np.uint8)]
)
def test_what_is_no_digit_is_not_several_either(picture):
    assert pad.read(picture).verdict in (Verdict.NOT_A_DIGIT, Verdict.EMPTY)


def test_among_many_pictures_those_of_several_are_told():
    pictures = [draw(3), written("42"), draw(7)]
    one, several, other = pad.read_many(pictures)
    assert (one.digit, other.digit) == (3, 7)
    assert several == pad.read(pictures[1])


def test_they_are_told_in_tables_and_files():
    results = [Result.of("a.png", pad.read(written("42"))), Result.of("b.png", pad.read(draw(7)))]
    assert results[0].words == "These are several digits"
    assert (results[0].digit, results[0].confidence, results[0].needs_a_look) == ("…", "", True)
    assert tally(results) == "1 digit, 1 with several digits"
    assert b"a.png,,several digits,,,," in to_csv(results)


def test_a_network_that_knows_no_such_thing_reads_one_digit():
    assert Recognizer("classic").read(written("42")).digit in range(10)


@given(st.binary(min_size=28 * 28, max_size=28 * 28))
def test_whether_parts_stand_beside_each_other_never_fails(noise):
    from digitpad.reading import may_be_several

    glyph = np.frombuffer(noise, np.uint8).reshape(28, 28)
    sure = np.zeros(11, np.float32)
    sure[4] = 1
    parts = np.flatnonzero(np.diff(np.concatenate([[0], glyph.any(axis=0).astype(int)])) == 1)
    assert may_be_several(Reading.of(glyph, sure, 0.5)) == (len(parts) > 1)
