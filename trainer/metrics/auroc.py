"""Area under the ROC curve with its standard error (DeLong et al. 1988). Torch-free.

The share of pairs in which the value of the one side is larger than that of the other, ties half. It is a
two-sample U statistic: each value contributes the share of the other side that it is right about, and the variance
is that of these shares over their number, summed over sides. Cost: n ln n.
"""

from __future__ import annotations

import math

import numpy as np


def share_below(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Of each value (n,) the share of `others` (m,) below it, equal ones half: float64 (n,)."""
    ordered = np.sort(others)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / (
        2 * len(others)
    )


def auroc_with_error(plus: np.ndarray, minus: np.ndarray) -> tuple[float, float]:
    """AUROC of finite `plus` (p,) against `minus` (m,), two or more each, and its standard error.

    The error is 0 where every pair is right, or every one wrong.
    """
    shares = share_below(plus, minus), share_below(minus, plus)
    variance = sum(float(share.var(ddof=1)) / len(share) for share in shares)
    return float(shares[0].mean()), math.sqrt(variance)
