"""How well confidence is calibrated: whether readings are right as often as they are sure."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

BINS = 15  # as many as Guo et al. took
LEAST = 25  # readings whose share of right ones says something: its interval is at most 0.37 wide


class Pool(NamedTuple):
    """Readings of about the same confidence.

    Attributes:
        low, high: between which their confidence lies, 0 to 1.
        confidence: its mean.
        share: how many of them are right, 0 to 1.
        share_low, share_high: the 95 % confidence interval of that.
        readings: how many they are.
    """

    low: float
    high: float
    confidence: float
    share: float
    share_low: float
    share_high: float
    readings: int


def share(hits: int, cases: int) -> tuple[float, float, float]:
    """A share with its 95 % confidence interval (Wilson, 1927): the share, the lower and the upper end."""
    interval = stats.binomtest(hits, cases).proportion_ci(method="wilson")
    return hits / cases, float(interval.low), float(interval.high)


def reliability(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Pool]:
    """The readings in pools of confidence, from the lowest to the highest.

    Equal bins of which neighbours are put together until each pool has LEAST readings: a share of two readings is
    chance. What is left at the upper end goes to the pool before.

    Args:
        confidences: float64 (n,), 0 to 1.
        right: bool (n,), whether each is right.
    """
    bins = _bins(confidences)
    edges = [0]
    for edge in range(1, BINS):
        pooled = np.count_nonzero((bins >= edges[-1]) & (bins < edge))
        if pooled >= LEAST and np.count_nonzero(bins >= edge) >= LEAST:
            edges.append(edge)
    pools = []
    for low, high in zip(edges, [*edges[1:], BINS], strict=True):
        some = (bins >= low) & (bins < high)
        count = int(some.sum())
        shares = share(int(right[some].sum()), count)
        pools.append(Pool(low / BINS, high / BINS, float(confidences[some].mean()), *shares, count))
    return pools


def expected_calibration_error(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """How far confidence and the share of right readings are apart, on average over the readings.

    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML, 2017), equation 5: in
    equal bins, each weighed by its readings, so that one with few of them counts little.
    """
    bins = _bins(confidences)
    gaps = (confidences[bins == number] - right[bins == number] for number in range(BINS))
    return float(sum(abs(gap.sum()) for gap in gaps)) / len(confidences)


def _bins(confidences: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which of BINS equal bins each lies in."""
    bins: NDArray[np.int64] = np.clip((confidences * BINS).astype(np.int64), 0, BINS - 1)
    return bins
