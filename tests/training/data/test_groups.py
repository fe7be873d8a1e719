"""Groups of pieces in rows of digits: what each of them is told to be."""

import numpy as np
import pytest

from digitpad.numbers.parts import SIDE
from digitpad.training.data.datasets import Examples
from digitpad.training.data.groups import GroupWorkshop, groups_in_row
from digitpad.training.data.rows import Rows

NONE = 10


def row(*bars: tuple[int, int]) -> list[np.ndarray]:
    """Digits that are bars, each from column to column."""
    inks = []
    for left, right in bars:
        ink = np.zeros((120, 200), np.uint8)
        ink[30:90, left:right] = 255
        inks.append(ink)
    return inks


def test_of_digits_that_stand_apart_each_is_itself_and_both_together_are_none():
    groups = groups_in_row(row((20, 28), (45, 53)), [1, 7], np.random.default_rng(1))
    told = {int(share.argmax()) for share in groups.shares}
    assert {1, 7} <= told
    for view, share in zip(groups.views, groups.shares, strict=True):
        has_rest = bool(view[..., 1].any())
        assert (share.argmax() == NONE) == (not has_rest), "all of the row is two digits, a part of it is one"


def test_what_is_cut_off_is_a_digit_only_where_nearly_all_of_it_is_there():
    # One digit is drawn, and the ink of another hangs on it.
    inks = row((20, 60), (60, 100))
    groups = groups_in_row(inks, [0, 8], np.random.default_rng(2))
    wide = (groups.views[..., 0] > 127).any(axis=1).sum(axis=1)
    whole = wide.max()
    for share, width in zip(groups.shares, wide, strict=True):
        if width > 0.8 * whole or width < 0.25 * whole:
            assert share[NONE] > 200
    assert {0, 8} <= {int(share.argmax()) for share in groups.shares}


def test_rows_are_made_of_all_hands_and_depend_on_the_seed_alone(pens, mnist):
    workshop = GroupWorkshop(Rows(pens[:200], Examples(mnist.train.glyphs[:50], mnist.train.labels[:50])))
    one, again, other = (workshop([(seed, number) for number in range(6)]) for seed in (1, 1, 2))
    assert np.array_equal(one.views, again.views)
    assert np.array_equal(one.shares, again.shares)
    assert len(one) != len(other) or not np.array_equal(one.views, other.views)
    assert one.views.shape[1:] == (SIDE, SIDE, 2)
    assert one.shares.sum(axis=1) == pytest.approx(255, abs=1)
    assert (one.views[..., 0].reshape(len(one), -1).max(axis=1) > 60).mean() > 0.98, "nearly every group has ink"


def test_without_mnist_rows_are_made_of_pen_strokes(pens, mnist):
    inks, labels = Rows(pens[:100], mnist.train[:0]).row(np.random.default_rng(3))
    assert len(inks) == len(labels) >= 2
    assert len({ink.shape for ink in inks}) == 1
    assert all(ink.any() for ink in inks)
