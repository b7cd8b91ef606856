"""Minimises many independent functions at once by L-BFGS (Nocedal 1980) with backtracking. Torch-free.

As `trainer.latent.refinement`, but every row has a function, a memory and a step length of its own, and all rows
are evaluated in one call: 64 codes cost a network little more than one. No step increases a function. Cost: some
4·m·n·d a step with a memory of m, beside the evaluations.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from trainer.progress import UNWATCHED, Monitor

_MEMORY = 10
_ARMIJO = 1e-4
_HALVINGS = 20
#: A row is done when this many steps together gain less than this share of its value.
_PATIENCE, _ENOUGH = 6, 1e-5
#: Length of the first step, relative to that of the point, or to 1.
_FIRST = 0.1

#: Points float64 (k, d) and their rows (k,) -> values float64 (k,) and gradients float64 (k, d).
Objective = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def descended(
    objective: Objective, start: np.ndarray, most_steps: int, monitor: Monitor = UNWATCHED
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise `objective` from `start` (n, d): float64 points (n, d) and values (n,).

    A row whose value or gradient is not finite stays where it is. Raises `CancelledError`.
    """
    points = np.array(start, np.float64)
    values, slopes = objective(points, np.arange(len(points)))
    memory: deque[tuple[np.ndarray, np.ndarray, np.ndarray]] = deque(maxlen=_MEMORY)
    fresh = np.ones(len(points), bool)  # nothing remembered
    active = np.isfinite(values) & np.isfinite(slopes).all(axis=1) & slopes.any(axis=1)
    reached = deque([values.copy()], maxlen=_PATIENCE + 1)
    for _ in range(most_steps):
        if not active.any():
            break
        directions = -_two_loops(slopes, memory)
        descents = _dot(directions, slopes)
        lengths = np.linalg.norm(slopes, axis=1)
        first = _FIRST * np.maximum(1.0, np.linalg.norm(points, axis=1)) / np.maximum(lengths, 1e-300)
        sizes = np.where(fresh, first, 1.0)
        before, turned = points.copy(), slopes.copy()
        stuck = _step(objective, points, values, slopes, directions, descents, sizes, active, monitor)
        change, turn = points - before, slopes - turned
        # A curvature that is not positive is not remembered: weight 0.
        product = _dot(change, turn)
        good = product > 1e-10 * np.linalg.norm(change, axis=1) * np.linalg.norm(turn, axis=1)
        memory.append((change, turn, np.where(good, 1 / np.where(good, product, 1.0), 0.0)))
        # Where no step was found the curvature is no longer valid: once more with the gradient, then done.
        active &= ~(stuck & fresh) & slopes.any(axis=1)
        for _, _, weights in memory:
            weights[stuck] = 0.0
        fresh = stuck | (fresh & ~good)
        reached.append(values.copy())
        if len(reached) > _PATIENCE:
            active &= reached[0] - values > _ENOUGH * np.abs(values)
    return points, values


def _step(
    objective: Objective,
    points: np.ndarray,
    values: np.ndarray,
    slopes: np.ndarray,
    directions: np.ndarray,
    descents: np.ndarray,
    sizes: np.ndarray,
    active: np.ndarray,
    monitor: Monitor,
) -> np.ndarray:
    """Move every active row downhill, in place. Those for which no step was found: bool (n,)."""
    pending = np.flatnonzero(active & (descents < 0))
    stuck = active & ~(descents < 0)
    for _ in range(_HALVINGS):
        if not len(pending):
            return stuck
        monitor.check()
        there = points[pending] + sizes[pending, None] * directions[pending]
        found, gradients = objective(there, pending)
        enough = found <= values[pending] + _ARMIJO * sizes[pending] * descents[pending]
        enough &= np.isfinite(found) & np.isfinite(gradients).all(axis=1)
        moved = pending[enough]
        points[moved], values[moved], slopes[moved] = there[enough], found[enough], gradients[enough]
        pending = pending[~enough]
        sizes[pending] *= 0.5
    stuck[pending] = True
    return stuck


def _two_loops(slopes: np.ndarray, memory: deque[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> np.ndarray:
    """The L-BFGS recursion on gradients (n, d); an entry: change, turn (n, d), 1 / their product (n,) or 0."""
    rest = slopes.copy()
    shares = []
    for change, turn, weights in reversed(memory):
        share = weights * _dot(change, rest)
        rest -= share[:, None] * turn
        shares.append(share)
    scale, known = np.ones(len(rest)), np.zeros(len(rest), bool)
    for _, turn, weights in reversed(memory):
        latest = (weights > 0) & ~known
        square = _dot(turn, turn)
        scale[latest] = 1 / (weights[latest] * square[latest])
        known |= latest
        if known.all():
            break
    rest *= scale[:, None]
    for (change, turn, weights), share in zip(memory, reversed(shares), strict=True):
        rest += change * (share - weights * _dot(turn, rest))[:, None]
    return rest


def _dot(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", first, second)
