"""Digits as other hands would write them."""

import numpy as np
import pytest
from conftest import STROKES

from digitpad.glyphs.glyph import glyph
from digitpad.training.data import hands
from digitpad.training.data.hands import Company, swung, vary
from digitpad.training.data.strokes import PenDigit, draw


@pytest.fixture
def sevens(pens):
    """7s of one stroke and of two."""
    return [digit for digit in pens if digit.label == 7][:200]


def apart(one, other):
    """The mean distance of two digits' points, as a share of their size."""
    return np.hypot(*(hands._evenly(one) - hands._evenly(other)).reshape(-1, 2).T).mean()


def test_another_hand_writes_as_many_strokes_much_alike_and_the_same_for_the_same_seed(sevens):
    company = Company(sevens)
    for digit in sevens[:50]:
        other = company.other_hand(digit, np.random.default_rng(2))
        assert len(other) == len(digit.strokes)
        assert 0 < apart(digit.strokes, other) < 0.6
        again = company.other_hand(digit, np.random.default_rng(2))
        np.testing.assert_array_equal(np.concatenate(other), np.concatenate(again))


def test_what_is_mixed_lies_between_two_writers_shapes(monkeypatch):
    """One draws an upright bar, the other a slanted one from below: the mixed one is slanted less."""
    upright = np.array([[0, 0], [0, 500]], float)
    slanted = np.array([[0, 500], [100, 0]], float)
    monkeypatch.setattr(hands, "vary", lambda strokes, rng: list(strokes))
    monkeypatch.setattr(hands, "MIXED", 1)
    monkeypatch.setattr(hands, "SWUNG", 0)
    company = Company([PenDigit(1, 1, (upright,)), PenDigit(1, 2, (slanted,))])
    widths = [
        np.ptp(company.other_hand(PenDigit(1, 1, (upright,)), np.random.default_rng(seed))[0][:, 0])
        for seed in range(20)
    ]
    assert all(10 <= width <= 60 for width in widths)
    assert np.ptp(widths) > 20


def test_a_shape_that_nobody_else_writes_is_mixed_with_none(monkeypatch):
    monkeypatch.setattr(hands, "vary", lambda strokes, rng: list(strokes))
    monkeypatch.setattr(hands, "SWUNG", 0)
    bar, dot = np.array([[0, 0], [0, 500]], float), np.array([[7, 7]], float)
    alone = PenDigit(1, 1, (bar, dot))
    other = Company([alone, PenDigit(1, 2, (bar,)), PenDigit(7, 2, (bar, dot))]).other_hand(
        alone, np.random.default_rng(1)
    )
    np.testing.assert_array_equal(other[0], bar)
    np.testing.assert_array_equal(other[1], dot)


def test_another_swing_moves_the_pen_but_not_so_far_that_the_digit_is_another(pens):
    rng = np.random.default_rng(1)
    moved = []
    for digit in pens[:300]:
        other = swung(digit.strokes, rng)
        assert len(other) == len(digit.strokes)
        moved.append(apart(digit.strokes, other))
    assert 0.03 < np.median(moved) < 0.15
    assert max(moved) < 0.4


def test_a_dot_and_a_bar_of_two_points_swing_too():
    dot, bar = np.array([[3.0, 4.0]]), np.array([[3.0, 4.0], [60.0, 4.0]])
    for seed in range(20):
        strokes = swung((dot, bar), np.random.default_rng(seed))
        assert np.isfinite(np.concatenate(strokes)).all()
        assert draw(strokes, pen=4).any()
    [alone] = swung((dot,), np.random.default_rng(1))
    assert np.isfinite(alone).all()


def test_varied_strokes_are_other_strokes_of_the_same_digit():
    five = tuple(np.array(stroke, float) for stroke in STROKES[5])
    rng = np.random.default_rng(1)
    one, other = vary(five, rng), vary(five, rng)
    assert len(one) == len(five)
    difference = np.abs(glyph(draw(one, 10)).astype(float) - glyph(draw(other, 10))).mean()
    assert 1 < difference < 60
    again = vary(five, np.random.default_rng(1))
    np.testing.assert_array_equal(one[0], again[0])


def test_some_varied_strokes_have_corners_instead_of_curves(monkeypatch):
    monkeypatch.setattr(hands, "ANGULAR", 1.0)
    angle = np.linspace(0, 2 * np.pi, 60)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    for seed in range(20):
        [varied] = vary((ring,), np.random.default_rng(seed))
        assert 4 <= len(varied) <= 24
        assert np.ptp(varied, axis=0).min() > 0.4  # still a ring
