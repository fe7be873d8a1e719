"""What is drawn to be told from digits."""

import numpy as np
import pytest

from digitpad import Recognizer, Verdict
from digitpad.glyph import glyph
from digitpad.training import others
from digitpad.training.strokes import draw


@pytest.mark.parametrize("drawing", [others.letter, others.scribble])
def test_each_is_another_drawing_and_the_same_for_the_same_seed(drawing):
    glyphs = [glyph(draw(drawing(np.random.default_rng(seed)), 10)) for seed in range(30)]
    assert all(seen.any() for seen in glyphs)
    assert len({seen.tobytes() for seen in glyphs}) == 30
    np.testing.assert_array_equal(glyphs[3], glyph(draw(drawing(np.random.default_rng(3)), 10)))


def test_no_invented_letter_is_as_slender_as_a_one():
    rng = np.random.default_rng(1)
    for _ in range(300):
        width, height = np.ptp(np.concatenate(others.letter(rng)), axis=0)
        assert width >= 0.4 * height


def test_a_piece_is_less_than_the_digit_and_something_beside(pens):
    rng = np.random.default_rng(1)
    for digit in pens[:100]:
        points = np.concatenate(digit.strokes)
        kept, added = others.piece(digit, rng)
        assert 2 <= len(kept) <= max(2, len(points) / 2)
        assert len(added) > 2


def test_two_digits_side_by_side_are_wider_than_one(pens):
    rng = np.random.default_rng(1)
    for digit in pens[:50]:
        both = np.concatenate(others.side_by_side(digit, digit, rng))
        assert np.ptp(both[:, 0]) > 1.3 * np.ptp(np.concatenate(digit.strokes)[:, 0])


def test_half_a_symbol_and_half_another_is_both():
    one, other = np.full((10, 10), 1, np.uint8), np.full((10, 10), 2, np.uint8)
    for seed in range(10):
        made = others.halves(one, other, np.random.default_rng(seed))
        assert 0.4 <= (made == 1).mean() <= 0.6
    assert (one == 1).all()


def test_the_shipped_network_turns_most_of_them_away():
    rng = np.random.default_rng(7)
    drawings = [255 - draw(make(rng), 12, 280) for make in [others.letter, others.scribble] * 100]
    verdicts = [reading.verdict for reading in Recognizer(model="pen").read_many(drawings)]
    assert verdicts.count(Verdict.NOT_A_DIGIT) > 160
