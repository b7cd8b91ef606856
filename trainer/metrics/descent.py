"""Minimises many independent functions at once by L-BFGS (Nocedal 1980) with backtracking. Torch-free.

Like `trainer.latent.refinement`, but every row has its own function, memory and step length, and all are
evaluated in one call: 64 codes cost a network little more than one. A row whose step does not gain enough tries
half of it in the next call, while the others continue. No step increases a function. Cost: about 4·m·n·d per call
with a memory of m, besides the evaluation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from trainer.progress import UNWATCHED, Monitor

_MEMORY = 12
_ARMIJO = 1e-4
_HALVINGS = 12
#: A row is done when its last steps, in this many calls, together gain less than this share of its value.
_PATIENCE, _ENOUGH = 8, 1e-5
#: Length of the first step, relative to that of the point, or to 1.
_FIRST = 0.1

#: Points float64 (k, d) and their rows (k,) -> values float64 (k,) and gradients float64 (k, d).
Objective = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
#: Changes of points and gradients (n, d), and 1 over their product (n,), 0 for rows without an entry.
_Entry = tuple[np.ndarray, np.ndarray, np.ndarray]


def descended(
    objective: Objective, start: np.ndarray, most_calls: int, monitor: Monitor = UNWATCHED
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise `objective` from `start` (n, d) in `calls` calls: float64 points (n, d) and values (n,).

    A row whose value or gradient is not finite does not move. Raises `CancelledError`.
    """
    points = np.array(start, np.float64)
    values, slopes = objective(points, np.arange(len(points)))
    active = np.isfinite(values) & np.isfinite(slopes).all(axis=1) & slopes.any(axis=1)
    memory: deque[_Entry] = deque(maxlen=_MEMORY)
    reached = deque([values.copy()], maxlen=_PATIENCE + 1)
    directions = np.zeros_like(points)
    sizes, halvings = np.ones(len(points)), np.zeros(len(points), int)
    turning = np.ones(len(points), bool)  # rows that need a new direction
    for _ in range(most_calls - 1):
        monitor.check()
        if turning.any():
            directions[turning], sizes[turning] = _directions(points, slopes, memory, turning)
            halvings[turning] = 0
        rows = np.flatnonzero(active)
        if not len(rows):
            break
        there = points[rows] + sizes[rows, None] * directions[rows]
        found, gradients = objective(there, rows)
        descents = _dot(directions[rows], slopes[rows])
        enough = np.isfinite(found) & np.isfinite(gradients).all(axis=1) & (descents < 0)
        enough &= found <= values[rows] + _ARMIJO * sizes[rows] * descents
        moved, failed = rows[enough], rows[~enough]
        memory.append(_entry(points, slopes, moved, there[enough], gradients[enough]))
        points[moved], values[moved], slopes[moved] = there[enough], found[enough], gradients[enough]
        sizes[failed] *= 0.5
        halvings[failed] += 1
        # After too many halvings the curvature estimate is no longer valid: retry once with the gradient, then
        # stop.
        stuck = failed[halvings[failed] > _HALVINGS]
        active[stuck[~_remembers(memory, stuck)]] = False
        for _, _, weights in memory:
            weights[stuck] = 0.0
        turning[:] = False
        turning[moved] = turning[stuck] = True
        active[moved] &= slopes[moved].any(axis=1)
        reached.append(values.copy())
        if len(reached) > _PATIENCE:
            active &= reached[0] - values > _ENOUGH * np.abs(values)
    return points, values


def _entry(
    points: np.ndarray, slopes: np.ndarray, moved: np.ndarray, there: np.ndarray, gradients: np.ndarray
) -> _Entry:
    """The memory entry for a step of the rows `moved`; only rows with positive curvature are stored."""
    change, turn, weights = np.zeros_like(points), np.zeros_like(points), np.zeros(len(points))
    change[moved], turn[moved] = there - points[moved], gradients - slopes[moved]
    product = _dot(change, turn)
    good = product > 1e-10 * np.linalg.norm(change, axis=1) * np.linalg.norm(turn, axis=1)
    weights[good] = 1 / product[good]
    return change, turn, weights


def _remembers(memory: deque[_Entry], rows: np.ndarray) -> np.ndarray:
    """Whether the memory has an entry for each of `rows` (k,): bool (k,)."""
    known = np.zeros(len(rows), bool)
    for _, _, weights in memory:
        known |= weights[rows] > 0
    return known


def _directions(
    points: np.ndarray, slopes: np.ndarray, memory: deque[_Entry], rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The L-BFGS recursion for `rows` (bool): directions (k, d) and initial step lengths (k,)."""
    rest = slopes[rows]
    past = [(change[rows], turn[rows], weights[rows]) for change, turn, weights in memory]
    scale, known = np.ones(len(rest)), np.zeros(len(rest), bool)
    shares = []
    for change, turn, weights in reversed(past):
        share = weights * _dot(change, rest)
        rest -= share[:, None] * turn
        shares.append(share)
        latest = (weights > 0) & ~known
        scale[latest] = 1 / (weights[latest] * _dot(turn[latest], turn[latest]))
        known |= latest
    rest *= scale[:, None]
    for (change, turn, weights), share in zip(past, reversed(shares), strict=True):
        rest += change * (share - weights * _dot(turn, rest))[:, None]
    lengths = np.maximum(np.linalg.norm(slopes[rows], axis=1), np.finfo(np.float64).tiny)
    first = _FIRST * np.maximum(1.0, np.linalg.norm(points[rows], axis=1)) / lengths
    return -rest, np.where(known, 1.0, first)


def _dot(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", first, second)
