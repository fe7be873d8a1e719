"""What the cells of the confusion matrix say, and which digits are behind them."""

import numpy as np
import pytest

from digitpad.models.mistakes import TEST, VALIDATION, Mistakes
from digitpad.pad.confusion import (
    DEEPEST,
    LEAST,
    MOST_SHOWN,
    begin_with,
    behind_cell,
    measured,
    said_below,
    said_of_cell,
    shade,
    shown_cells,
)


@pytest.fixture
def mistakes():
    """Of 1,200 fours three were read as 9 and one as 7; of the ten of each other digit all were read right."""
    confusion = np.diag([10, 10, 10, 10, 1196, 10, 10, 10, 10, 10])
    confusion[4, 9], confusion[4, 7] = 3, 1
    glyphs = np.arange(4 * 28 * 28, dtype=np.uint32).reshape(4, 28, 28).astype(np.uint8)
    return Mistakes(
        TEST,
        confusion,
        glyphs,
        np.full(4, 4, np.uint8),
        np.array([9, 7, 9, 9], np.uint8),
        np.array([0.99, 0.9, 0.81234, 0.5], np.float32),
    )


def test_a_cell_says_how_many_of_how_many(mistakes):
    assert said_of_cell(mistakes, 4, 9) == "4 read as 9: 3 of 1,200"
    assert said_of_cell(mistakes, 4, 4) == "4 read right: 1,196 of 1,200"
    assert said_of_cell(mistakes, 0, 6) == "0 read as 6: 0 of 10"


def test_behind_a_cell_are_its_digits_the_surest_first(mistakes):
    some = behind_cell(mistakes, 4, 9)
    assert [each.caption.split("\n") for each in some] == [
        ["4, read as 9", "99.0 % sure"],
        ["4, read as 9", "81.2 % sure"],
        ["4, read as 9", "50.0 % sure"],
    ]
    assert (some[1].glyph == mistakes.glyphs[2]).all()
    assert some[0].told == "4, read as 9, 99.0 % sure"
    assert said_below(mistakes, 4, 9) == "4 read as 9: 3 of 1,200, the surest first"
    assert behind_cell(mistakes, 9, 4) == []


def test_behind_the_diagonal_are_all_that_were_misread_of_the_digit(mistakes):
    assert len(behind_cell(mistakes, 4, 4)) == 4
    assert said_below(mistakes, 4, 4) == "4 read right: 1,196 of 1,200. The others, the surest first"
    assert said_below(mistakes, 5, 5) == "5 read right: 10 of 10"


def test_it_begins_with_the_most_frequent_mistake_which_has_the_deepest_colour(mistakes):
    assert begin_with(mistakes) == (4, 9)
    assert shade(mistakes, 4, 9) == pytest.approx(LEAST + 0.3 * (DEEPEST - LEAST))  # the scale reaches to 10 at least
    assert shade(mistakes, 4, 4) == LEAST
    assert shade(mistakes, 9, 4) == 0
    mistakes.confusion[4, 7] = 20
    assert shade(mistakes, 4, 7) == DEEPEST
    assert begin_with(mistakes) == (4, 7)


def test_of_very_many_the_surest_are_shown():
    confusion = np.diag([10] * 10)
    confusion[4, 9] = 50
    many = Mistakes(
        TEST,
        confusion,
        np.zeros((50, 28, 28), np.uint8),
        np.full(50, 4, np.uint8),
        np.full(50, 9, np.uint8),
        np.linspace(1, 0.5, 50, dtype=np.float32),
    )
    assert len(behind_cell(many, 4, 9)) == MOST_SHOWN
    assert said_below(many, 4, 9) == "4 read as 9: 50 of 60, the 30 surest"
    assert said_below(many, 4, 4) == "4 read right: 10 of 60. The others, the 30 surest"


def test_the_numbers_are_short_and_nothing_stands_for_none(mistakes):
    assert shown_cells(mistakes)[4] == ["", "", "", "", "1196", "", "", "1", "", "3"]


@pytest.mark.parametrize(("of", "name"), [(TEST, "test"), (VALIDATION, "validation")])
def test_it_is_said_which_digits_were_read(mistakes, of, name):
    object.__setattr__(mistakes, "of", of)
    assert measured(mistakes) == f"Of 1,290 of MNIST's {name} digits 1,286 were read right, 4 wrong."
