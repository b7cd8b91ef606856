"""Curves for the eye: a short mean, and no more points than the screen has columns. For display only."""

from __future__ import annotations

import numpy as np

#: Curves of at most this many steps are shown as they are.
RAW_UP_TO = 500
#: Steps that one shown value is the mean of.
WINDOW = 20
#: Most columns that a curve is drawn with.
COLUMNS = 240


def smooth(values: np.ndarray, window: int = WINDOW) -> np.ndarray:
    """Mean over `window` values around each (fewer at the ends), float32 (n,).

    Centred, so that the curve does not lag behind. Non-finite values stay and are left out of their neighbours'.
    """
    number = len(values)
    if window <= 1 or not number:
        return np.asarray(values, np.float32)
    finite = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, values, 0.0), dtype=np.float64)])
    counts = np.concatenate([[0], np.cumsum(finite)])
    first = np.maximum(np.arange(number) - window // 2, 0)
    last = np.minimum(np.arange(number) + (window + 1) // 2, number)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = ((sums[last] - sums[first]) / (counts[last] - counts[first])).astype(np.float32)
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

    The fall of the first steps must not flatten all that follows: the first hundredth of the run (at least its
    first ten steps, once there are enough others) is left out, and of the rest the highest twentieth. The last
    fifth of the run is always in view whole, so that what happens now is seen, whatever it is.
    """
    start = max(0.01 * last, 10) if last > 50 else 0
    lows, highs = [], []
    for steps, values in curves:
        usable = np.isfinite(values) & (steps > start)
        if not usable.any():
            continue
        low, high = np.quantile(values[usable], (0.005, 0.95 if last > 50 else 1.0))
        late = values[usable & (steps >= 0.8 * last)]
        lows.append(min(low, late.min(initial=low)))
        highs.append(max(high, late.max(initial=high)))
    if not lows:
        return None
    bottom, top = float(min(lows)), float(max(highs))
    air = 0.06 * (top - bottom) or max(1.0, 0.05 * abs(top))
    return bottom - air, top + air
