"""What is drawn to be told from digits."""

import cv2
import numpy as np
import pytest

from digitpad import Recognizer, Verdict
from digitpad.glyphs.glyph import glyph
from digitpad.training import fitting
from digitpad.training.data import others
from digitpad.training.data.strokes import draw


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


def test_of_a_neighbour_there_is_a_part_on_either_side(pens):
    rng = np.random.default_rng(1)
    sides = set()
    for one, other in zip(pens[:50], pens[50:100], strict=True):
        strokes = others.with_a_part(one, other, rng)
        wide = np.ptp(np.concatenate(other.strokes)[:, 0])
        first = strokes[0] is one.strokes[0]
        part = strokes[len(one.strokes) :] if first else strokes[: -len(one.strokes)]
        assert np.ptp(np.concatenate(part)[:, 0]) <= 0.71 * wide
        sides.add(first)
    assert sides == {True, False}


def test_what_is_cut_off_a_pair_that_touches_is_one_of_the_two_or_no_digit(pens):
    rng = np.random.default_rng(1)
    found = []
    for one, other in zip(pens[:150], pens[150:300], strict=True):
        part = others.cut_off(one, other, 6.0, rng)
        if part is not None:
            ink, label = part
            assert label in (None, one.label, other.label)
            found.append((label, cv2.boundingRect(ink)[2]))
    assert len(found) > 60
    digits = [wide for label, wide in found if label is not None]
    assert len(digits) > 40
    assert max(digits) < 120  # of 160: never both


def test_half_a_symbol_and_half_another_is_both():
    one, other = np.full((10, 10), 1, np.uint8), np.full((10, 10), 2, np.uint8)
    for seed in range(10):
        made = others.halves(one, other, np.random.default_rng(seed))
        assert 0.4 <= (made == 1).mean() <= 0.6
    assert (one == 1).all()


def test_the_shipped_network_calls_few_of_them_a_digit_and_turns_most_away():
    rng = np.random.default_rng(7)
    drawings = [255 - draw(make(rng), 12, 280) for make in [others.letter, others.scribble] * 100]
    verdicts = [reading.verdict for reading in Recognizer(model="hands").read_many(drawings)]
    assert verdicts.count(Verdict.DIGIT) < 40
    assert verdicts.count(Verdict.NOT_A_DIGIT) > 140


def test_bars_and_rings_are_like_digits_and_other_symbols_are_not():
    paper = np.zeros((105, 105), np.uint8)
    bar = cv2.line(paper.copy(), (40, 95), (60, 10), 255, 3)
    ring = cv2.ellipse(paper.copy(), (52, 52), (30, 40), 0, 0, 360, 255, 3)
    assert others.like_a_digit(bar)
    assert others.like_a_digit(ring)
    cross = cv2.line(cv2.line(paper.copy(), (10, 50), (95, 50), 255, 3), (50, 10), (50, 95), 255, 3)
    level = cv2.line(paper.copy(), (10, 50), (95, 52), 255, 3)
    two_rings = cv2.circle(cv2.circle(paper.copy(), (25, 50), 20, 255, 3), (75, 50), 20, 255, 3)
    for symbol in (cross, level, two_rings):
        assert not others.like_a_digit(symbol)


def test_a_digit_on_its_side_is_as_wide_as_it_was_high(pens):
    rng = np.random.default_rng(1)
    for digit in pens[:50]:
        if digit.label < 2:
            with pytest.raises(ValueError, match="on its side"):
                others.turned(digit, rng)
            continue
        before, after = (np.ptp(np.concatenate(s), axis=0) for s in (digit.strokes, others.turned(digit, rng)))
        np.testing.assert_allclose(after, before[::-1])


def test_distortion_grows_weaker_from_the_middle_of_a_training_on():
    strengths = [fitting.strength(epoch, 11) for epoch in range(11)]
    assert strengths[:6] == [1.0] * 6
    assert strengths[5:] == sorted(strengths[5:], reverse=True)
    assert strengths[-1] == pytest.approx(fitting.CALM)
    assert fitting.strength(0, 1) == 1.0
