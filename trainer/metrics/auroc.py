"""Area under the ROC curve with its standard error (DeLong et al. 1988). Torch-free.

The share of pairs in which the value of the plus group is larger than that of the minus group, ties half. It is a
two-sample U statistic: each value contributes the share of the other group that it is ordered correctly against;
the variance is that of these shares over their number, summed over the two groups. Cost: n ln n.
"""

from __future__ import annotations

import math

import numpy as np


def share_below(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """For each value (n,) the share of `others` (m,) below it, equal ones counted half: float64 (n,)."""
    ordered = np.sort(others)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / (
        2 * len(others)
    )


def auroc_with_error(plus: np.ndarray, minus: np.ndarray) -> tuple[float, float]:
    """AUROC of finite `plus` (p,) against `minus` (m,), two or more each, and its standard error.

    The error is 0 if all pairs, or none, are ordered correctly.
    """
    shares = share_below(plus, minus), share_below(minus, plus)
    variance = sum(float(share.var(ddof=1)) / len(share) for share in shares)
    return float(shares[0].mean()), math.sqrt(variance)
