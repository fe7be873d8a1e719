"""What the lesson in `docs/lesson.md` says that a class will see is what it sees."""

import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.pad.why import sentence


@pytest.fixture(scope="module")
def classic():
    return Recognizer("classic")


def picture(*strokes):
    """A drawing, its points in hundredths of the canvas."""
    return draw(0, strokes={0: strokes})


def four_with_a_roof(gap):
    """A 4 whose upper left begins so far from its stem: with 0 it has a roof."""
    return picture([(58 - gap, 15), (30, 20), (28, 50), (62, 50)], [(62, 12), (62, 90)])


A = picture([(25, 90), (50, 12), (75, 90)], [(35, 60), (65, 60)])
X = picture([(25, 15), (75, 85)], [(75, 15), (25, 85)])


@pytest.mark.parametrize("letter", [A, X], ids=["A", "X"])
def test_classic_takes_letters_for_a_4_and_hands_turns_them_away(classic, letter):
    reading = classic.read(letter)
    assert (reading.digit, reading.verdict) == (4, Verdict.DIGIT)
    assert reading.confidence > 0.9
    assert Recognizer("hands").read(letter).verdict is Verdict.NOT_A_DIGIT


def test_a_4_with_a_roof_is_a_9_and_without_the_top_a_4(classic):
    with_roof = four_with_a_roof(0)
    reading = classic.read_one(with_roof)
    assert reading.digit == 9
    assert reading.confidence > 0.95
    assert classic.read_one(four_with_a_roof(20)).digit == 4
    assert sentence(classic.explain(with_roof, digit=9, against=4)).startswith("Without the top it would be a 4")


def switched_off_one_by_one(inside):
    """The digits that are read without each of the maps of the convolutions."""
    return [
        inside.without(number, channel).digit
        for number, layer in enumerate(inside.layers)
        if layer.kind == "convolution"
        for channel in range(layer.maps.shape[-1])
    ]


def test_no_single_map_decides_what_is_plain_and_some_do_where_it_is_close(classic):
    plain = classic.look_inside(draw(4))
    assert set(switched_off_one_by_one(plain)) == {4}
    close = classic.look_inside(four_with_a_roof(10))
    assert set(switched_off_one_by_one(close)) == {4, 9}
