"""The standard error of a mean over images that are a sample of more."""

from __future__ import annotations

import math

from torch import Tensor


def standard_error(values: Tensor) -> float | None:
    """Standard error of the mean of `values` (n,), with n - 1 in its denominator; None for fewer than two."""
    count = len(values)
    return float(values.double().std(correction=1)) / math.sqrt(count) if count > 1 else None
