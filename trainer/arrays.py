"""Formulas that hold for NumPy arrays and torch tensors: written once, used in training and without torch."""

from __future__ import annotations

import sys
from typing import Any, TypeAlias

import numpy as np

#: A NumPy array or a torch tensor; the arguments of one call are all of one kind.
Array: TypeAlias = Any


def library(array: Array) -> Any:
    """NumPy or torch, whichever `array` belongs to: many of their functions have the same names."""
    return np if isinstance(array, np.ndarray | np.generic) else sys.modules["torch"]


def log_sum_exp(values: Array) -> Array:
    """ln Σ exp of values (..., k) along the last axis: (...); rows of -inf give -inf."""
    if library(values) is not np:
        return values.logsumexp(-1)
    highest = values.max(axis=-1)
    safe = np.where(np.isfinite(highest), highest, 0.0)
    below = values - safe[..., None]
    with np.errstate(divide="ignore"):
        return safe + np.log(np.exp(below, out=below).sum(axis=-1))
