"""Geodesics of the pull-back metric: the path along which the decoded picture changes least. Torch-free.

The decoder D with Jacobian J induces the metric G(z) = J(z)ᵀ J(z) on codes (Arvanitidis et al. 2018). A geodesic
of G with fixed ends minimises the energy of the curve. On n points the energy is the sum of squared differences of
neighbouring pictures; its gradient takes one vector-Jacobian product per point and never forms G.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import numpy as np

#: Cotangents float32, shaped like the pictures -> gradients with respect to the codes, (n, d).
Pull = Callable[[np.ndarray], np.ndarray]
#: Codes float32 (n, d) -> pictures (n, ...) and their vector-Jacobian product.
Differentiable = Callable[[np.ndarray], tuple[np.ndarray, Pull]]

#: Codes decoded between two yields.
CHUNK = 16
_MEMORY = 12
_ARMIJO = 1e-4
_HALVINGS = 12
#: The first step moves no point by more than this share of the path's length.
_FIRST = 0.1
#: Converged when this many steps together lower the energy by less than this share.
_PATIENCE, _ENOUGH = 8, 2e-4


@dataclass(frozen=True, slots=True, eq=False)
class Refined:
    """A path during the minimisation.

    Attributes:
        path: float32 (n, d).
        change: float32 (n - 1,), root mean squared difference of neighbouring pictures over their pixels.
        stops: int (s,), indices of the fixed points.
        energy: (n - 1) times the sum over steps of the mean squared difference of pictures over their pixels; at
            constant speed its square root is the path's length in root-mean-square grey levels (white = 1).
        steps: number of minimisation steps so far.
        done: whether this is the last path.
        converged: whether further steps would make no visible difference; a path that is done but not converged
            ran out of steps or found no descent.
        flaw: the defect that `fine_geodesic` finds at its finest resolution: "leaps" (skipped changes), "detour"
            (replaced by the straight path) or "".
    """

    path: np.ndarray = field(repr=False)
    change: np.ndarray = field(repr=False)
    stops: np.ndarray = field(repr=False)
    energy: float
    steps: int
    done: bool = False
    converged: bool = False
    flaw: str = ""


def geodesic(
    decode: Differentiable,
    path: np.ndarray,
    stops: np.ndarray | None = None,
    most_steps: int = 300,
    chunk: int = CHUNK,
) -> Iterator[Refined | None]:
    """Minimise the energy of `path` (n, d) with its stops fixed.

    `stops`: indices of the fixed points, both ends included; None for the ends alone. A generator: yields the
    initial path and the path after every step, None about every `chunk` codes in between, and ends with a path
    that is `done`.

    L-BFGS, preconditioned with the second difference operator of the path, so that for a linear decoder the
    condition number is the decoder's own, whatever the number of points. The result is a geodesic of the decoder
    only if the path has enough points: see `fine_geodesic.fine_geodesic`.
    """
    points = np.array(path, np.float64)
    fixed = np.array([0, len(points) - 1] if stops is None else stops, np.intp)
    free = np.setdiff1d(np.arange(len(points)), fixed)
    energy, pulls, pictures, change = yield from _energy(decode, points, chunk)
    span = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
    if not len(free) or not np.isfinite(energy) or energy == 0 or not span > 0:
        yield Refined(points.astype(np.float32), change, fixed, energy, 0, True, True)
        return
    yield Refined(points.astype(np.float32), change, fixed, energy, 0)
    smooth = _smoother(len(points), free)
    gradient = (yield from _gradient(pictures, pulls))[free]
    memory: deque[tuple[np.ndarray, np.ndarray, float]] = deque(maxlen=_MEMORY)
    energies = deque([energy], maxlen=_PATIENCE + 1)
    converged = False
    for step in range(1, most_steps + 1):
        direction = -_two_loops(gradient, memory, smooth)
        slope = float(np.vdot(direction, gradient))
        if not slope < 0:
            memory.clear()
            direction = -(smooth @ gradient)
            slope = float(np.vdot(direction, gradient))
        size = 1.0
        if not memory:
            farthest = float(np.linalg.norm(direction, axis=1).max())
            size = _FIRST * span / farthest if farthest > 0 else 0.0
        moved = yield from _search(decode, points, free, direction, size, energy, slope, chunk)
        if moved is None:
            if not memory:
                # Close to the minimum rounding makes the search fail. This step size is the exact one if pictures
                # change with the codes as much as they do on average along the path so far.
                whole = float(np.square(np.diff(points, axis=0)).sum()) / (2 * energy)
                converged = -slope * min(size, whole) < _ENOUGH * energy
                break
            memory.clear()
            continue
        new, energy, pulls, pictures, change = moved
        fresh = (yield from _gradient(pictures, pulls))[free]
        shift, turn = new[free] - points[free], fresh - gradient
        curvature = float(np.vdot(shift, turn))
        if curvature > 1e-10 * float(np.linalg.norm(shift) * np.linalg.norm(turn)):
            memory.append((shift, turn, curvature))
        points, gradient = new, fresh
        energies.append(energy)
        if len(energies) > _PATIENCE and energies[0] - energy < _ENOUGH * energies[0]:
            converged = True
            break
        yield Refined(points.astype(np.float32), change, fixed, energy, step)
    yield Refined(points.astype(np.float32), change, fixed, energy, step, True, converged)


def _energy(
    decode: Differentiable, points: np.ndarray, chunk: int
) -> Generator[None, None, tuple[float, list[tuple[slice, Pull]], np.ndarray, np.ndarray]]:
    """Energy of a path, the inputs of its gradient (pulls of each chunk, pictures), and the change per step."""
    pulls: list[tuple[slice, Pull]] = []
    decoded = []
    for start in range(0, len(points), chunk):
        rows = slice(start, min(start + chunk, len(points)))
        pictures, pull = decode(points[rows].astype(np.float32))
        pulls.append((rows, pull))
        decoded.append(np.asarray(pictures))
        yield
    pictures = np.concatenate(decoded)
    steps = np.diff(pictures.reshape(len(pictures), -1), axis=0)
    squares = np.einsum("ij,ij->i", steps, steps, dtype=np.float64) / steps.shape[1]
    return (len(points) - 1) * float(squares.sum()), pulls, pictures, np.sqrt(squares).astype(np.float32)


def _gradient(pictures: np.ndarray, pulls: list[tuple[slice, Pull]]) -> Generator[None, None, np.ndarray]:
    """Gradient of the energy with respect to all points, float64 (n, d); ignore the rows of fixed points."""
    bend = np.zeros_like(pictures)
    bend[1:-1] = 2 * pictures[1:-1] - pictures[:-2] - pictures[2:]
    bend *= np.float32(2 * (len(pictures) - 1) / pictures[0].size)
    parts = []
    for rows, pull in pulls:
        parts.append(np.asarray(pull(bend[rows]), np.float64))
        yield
    return np.concatenate(parts)


def _search(
    decode: Differentiable,
    points: np.ndarray,
    free: np.ndarray,
    direction: np.ndarray,
    size: float,
    energy: float,
    slope: float,
    chunk: int,
) -> Generator[None, None, tuple[np.ndarray, float, list[tuple[slice, Pull]], np.ndarray, np.ndarray] | None]:
    """Backtracking line search with the Armijo condition; None if no step fulfils it."""
    for _ in range(_HALVINGS):
        tried = points.copy()
        tried[free] += size * direction
        reached, pulls, pictures, change = yield from _energy(decode, tried, chunk)
        if np.isfinite(reached) and reached <= energy + _ARMIJO * size * slope:
            return tried, reached, pulls, pictures, change
        size *= 0.4
    return None


def _smoother(count: int, free: np.ndarray) -> np.ndarray:
    """Inverse of the second difference operator on the free points of a path of `count` points: (f, f)."""
    second = 2 * np.eye(count) - np.eye(count, k=1) - np.eye(count, k=-1)
    return np.linalg.inv(second[np.ix_(free, free)])


def _two_loops(
    gradient: np.ndarray, memory: deque[tuple[np.ndarray, np.ndarray, float]], smooth: np.ndarray
) -> np.ndarray:
    """L-BFGS two-loop recursion on the gradient (f, d) (Nocedal 1980); `smooth` is the initial inverse Hessian."""
    rest = gradient.copy()
    weights = []
    for change, turn, curvature in reversed(memory):
        weight = float(np.vdot(change, rest)) / curvature
        rest -= weight * turn
        weights.append(weight)
    rest = smooth @ rest
    if memory:
        _, turn, curvature = memory[-1]
        rest *= curvature / float(np.vdot(turn, smooth @ turn))
    for (change, turn, curvature), weight in zip(memory, reversed(weights), strict=True):
        rest += change * (weight - float(np.vdot(turn, rest)) / curvature)
    return rest
