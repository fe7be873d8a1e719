"""What the apps say of a reading."""

import math
from dataclasses import replace

import numpy as np
import pytest

from digitpad import Reading
from digitpad.glyphs.strokes import Stroke
from digitpad.lesson import Lesson
from digitpad.numbers.page import Digit, Number, Page
from digitpad.pad.drawing import Content, Drawing
from digitpad.pad.words import (
    NO_DIGIT,
    bars,
    digit_of,
    headline,
    headline_of,
    hint,
    invitation,
    percent,
    read_by,
    said_of_digit,
    sentence,
    sentence_of,
    sureness,
    sureness_of,
    told,
)


def reading(above=0.5, unsure_above=1.0, is_murky=False, **shares):
    probabilities = np.zeros(11, np.float32)
    for name, share in shares.items():
        probabilities[int(name[1:])] = share
    return Reading.of(np.full((28, 28), 255, np.uint8), probabilities, above, unsure_above, is_murky=is_murky)


@pytest.mark.parametrize(
    ("what", "large", "said"),
    [
        (reading(d7=0.99), "7", "Looks like a 7"),
        (reading(d8=0.99), "8", "Looks like an 8"),
        (reading(d1=0.45, d7=0.4), "1?", "a 1 or a 7?"),
        (reading(d3=0.44, d8=0.45), "8?", "an 8 or a 3?"),
        (reading(d1=0.7, d7=0.01, d10=0.29, unsure_above=0.2), "1?", "A 1? Nobody I know writes it so"),
        (reading(d8=0.6, d10=0.35, unsure_above=0.2), "8?", "An 8? Nobody I know writes it so"),
        (reading(d4=0.8, d10=0.2, is_murky=True), "4?", "A 4? It is hard to see"),
        (reading(d4=0.97, is_murky=True), "4", "Looks like a 4"),
        (reading(d4=0.2, d10=0.8), "?", "This is not a digit"),
        (Reading.several(np.full((28, 28), 255, np.uint8)), "…", "These are several digits"),
        (Reading.empty(), "", "Draw a digit or a number"),
    ],
    ids=["7", "8", "1 or 7", "8 or 3", "foreign 1", "foreign 8", "murky 4", "sure 4", "none", "several", "empty"],
)
def test_each_verdict_has_its_words(what, large, said):
    assert (headline(what), sentence(what)) == (large, said)


@pytest.mark.parametrize(
    ("what", "digits", "said"),
    [
        (reading(d8=0.9), (8,), "An 8, because you taught me this one"),
        (reading(d4=0.1, d10=0.9), (None,), "No digit, because you taught me this one"),
        (reading(d4=0.4, d9=0.3), (4,), "A 4? You taught me one like it"),
        (reading(d1=0.4, d7=0.4), (1, 7), "A 1 or a 7? You taught me both"),
        (reading(d1=0.4, d10=0.4), (1, None), "A 1 or no digit? You taught me both"),
    ],
    ids=["8", "none", "unsure", "1 and 7", "1 and none"],
)
def test_what_was_taught_is_said_so(what, digits, said):
    lessons = tuple(Lesson(what.glyph, digit) for digit in digits)
    assert sentence(replace(what, lessons=lessons)) == said


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "> 99.9 %"), (0.9985, "99.9 %"), (0.5, "50.0 %"), (0.001, "0.1 %"), (0.0004, "< 0.1 %"), (0, "< 0.1 %")],
)
def test_no_share_is_rounded_to_certainty(share, shown):
    assert percent(share) == shown


def test_the_bars_of_a_reading_add_up_with_that_it_is_no_digit():
    some = reading(d4=0.6, d9=0.1, d10=0.3)
    assert some.shares[4] == pytest.approx(some.confidence) == pytest.approx(0.6)
    assert some.shares.sum() == pytest.approx(0.7)
    assert not Reading.empty().shares.any()


def test_the_bars_are_the_ten_digits_and_after_them_that_it_is_none():
    shown = bars(reading(d4=0.6, d9=0.1, d10=0.3), tells_no_digit=True)
    assert [bar.name for bar in shown] == [*"0123456789", "no digit"]
    assert sum(bar.share for bar in shown) == pytest.approx(1)
    assert [bar.name for bar in shown if bar.is_read] == ["4"]
    assert told(shown).endswith("8: < 0.1 %, 9: 10.0 %, no digit: 30.0 %")


def test_a_model_that_cannot_tell_has_ten_bars():
    shown = bars(reading(d4=0.6, d9=0.4), tells_no_digit=False)
    assert [bar.name for bar in shown] == [*"0123456789"]
    assert sum(bar.share for bar in shown) == pytest.approx(1)


def test_what_is_no_digit_is_marked_so_and_a_longer_bar_of_a_digit_is_explained():
    doubted, none = reading(0.1, d0=0.77, d10=0.23), reading(0.1, d0=0.2, d10=0.8)
    for some in (doubted, none):
        assert sentence(some) == "This is not a digit"
        assert [bar.name for bar in bars(some, tells_no_digit=True) if bar.is_read] == [NO_DIGIT]
    assert sureness(doubted) == "23.0 % no digit: too much to call it a 0."
    assert sureness(none) == "If it were one, it would be a 0."


def test_an_empty_picture_has_no_bar_that_is_read():
    assert not any(bar.is_read or bar.share for bar in bars(Reading.empty(), tells_no_digit=True))


def test_a_drawing_in_the_place_of_a_picture_says_how_to_bring_that_back():
    drawing = Drawing()
    drawing.show(Content(picture=np.zeros((9, 9), np.uint8)))
    assert hint(drawing, erases=False) == ""
    for place in (5.0, 9.0):
        drawing.add(Stroke(((place, place),), (3.0,)))
        assert hint(drawing, erases=False).endswith("Undo it to bring the picture back.")
    drawing.undo()
    assert hint(drawing, erases=False)
    drawing.undo()
    assert drawing.content.picture is not None
    assert hint(drawing, erases=False) == ""
    drawing.redo()
    assert hint(drawing, erases=False)
    drawing.clear()
    assert hint(drawing, erases=False) == ""


def test_of_a_picture_that_is_forgotten_nothing_is_promised():
    drawing = Drawing()
    drawing.show(Content(picture=np.zeros((9, 9), np.uint8)))
    drawing.add(Stroke(((5.0, 5.0),), (3.0,)))
    drawing.forget()
    assert hint(drawing, erases=False) == ""


def test_an_eraser_says_that_it_leaves_a_picture():
    drawing = Drawing()
    assert hint(drawing, erases=True) == ""
    drawing.show(Content(picture=np.zeros((9, 9), np.uint8)))
    assert hint(drawing, erases=True) == "The eraser leaves a picture as it is."


def test_an_empty_canvas_says_what_to_do_with_the_tool_in_the_hand():
    assert invitation(erases=False) == "Draw a digit or a number here"
    assert invitation(erases=True) == "There is nothing to erase. Choose the pen to draw."


def test_who_read_is_named_and_how_long_it_took_where_that_is_known():
    assert read_by("hands") == "Read by hands"
    assert read_by("hands", 3.14) == "Read by hands in 3.1 ms"


def page(*rows):
    """A page of numbers, each of digits with their confidences."""
    made = []
    for row in rows:
        numbers = []
        for number in row:
            digits = tuple(Digit((0, 0, 9, 9), reading(**{f"d{digit}": share})) for digit, share in number)
            text = "".join(str(digit) for digit, _ in number)
            numbers.append(Number(text, math.prod(share for _, share in number), digits))
        made.append(tuple(numbers))
    return Page(tuple(made), (), (99, 99))


@pytest.mark.parametrize(
    ("what", "large", "stated", "sure"),
    [
        (page([[(4, 0.99), (2, 0.98)]]), "42", "Looks like 42", "97.0 % sure of all digits"),
        (page([[(4, 0.99), (2, 0.4)]]), "42?", "Looks like 42; 1 digit is unsure", "39.6 % sure of all digits"),
        (
            page([[(4, 0.7), (2, 0.7)]]),
            "42?",
            "Looks like 42, but not all of it is sure",
            "49.0 % sure of all digits",
        ),
        (
            page([[(4, 1.0)], [(1, 1.0), (7, 0.9)]], [[(8, 1.0)]]),
            "4 17\n8",
            "Looks like 3 numbers",
            "90.0 % sure of all digits",
        ),
    ],
    ids=["sure", "unsure", "unsure together", "rows"],
)
def test_several_digits_have_their_words(what, large, stated, sure):
    assert (headline_of(what), sentence_of(what), sureness_of(what)) == (large, stated, sure)


def test_each_of_several_digits_has_its_words():
    some = page([[(4, 0.99), (2, 0.4)]])
    assert [digit_of(some, place) for place in (0, 1)] == ["4", "2?"]
    assert said_of_digit(some, 1) == "Digit 2 of 2: 2?, 40.0 % sure"
