"""How well confidence tells two kinds apart."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats


def area_under_roc(wanted: NDArray[np.float64], unwanted: NDArray[np.float64]) -> float:
    """How often a wanted one has more confidence than an unwanted one; 1 where always, 0.5 for chance."""
    statistic = stats.mannwhitneyu(wanted, unwanted).statistic
    return float(statistic / (len(wanted) * len(unwanted)))
