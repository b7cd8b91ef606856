"""The standard error of a mean over images that are a sample of a population. Torch-free."""

from __future__ import annotations

import math

import numpy as np

from trainer.arrays import Array


def standard_error(values: Array) -> float | None:
    """Standard error of the mean of `values` (n,), with n - 1 in its denominator; None for fewer than two.

    `values`: in NumPy, or a tensor on the CPU.
    """
    if len(values) < 2:
        return None
    with np.errstate(invalid="ignore"):  # infinite values have no error: NaN
        return float(np.asarray(values, np.float64).std(ddof=1)) / math.sqrt(len(values))
