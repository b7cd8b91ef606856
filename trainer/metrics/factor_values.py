"""Generating factors for measures of disentanglement: binning, categories, and which of them vary.

Torch-free. Locatello et al. 2019 use discrete factors only; here a factor with many values is continuous and
is cut into as many bins as codes are.
"""

from __future__ import annotations

import numpy as np

#: Bins of equal width between the least and the largest value, of codes and of continuous factors.
BINS = 20
#: A factor with at most this many different values keeps them, one bin each.
MOST_VALUES = 50
#: A factor with at most this many different values is a category, predicted by a classifier; others are
#: quantities.
MOST_CATEGORIES = 10


def in_bins(values: np.ndarray, bins: int = BINS) -> np.ndarray:
    """The bin, 0 to `bins` - 1, of each of `values` (n, k), each column separately: intp (n, k).

    A column without spread is all in bin 0. The least and the largest value of a column are in its first and last
    bin.
    """
    wide = values.astype(np.float64)
    low, spread = wide.min(axis=0), np.ptp(wide, axis=0)
    share = (wide - low) / np.where(spread > 0, spread, 1.0)
    return np.minimum((share * bins).astype(np.intp), bins - 1)


def levels(factor: np.ndarray) -> np.ndarray:
    """The bin of each value of a factor (n,), one bin per value if it has few: intp (n,), from 0."""
    different, place = np.unique(factor, return_inverse=True)
    return place if len(different) <= MOST_VALUES else in_bins(factor[:, None])[:, 0]


def categorical(factor: np.ndarray) -> bool:
    """Whether a factor (n,) has so few different values that it is a category."""
    return len(np.unique(factor)) <= MOST_CATEGORIES


def varying(*parts: np.ndarray) -> np.ndarray:
    """The columns of factors (n, F) that vary in each of these sets of images: intp, ascending."""
    return np.flatnonzero(np.all([np.ptp(part, axis=0) > 0 for part in parts], axis=0))
