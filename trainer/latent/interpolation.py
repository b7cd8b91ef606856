"""Interpolation between codes: linear, spherical, through stops, on a grid, at even speed. Torch-free."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.prior import Prior

#: Angle in radians below which two directions count as equal or opposite and define no great circle.
_SAME = 1e-4
#: A length below this share of the longer code's counts as zero: the code has no direction.
_NOTHING = 1e-7


def lerp(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Linear interpolation from code `first` (d,) to `second` (d,) at `shares` (n,): float32 (n, d).

    A share of 0 gives `first` exactly, 1 gives `second`.
    """
    share = np.asarray(shares, np.float64)[:, None]
    start, end = np.asarray(first, np.float64), np.asarray(second, np.float64)
    return (start * (1 - share) + end * share).astype(np.float32)


def slerp(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Spherical interpolation around the origin at `shares` (n,) (Shoemake 1985; for codes, White 2016).

    The direction moves along the great circle at constant angular speed and the length changes linearly, so that
    codes of equal length stay on their sphere. Cases without a great circle: codes of nearly equal direction, or a
    code without length, are interpolated linearly; opposite codes go through the axis most orthogonal to them, or
    straight through the origin if there is only one dimension. Takes codes (d,), gives float32 (n, d).
    """
    start, end = np.asarray(first, np.float64), np.asarray(second, np.float64)
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    longer = max(lengths)
    if len(start) < 2 or min(lengths) <= _NOTHING * longer or not np.isfinite(longer):
        return lerp(first, second, shares)
    here, there = start / lengths[0], end / lengths[1]
    # From chord lengths, because the arc cosine is inexact near 0 and π.
    angle = 2 * np.arctan2(np.linalg.norm(there - here), np.linalg.norm(there + here))
    if angle < _SAME:
        return lerp(first, second, shares)
    if angle > np.pi - _SAME:
        across = np.zeros(len(start))
        across[np.abs(here).argmin()] = 1.0
        angle = np.pi
    else:
        across = there
    across = across - (across @ here) * here
    across /= np.linalg.norm(across)
    share = np.asarray(shares, np.float64)[:, None]
    directions = np.cos(angle * share) * here + np.sin(angle * share) * across
    path = directions * (lengths[0] * (1 - share) + lengths[1] * share)
    # Make the ends exactly equal to the given codes.
    at = share[:, 0]
    path[at == 0], path[at == 1] = start, end
    return path.astype(np.float32)


def share_out(lengths: Sequence[float] | np.ndarray, intervals: int) -> np.ndarray:
    """Distribute `intervals` over s segments in proportion to their lengths: int (s,), at least one each.

    With fewer intervals than segments, one each. Non-finite lengths count as 0; if all are 0, the segments get
    equal shares.
    """
    sizes = np.asarray(lengths, np.float64)
    count = len(sizes)
    if intervals <= count:
        return np.ones(count, np.intp)
    sizes = np.where(np.isfinite(sizes), sizes, 0.0)
    total = sizes.sum()
    wanted = (sizes / total if total > 0 else np.full(count, 1 / count)) * intervals
    given = np.maximum(np.floor(wanted).astype(np.intp), 1)
    while (left := intervals - int(given.sum())) != 0:
        # Add to, or remove from, the segment that keeps the spacings most equal.
        if left > 0:
            given[np.argmax(wanted / given)] += 1
        else:
            given[np.argmin(np.where(given > 1, wanted / np.maximum(given - 1, 1), np.inf))] -= 1
    return given


def through(
    stops: np.ndarray, frames: int, kind: str = "lerp", prior: Prior | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """A path of `frames` points through codes `stops` (s, d), s >= 2, "lerp" or "slerp" between neighbours.

    Segments get frames in proportion to their lengths, and every stop is a frame. "slerp" rotates about the mean
    of `prior` in units of its spread, which keeps to the shell where a Gaussian has its mass; without a prior
    about the origin. Gives codes float32 (n, d) and the indices of the stops among them, int (s,);
    n = max(frames, s).
    """
    stops = np.asarray(stops, np.float32)
    if len(stops) < 2:
        raise ValueError("a path needs at least two stops")
    if kind == "slerp" and prior is not None:
        around, places = through((stops - prior.mean) / prior.spread, frames, kind)
        codes = (prior.mean + prior.spread * around).astype(np.float32)
        codes[places] = stops  # the stops are the codes themselves, not their rounding
        return codes, places
    between = {"lerp": lerp, "slerp": slerp}[kind]
    parts = share_out(segment_lengths(stops), frames - 1)
    path = [stops[:1]]
    for place, count in enumerate(parts):
        path.append(between(stops[place], stops[place + 1], np.arange(1, count + 1) / count))
    return np.concatenate(path), np.concatenate([[0], np.cumsum(parts)])


def segment_lengths(points: np.ndarray) -> np.ndarray:
    """Distances between consecutive points (n, d): float64 (n - 1,)."""
    steps = np.diff(np.asarray(points, np.float64), axis=0)
    return np.sqrt(np.einsum("ij,ij->i", steps, steps))


def grid(corners: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Bilinear interpolation between four codes (4, d): float32 (rows, columns, d).

    Order of the corners: upper left, upper right, lower left, lower right.
    """
    first, second, third, fourth = np.asarray(corners, np.float32)
    across = np.linspace(0, 1, columns)
    upper, lower = lerp(first, second, across), lerp(third, fourth, across)
    down = np.linspace(0, 1, rows)[:, None, None]
    mixed = upper.astype(np.float64) * (1 - down) + lower.astype(np.float64) * down
    return mixed.astype(np.float32)


def at_even_distances(path: np.ndarray, steps: np.ndarray, frames: int) -> np.ndarray:
    """Resample a path (m, d) at equal distances measured by `steps`: float32 (frames, d).

    `steps` (m - 1,) is the distance from each point to the next by some measure, such as the change of the
    picture, taken as uniform within a step. Both ends stay. If the total distance is zero or not finite, the path
    is resampled evenly by point index.
    """
    path = np.asarray(path, np.float64)
    travelled = np.concatenate([[0.0], np.cumsum(np.asarray(steps, np.float64))])
    if not (np.isfinite(travelled[-1]) and travelled[-1] > 0):
        travelled = np.arange(len(path), dtype=np.float64)
    wanted = np.linspace(0, travelled[-1], frames)
    places = np.interp(wanted, travelled, np.arange(len(path), dtype=np.float64))
    # With steps of length zero at an end several positions are equally far; keep the exact ends.
    places[0], places[-1] = 0, len(path) - 1
    return at_places(path, places)


def along(ways: Sequence[np.ndarray], steps: Sequence[np.ndarray], frames: int) -> tuple[np.ndarray, np.ndarray]:
    """`frames` points at even distances along consecutive paths between stops, every stop among them.

    `ways`: codes (m, d) of each path, beginning where the previous one ends; `steps`: (m - 1,) each, see
    `at_even_distances`. Gives codes float32 (n, d) and the indices of the stops among them, see `through`.
    """
    parts = share_out([float(np.sum(step, dtype=np.float64)) for step in steps], frames - 1)
    rows = [np.asarray(ways[0][:1], np.float32)]
    for way, step, count in zip(ways, steps, parts, strict=True):
        rows.append(at_even_distances(way, step, int(count) + 1)[1:])
    return np.concatenate(rows), np.concatenate([[0], np.cumsum(parts)])


def at_places(path: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Points at fractional indices (n,), 0 to m - 1, of a path (m, d), linear in between: float32 (n, d)."""
    path = np.asarray(path, np.float64)
    before = np.minimum(np.floor(places).astype(np.intp), max(len(path) - 2, 0))
    share = (places - before)[:, None]
    after = np.minimum(before + 1, len(path) - 1)
    return (path[before] * (1 - share) + path[after] * share).astype(np.float32)
