"""How far a measured share can be trusted, and how well confidence tells two kinds apart."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats


def share(hits: int, cases: int) -> tuple[float, float, float]:
    """A share with its 95 % confidence interval (Wilson, 1927): the share, the lower and the upper end."""
    interval = stats.binomtest(hits, cases).proportion_ci(method="wilson")
    return hits / cases, float(interval.low), float(interval.high)


def area_under_roc(wanted: NDArray[np.float64], unwanted: NDArray[np.float64]) -> float:
    """How often a wanted one has more confidence than an unwanted one; 1 where always, 0.5 for chance."""
    statistic = stats.mannwhitneyu(wanted, unwanted).statistic
    return float(statistic / (len(wanted) * len(unwanted)))
