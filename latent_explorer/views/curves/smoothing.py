"""Curves for the eye: a short mean, and no more points than the screen has columns. For display only."""

from __future__ import annotations

import numpy as np

#: Curves of at most this many steps are shown as they are.
RAW_UP_TO = 500
#: Steps that one shown value is the mean of.
WINDOW = 20
#: Most columns that a curve is drawn with.
COLUMNS = 1_500


def smooth(values: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """Mean over the last `window` values (fewer at the start), float32 (n,). One non-finite value spoils only its
    own window."""
    if window <= 1 or not len(values):
        return np.asarray(values, np.float32)
    finite = np.isfinite(values)
    sums = np.cumsum(np.where(finite, values, 0.0), dtype=np.float64)
    counts = np.cumsum(finite)
    sums[window:] = sums[window:] - sums[:-window]
    counts[window:] = counts[window:] - counts[:-window]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (sums / counts).astype(np.float32)
    mean[~finite] = np.nan
    return mean


def block_means(
    steps: np.ndarray, values: np.ndarray, columns: int = COLUMNS
) -> tuple[np.ndarray, np.ndarray, int]:
    """Means over blocks of equal length: at most about `columns` (step, mean) pairs, and the length of a block.

    A block's step is its last. A remainder at the end is kept as a shorter block.
    """
    size = -(-len(values) // columns) if len(values) else 1
    if size <= 1:
        return steps, values, 1
    whole = len(values) // size * size
    means = values[:whole].reshape(-1, size).mean(axis=1, dtype=np.float64).astype(np.float32)
    ends = steps[size - 1 : whole : size]
    if whole < len(values):
        means = np.append(means, np.float32(values[whole:].mean(dtype=np.float64)))
        ends = np.append(ends, steps[-1])
    return ends, means, size


def envelope(steps: np.ndarray, values: np.ndarray, columns: int = COLUMNS) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value of each block in turn: looks like the whole curve with few points."""
    size = -(-len(values) // columns) if len(values) else 1
    if size <= 2:
        return steps, values
    whole = len(values) // size * size
    blocks = values[:whole].reshape(-1, size)
    shown = np.empty(2 * len(blocks), np.float32)
    shown[0::2], shown[1::2] = blocks.min(axis=1), blocks.max(axis=1)
    places = np.repeat(steps[size - 1 : whole : size], 2)
    return places, shown


def robust_range(curves: list[tuple[np.ndarray, np.ndarray]], last: int) -> tuple[float, float] | None:
    """Lowest and highest value to show of (steps, values) curves, with some air; None if there is nothing.

    The first hundredth of the run (at least its first ten steps, once there are enough others) is left out, so
    that the fall of the first steps does not flatten all that follows; so are the outermost half percents.
    """
    start = max(0.01 * last, 10) if last > 50 else 0
    parts = [values[np.isfinite(values) & (steps > start)] for steps, values in curves]
    parts = [part for part in parts if len(part)]
    if not parts:
        return None
    lows, highs = zip(*(np.quantile(part, (0.005, 0.995)) for part in parts), strict=True)
    low, high = float(min(lows)), float(max(highs))
    air = 0.06 * (high - low) or max(1.0, 0.05 * abs(high))
    return low - air, high + air
