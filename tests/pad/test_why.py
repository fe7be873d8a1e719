"""What the apps say of why a digit was read."""

import numpy as np
import pytest
from conftest import draw, fence

from digitpad import NO_DIGIT, Recognizer
from digitpad.models.neighbours import neighbours
from digitpad.models.sanity import shuffled
from digitpad.pad.why import (
    DARK,
    LIGHT,
    asked,
    can_it_lie,
    legend,
    on_drawing,
    overlay,
    part_of,
    said_of_neighbour,
    sentence,
)


@pytest.fixture(scope="module")
def pad() -> Recognizer:
    return Recognizer("hands")


def test_a_seven_without_its_bar_would_be_a_one(pad):
    why = pad.explain(draw(7))
    assert asked(why) == "Why a 7?"
    assert part_of(why) == "the bar at the top"
    assert sentence(why).startswith("Without the bar at the top it would be a 1, 9")
    assert sentence(why).endswith(" %.")


def test_the_question_names_both_digits(pad):
    assert asked(pad.explain(draw(4), against=8)) == "Why a 4 rather than an 8?"
    assert asked(pad.explain(fence())) == "Why no digit?"
    assert legend(pad.explain(draw(4), against=8)) == ("speaks for a 4", "speaks for an 8")
    assert legend(pad.explain(draw(4), NO_DIGIT)) == ("speaks for no digit", "speaks against it")


def test_empty_paper_is_an_invitation(pad):
    why = pad.explain(np.full((280, 280), 255, np.uint8))
    assert (asked(why), sentence(why), part_of(why)) == ("Why?", "Draw a digit or a number", "")
    assert (overlay(why) == 255).all()


def test_a_digit_that_was_not_read_has_what_is_most_like_it(pad):
    assert sentence(pad.explain(draw(7), digit=2)).startswith("Most like a 2 is the ")


@pytest.mark.parametrize(("is_dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_ink_has_the_colour_of_what_it_speaks_for(pad, is_dark, colours):
    why = pad.explain(draw(4), against=9)
    shown = overlay(why, is_dark, scale=3)
    assert (shown.shape, shown.dtype) == ((84, 84, 3), np.uint8)
    assert (shown[0, 0] == colours.paper).all()
    row, column = np.unravel_index(np.where(why.reading.glyph == 255, why.map, 0).argmax(), (28, 28))
    assert np.abs(shown[3 * row, 3 * column].astype(int) - colours.speaks_for).max() < 80
    other = overlay(pad.explain(draw(4), 9, against=4), is_dark, scale=3)
    assert np.abs(other[3 * row, 3 * column].astype(int) - colours.against).max() < 80


def test_the_colours_lie_on_the_drawing_itself(pad):
    picture = draw(7)
    shown = on_drawing(pad.explain(picture), 255 - picture)
    assert shown.shape == (280, 280, 4)
    np.testing.assert_array_equal(shown[..., 3], 255 - picture)
    assert len(np.unique(shown[picture == 0], axis=0)) > 10


def test_a_map_of_shuffled_weights_is_told_from_the_true_one(pad):
    why = pad.explain(draw(4))
    said = can_it_lie(why, shuffled(pad.model, why))
    assert "shuffled" in said
    assert said.endswith("They have little in common, as it should be.")
    assert can_it_lie(why, why).endswith("Likeness of the two: > 99.9 %. They are too much alike: believe neither.")
    assert can_it_lie(pad.explain(np.full((280, 280), 255, np.uint8)), why) == ""


def test_a_neighbour_has_its_name(pad):
    [first] = neighbours(pad.model, pad.read_one(draw(7)).glyph, 1)
    assert said_of_neighbour(first).startswith("A 7, ")
    assert said_of_neighbour(first).endswith(f" % alike; {first.source}")


def luminance(colour):
    shares = np.array(colour) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_both_colours_stand_out_from_paper(colours):
    paper = luminance(colours.paper)
    for colour in (colours.speaks_for, colours.against):
        light, dark = sorted((luminance(colour), paper), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3  # as WCAG 2.2 asks of what is no text
