"""How far a measured share can be trusted, and how well confidence is calibrated and tells two kinds apart."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

BINS = 15  # as many as Guo et al. took


def share(hits: int, cases: int) -> tuple[float, float, float]:
    """A share with its 95 % confidence interval (Wilson, 1927): the share, the lower and the upper end."""
    interval = stats.binomtest(hits, cases).proportion_ci(method="wilson")
    return hits / cases, float(interval.low), float(interval.high)


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


def area_under_roc(wanted: NDArray[np.float64], unwanted: NDArray[np.float64]) -> float:
    """How often a wanted one has more confidence than an unwanted one; 1 where always, 0.5 for chance."""
    statistic = stats.mannwhitneyu(wanted, unwanted).statistic
    return float(statistic / (len(wanted) * len(unwanted)))
