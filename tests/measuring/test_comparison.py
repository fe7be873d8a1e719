"""What a comparison says of models, in figures."""

import numpy as np

from digitpad.measuring.comparison import area_under_roc


def test_the_area_under_the_curve_is_1_where_all_are_told_apart_and_a_half_for_chance():
    low, high = np.array([0.1, 0.2, 0.3]), np.array([0.7, 0.8])
    assert area_under_roc(high, low) == 1
    assert area_under_roc(low, high) == 0
    assert area_under_roc(np.array([0.5, 0.5]), np.array([0.5])) == 0.5
