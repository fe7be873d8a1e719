"""Calibration: as often right as sure."""

import numpy as np
import pytest

from digitpad.training.reliability import expected_calibration_error, reliability


def test_confidence_that_means_what_it_says_has_no_calibration_error():
    confidences = np.repeat([0.6, 0.9], [10, 10])
    right = np.array([True] * 6 + [False] * 4 + [True] * 9 + [False])
    assert expected_calibration_error(confidences, right) == pytest.approx(0)
    assert reliability(confidences, right) == [(pytest.approx(0.6), 0.6, 10), (pytest.approx(0.9), 0.9, 10)]


def test_confidence_that_is_too_high_shows_as_much():
    assert expected_calibration_error(np.ones(10), np.arange(10) < 7) == pytest.approx(0.3)
