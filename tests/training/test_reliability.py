"""Calibration: as often right as sure."""

import numpy as np
import pytest

from digitpad.training.reliability import LEAST, expected_calibration_error, reliability, share


def test_confidence_that_means_what_it_says_has_no_calibration_error():
    confidences = np.repeat([0.6, 0.9], [100, 100])
    right = np.repeat([True, False, True, False], [60, 40, 90, 10])
    assert expected_calibration_error(confidences, right) == pytest.approx(0)
    less, more = reliability(confidences, right)
    assert (less.confidence, less.share, less.readings) == (pytest.approx(0.6), 0.6, 100)
    assert (more.confidence, more.share, more.readings) == (pytest.approx(0.9), 0.9, 100)
    assert less.low == 0 < less.high == more.low < more.high == 1


def test_confidence_that_is_too_high_shows_as_much():
    assert expected_calibration_error(np.ones(10), np.arange(10) < 7) == pytest.approx(0.3)


def test_no_point_of_the_chart_stands_for_a_few_readings_and_none_is_lost():
    rng = np.random.default_rng(1)
    # As of a good model: nearly all are sure, the others lie anywhere.
    confidences = np.concatenate([rng.uniform(0, 1, 90), rng.uniform(0.97, 1, 4000)])
    right = rng.random(len(confidences)) < confidences
    pools = reliability(confidences, right)
    assert 3 <= len(pools) <= 5
    assert sum(pool.readings for pool in pools) == len(confidences)
    for pool in pools:
        assert pool.readings >= LEAST
        assert pool.low <= pool.confidence <= pool.high
        assert pool.share_low <= pool.share <= pool.share_high < pool.share_low + 0.38
    assert [pool.low for pool in pools[1:]] == [pool.high for pool in pools[:-1]]


def test_a_few_readings_are_one_point_whose_interval_says_how_few_they_are():
    [pool] = reliability(np.array([0.2, 0.9]), np.array([True, False]))
    assert (pool.share, pool.readings) == (0.5, 2)
    assert pool.share_high - pool.share_low > 0.8


def test_the_calibration_error_is_that_of_equal_bins_however_the_chart_is_pooled():
    confidences, right = np.array([0.2, 0.9, 0.9, 0.9]), np.array([True, True, True, False])
    assert expected_calibration_error(confidences, right) == pytest.approx((0.8 + abs(2.7 - 2)) / 4)


def test_a_share_lies_in_its_interval_which_shrinks_with_more_cases():
    few, many = share(9, 10), share(900, 1000)
    for middle, low, high in (few, many):
        assert 0 <= low < middle == 0.9 < high <= 1
    assert few[2] - few[1] > 5 * (many[2] - many[1])
    # Wilson's interval of 0 of 10, from a table.
    assert share(0, 10)[2] == pytest.approx(0.2775, abs=1e-4)
