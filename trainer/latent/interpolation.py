"""Interpolation between codes: straight, spherical, through stops, on a grid, at even speed. Torch-free."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Directions that differ by less (radians), or are opposite to within it, do not define a great circle.
_SAME = 1e-4
#: Lengths below this share of the longer code's count as zero: such a code has no direction.
_NOTHING = 1e-7


def lerp(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Points at `shares` (n,) of the straight way from code `first` (d,) to `second` (d,): float32 (n, d).

    A share of 0 gives `first` exactly, 1 gives `second`.
    """
    share = np.asarray(shares, np.float64)[:, None]
    start, end = np.asarray(first, np.float64), np.asarray(second, np.float64)
    return (start * (1 - share) + end * share).astype(np.float32)


def slerp(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Points at `shares` (n,) of the spherical way about the origin (Shoemake 1985; for codes, White 2016).

    The direction moves along the great circle at constant angular speed, the length changes evenly: codes of one
    length stay on their sphere. Where no great circle is defined the result is sensible all the same: codes of
    nearly one direction, and a code without length, are joined straight; opposite codes go around by way of the
    dimension that is most at right angles to them, straight through the origin if there is only one dimension.

    Takes codes (d,), gives float32 (n, d).
    """
    start, end = np.asarray(first, np.float64), np.asarray(second, np.float64)
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    longer = max(lengths)
    if len(start) < 2 or min(lengths) <= _NOTHING * longer or not np.isfinite(longer):
        return lerp(first, second, shares)
    here, there = start / lengths[0], end / lengths[1]
    # From the chords rather than the cosine, whose arc is inexact near 0 and π.
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
    # The ends are the codes themselves, not their rounding.
    at = share[:, 0]
    path[at == 0], path[at == 1] = start, end
    return path.astype(np.float32)


def share_out(lengths: Sequence[float] | np.ndarray, intervals: int) -> np.ndarray:
    """How many of `intervals` go to each of s segments, by their lengths: int (s,), at least one each.

    With fewer intervals than segments, one each. Segments without length, or lengths that are
    not finite, share evenly where nothing else says.
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
        # Given to, or taken from, where spacings stay most alike.
        if left > 0:
            given[np.argmax(wanted / given)] += 1
        else:
            given[np.argmin(np.where(given > 1, wanted / np.maximum(given - 1, 1), np.inf))] -= 1
    return given


def through(stops: np.ndarray, frames: int, kind: str = "lerp") -> tuple[np.ndarray, np.ndarray]:
    """A path through codes `stops` (s, d), s >= 2, in `frames` points, "lerp" or "slerp" between neighbours.

    Segments get frames by their lengths, and every stop is a frame. Gives codes float32 (n, d) and the places of
    the stops among them, int (s,); n is `frames`, or s if that is more.
    """
    stops = np.asarray(stops, np.float32)
    if len(stops) < 2:
        raise ValueError("a path needs at least two stops")
    between = {"lerp": lerp, "slerp": slerp}[kind]
    parts = share_out(segment_lengths(stops), frames - 1)
    path = [stops[:1]]
    for place, count in enumerate(parts):
        path.append(between(stops[place], stops[place + 1], np.arange(1, count + 1) / count))
    return np.concatenate(path), np.concatenate([[0], np.cumsum(parts)])


def segment_lengths(points: np.ndarray) -> np.ndarray:
    """Distances between neighbours in a row of points (n, d): float64 (n - 1,)."""
    steps = np.diff(np.asarray(points, np.float64), axis=0)
    return np.sqrt(np.einsum("ij,ij->i", steps, steps))


def grid(corners: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Bilinear interpolation between four codes (4, d): float32 (rows, columns, d).

    The corners stand upper left, upper right, lower left, lower right.
    """
    first, second, third, fourth = np.asarray(corners, np.float32)
    across = np.linspace(0, 1, columns)
    upper, lower = lerp(first, second, across), lerp(third, fourth, across)
    down = np.linspace(0, 1, rows)[:, None, None]
    mixed = upper.astype(np.float64) * (1 - down) + lower.astype(np.float64) * down
    return mixed.astype(np.float32)


def at_even_distances(path: np.ndarray, steps: np.ndarray, frames: int) -> np.ndarray:
    """`frames` points of a path (m, d) such that equal amounts of `steps` lie between them: float32 (frames, d).

    `steps` (m - 1,) tells how far it is from each point to the next by some measure (such as how much the picture
    changes), which is taken as even within a step. Both ends stay. A path without any length by that measure, or
    with steps that are not finite, is resampled evenly by its points.
    """
    path = np.asarray(path, np.float64)
    travelled = np.concatenate([[0.0], np.cumsum(np.asarray(steps, np.float64))])
    if not (np.isfinite(travelled[-1]) and travelled[-1] > 0):
        travelled = np.arange(len(path), dtype=np.float64)
    wanted = np.linspace(0, travelled[-1], frames)
    places = np.interp(wanted, travelled, np.arange(len(path), dtype=np.float64))
    # Where nothing moves on at an end, several places are equally far.
    places[0], places[-1] = 0, len(path) - 1
    return at_places(path, places)


def along(ways: Sequence[np.ndarray], steps: Sequence[np.ndarray], frames: int) -> tuple[np.ndarray, np.ndarray]:
    """`frames` points at even distances along ways from stop to stop, every stop among them.

    `ways`: rows of codes (m, d), each beginning where the former ends; `steps`: (m - 1,) each, see
    `at_even_distances`. Gives codes float32 (n, d) and the places of the stops among them, see `through`.
    """
    parts = share_out([float(np.sum(step, dtype=np.float64)) for step in steps], frames - 1)
    rows = [np.asarray(ways[0][:1], np.float32)]
    for way, step, count in zip(ways, steps, parts, strict=True):
        rows.append(at_even_distances(way, step, int(count) + 1)[1:])
    return np.concatenate(rows), np.concatenate([[0], np.cumsum(parts)])


def at_places(path: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Points at fractional places (n,), 0 to m - 1, of a path (m, d), straight in between: float32 (n, d)."""
    path = np.asarray(path, np.float64)
    before = np.minimum(np.floor(places).astype(np.intp), max(len(path) - 2, 0))
    share = (places - before)[:, None]
    after = np.minimum(before + 1, len(path) - 1)
    return (path[before] * (1 - share) + path[after] * share).astype(np.float32)
