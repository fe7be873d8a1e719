"""How well confidence is calibrated: whether readings are right as often as they are sure."""

import numpy as np
from numpy.typing import NDArray

BINS = 15  # as many as Guo et al. took


def reliability(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """For each bin of confidence that has any readings: their mean confidence, the share of right ones, how many."""
    bins = np.clip((confidences * BINS).astype(int), 0, BINS - 1)
    members = (bins == number for number in range(BINS))
    return [
        (float(confidences[some].mean()), float(right[some].mean()), int(some.sum()))
        for some in members
        if some.any()
    ]


def expected_calibration_error(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """How far confidence and the share of right readings are apart, on average over the readings.

    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML, 2017), equation 5.
    """
    bins = reliability(confidences, right)
    return sum(abs(confidence - accuracy) * count for confidence, accuracy, count in bins) / len(confidences)
