"""Curves for the eye: a short mean, and no more points than the screen has columns. For display only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Curves of at most this many steps are shown as they are.
RAW_UP_TO = 500
#: Steps that one shown value is the mean of.
WINDOW = 20
#: Most columns that a curve is drawn with.
COLUMNS = 240
#: How much higher a plot may be for the beginnings of its curves, as a share of its height.
_MORE = 0.5

#: (steps, values).
Curve = tuple[np.ndarray, np.ndarray]
EMPTY: Curve = (np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """The curve to read, and the raw one faint behind it (empty if they are the same)."""

    curve: Curve
    raw: Curve
    #: Steps that one value of `curve` is the mean of; 1 if it is raw.
    window: int


def drawn_curve(
    steps: np.ndarray, values: np.ndarray, visible: tuple[float, float] | None = None, breaks: Sequence[int] = ()
) -> DrawnCurve:
    """What values a step look like over the steps in `visible` (None: all), thinned for the screen.

    No mean reaches across `breaks`, the steps on which a knob was turned or another branch begins.
    """
    few = len(steps) <= RAW_UP_TO
    if visible is not None:
        # One window more on the left, so that the mean is right from the visible edge on.
        first = max(0, int(np.searchsorted(steps, visible[0])) - WINDOW)
        last = int(np.searchsorted(steps, visible[1])) + 1
        steps, values = steps[first:last], values[first:last]
    if few:
        # Copies: views of a history are only good until it grows.
        return DrawnCurve((steps.copy(), values.copy()), EMPTY, 1)
    places, means, size, starts = block_means(steps, values, starts=pieces(steps, breaks))
    window = max(1, WINDOW // size)
    places = np.array(places)
    raw_steps, raw = envelope(steps, values)
    return DrawnCurve((places, smooth(means, window, starts)), (np.array(raw_steps), np.array(raw)), window * size)


def value_at(curve: Curve, step: float) -> float | None:
    """The value of `curve` at the last step up to `step`; None before the first or where not finite."""
    steps, values = curve
    place = int(np.searchsorted(steps, step, side="right")) - 1
    if place < 0 or place >= len(values) or not np.isfinite(values[place]):
        return None
    return float(values[place])


def smooth(values: np.ndarray, window: int = WINDOW, starts: np.ndarray | None = None) -> np.ndarray:
    """Mean over each value and those before it, `window` at most, float32 (n,).

    Backward only: a curve must not rise before the step at which a knob was turned. Nothing is averaged across a
    non-finite value, which stays, or across the beginning of a piece: `starts` (n,) is True at the first value of
    each.
    """
    number = len(values)
    if window <= 1 or not number:
        return np.asarray(values, np.float32)
    finite = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, values, 0.0), dtype=np.float64)])
    places = np.arange(number)
    begins = np.concatenate([[True], ~finite[:-1]])
    if starts is not None:
        begins |= starts
    first = np.maximum(places - window + 1, np.maximum.accumulate(np.where(begins, places, 0)))
    mean = ((sums[places + 1] - sums[first]) / (places + 1 - first)).astype(np.float32)
    mean[~finite] = np.nan
    return mean


def pieces(steps: np.ndarray, breaks: Sequence[int]) -> np.ndarray:
    """bool (n,): True at the first value of each piece. `breaks`: steps from which on something is different.

    A step that does not come after the one before it was done again, which begins a piece, too.
    """
    starts = np.zeros(len(steps), bool)
    starts[1:] = np.diff(steps) <= 0
    found = np.searchsorted(steps, np.asarray(breaks, np.int64))
    starts[found[found < len(steps)]] = True
    starts[:1] = True
    return starts


def block_means(
    steps: np.ndarray, values: np.ndarray, columns: int = COLUMNS, starts: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """Means over blocks of equal length: some `columns` (step, mean) pairs, the length of one, and (n,) starts.

    A block's step is its last. What remains before the beginning of a piece (see `smooth`) or the end is a shorter
    block, so that none is in two pieces.
    """
    number = len(values)
    starts = np.zeros(number, bool) if starts is None else starts
    size = -(-number // columns) if number else 1
    if size <= 1:
        return steps, values, 1, starts
    places = np.arange(number)
    within = places - np.maximum.accumulate(np.where(starts, places, 0))
    first = np.flatnonzero(within % size == 0)
    last = np.append(first[1:], number)
    means = (np.add.reduceat(values, first, dtype=np.float64) / (last - first)).astype(np.float32)
    return steps[last - 1], means, size, starts[first]


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
    fifth of the run is always in view whole, so that what happens now is seen, whatever it is. Where a curve then
    begins is in view as well, if that takes no more than half as much height again: few and far values, such as
    held-out ones, would else come in from above.
    """
    lows, highs, begins = [], [], []
    for steps, values in curves:
        # Each run by its own length: one that has begun is seen beside one that has come far.
        end = min(last, int(steps[-1])) if len(steps) else 0
        start = max(0.01 * end, 10) if end > 50 else 0
        usable = np.isfinite(values) & (steps > start)
        if not usable.any():
            continue
        low, high = np.quantile(values[usable], (0.005, 0.95 if end > 50 else 1.0))
        late = values[usable & (steps >= 0.8 * end)]
        lows.append(min(low, late.min(initial=low)))
        highs.append(max(high, late.max(initial=high)))
        begins.append(float(values[usable][0]))
    if not lows:
        return None
    bottom, top = float(min(lows)), float(max(highs))
    most = top + _MORE * (top - bottom)
    top = max([top, *(begin for begin in begins if begin <= most)])
    air = 0.06 * (top - bottom) or max(1.0, 0.05 * abs(top))
    return bottom - air, top + air
