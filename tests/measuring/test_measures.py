"""Shares with their intervals, and telling two kinds apart."""

import numpy as np
import pytest

from digitpad.measuring import measures


def test_a_share_lies_in_its_interval_which_shrinks_with_more_cases():
    few, many = measures.share(9, 10), measures.share(900, 1000)
    for middle, low, high in (few, many):
        assert 0 <= low < middle == 0.9 < high <= 1
    assert few[2] - few[1] > 5 * (many[2] - many[1])
    # Wilson's interval of 0 of 10, from a table.
    assert measures.share(0, 10)[2] == pytest.approx(0.2775, abs=1e-4)


def test_the_area_under_the_curve_is_1_where_all_are_told_apart_and_a_half_for_chance():
    low, high = np.array([0.1, 0.2, 0.3]), np.array([0.7, 0.8])
    assert measures.area_under_roc(high, low) == 1
    assert measures.area_under_roc(low, high) == 0
    assert measures.area_under_roc(np.array([0.5, 0.5]), np.array([0.5])) == 0.5
