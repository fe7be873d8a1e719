"""What a network thinks of: the digits that ship, the most alike first."""

import re

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.neighbours import EXAMPLES, neighbours
from digitpad.training.data.examples import save_examples
from digitpad.training.data.strokes import load_pen_digits


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_a_drawn_digit_makes_it_think_of_digits_that_are_the_same(name):
    pad = Recognizer(name)
    right = 0
    for digit in range(10):
        found = neighbours(pad.model, pad.read_one(draw(digit)).glyph, 6)
        assert len(found) == 6
        assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)
        assert all(re.match(r"MNIST, training digit \d+|pen strokes, writer \d+", each.source) for each in found)
        right += sum(each.label == digit for each in found)
    assert right > 50


def test_it_thinks_first_of_what_it_was_given():
    model = Recognizer("hands").model
    with np.load(EXAMPLES) as file:
        glyph, label = file["glyphs"][123], file["labels"][123]
    [first] = neighbours(model, glyph, 1)
    np.testing.assert_array_equal(first.glyph, glyph)
    assert (first.label, first.likeness) == (label, pytest.approx(1))


def test_empty_paper_makes_it_think_of_nothing():
    assert neighbours(Recognizer("classic").model, np.zeros((28, 28), np.uint8)) == []


def test_a_network_just_trained_thinks_of_them_too(pairs, glyphs):
    assert len(neighbours(pairs["own"].model, glyphs[3], 4)) == 4


def test_what_ships_can_be_made_again_and_is_small(mnist, tmp_path):
    if not load_pen_digits():
        pytest.skip("needs the pen strokes")
    save_examples(tmp_path / "again" / "examples.npz")
    assert EXAMPLES.stat().st_size < 200_000
    with np.load(EXAMPLES) as ships, np.load(tmp_path / "again" / "examples.npz") as again:
        for part in ("glyphs", "labels", "sources"):
            np.testing.assert_array_equal(ships[part], again[part])
        assert np.bincount(ships["labels"]).tolist() == [40] * 10
        assert sum(source.startswith("MNIST") for source in ships["sources"]) == 200
