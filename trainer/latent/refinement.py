"""Moving a code until the decoder's picture of it is as near to an image as it gets: refining z. Torch-free.

The encoder's answer is one pass through a network; the best code for one image can be better (Cremer, Li and
Duvenaud 2018 call the difference the amortisation gap). Gradient steps on -ln p(x|z) by L-BFGS (Nocedal 1980) with
backtracking: no step makes the loss worse. The prior plays no part.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from trainer.latent.reconstruction import Reconstruction, reconstruct
from trainer.replica.replica import Replica

MOST_STEPS = 200
_MEMORY = 10
_ARMIJO = 1e-4
_HALVINGS = 20
#: It is done when so many steps together gain less than this share of the objective's size.
_PATIENCE, _ENOUGH = 6, 1e-5
#: Length of the very first step, in units of codes.
_FIRST = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class RefinedCode:
    """A code after some steps.

    Attributes:
        code: float32 (d,).
        reconstruction: what it decodes to.
        step: number of steps so far.
        done: no further step helps, or the most steps are made.
    """

    code: np.ndarray = field(repr=False)
    reconstruction: Reconstruction
    step: int
    done: bool


def refine(
    replica: Replica,
    image: np.ndarray,
    code: np.ndarray,
    most_steps: int = MOST_STEPS,
    variance: float | None = None,
) -> Iterator[RefinedCode | None]:
    """Improve `code` (d,) for `image`, uint8 (C, H, W). Yields the start, each step, and None in between.

    `variance` as in `reconstruct`: without a learned σ² the squared error is improved; its best code is the same.

    The last one yielded is `done`. A code at which nothing is finite is done at once.
    """
    here = np.array(code, np.float64)
    now = reconstruct(replica, here, image, variance)
    slope = now.gradient()
    yield None
    if not np.isfinite(now.objective) or not np.isfinite(slope).all() or not slope.any():
        yield RefinedCode(here.astype(np.float32), now, 0, True)
        return
    yield RefinedCode(here.astype(np.float32), now, 0, False)
    memory: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=_MEMORY)
    reached = deque([now.objective], maxlen=_PATIENCE + 1)
    step = 0
    while step < most_steps:
        direction = -_two_loops(slope, memory)
        descent = float(direction @ slope)
        size = 1.0 if memory else _FIRST * max(1.0, float(np.linalg.norm(here))) / float(np.linalg.norm(slope))
        found = None
        for _ in range(_HALVINGS if descent < 0 else 0):
            there = here + size * direction
            tried = reconstruct(replica, there, image, variance)
            yield None
            if np.isfinite(tried.objective) and tried.objective <= now.objective + _ARMIJO * size * descent:
                found = tried
                break
            size *= 0.5
        if found is None:
            if not memory:
                break
            memory.clear()  # what was learned of the curvature no longer holds: start again downhill
            continue
        fresh = found.gradient()
        change, turn = there - here, fresh - slope
        if float(change @ turn) > 1e-10 * float(np.linalg.norm(change) * np.linalg.norm(turn)):
            memory.append((change, turn))
        here, now, slope = there, found, fresh
        step += 1
        reached.append(now.objective)
        if not np.isfinite(slope).all() or not slope.any():
            break
        if len(reached) > _PATIENCE and reached[0] - now.objective <= _ENOUGH * max(1.0, abs(now.objective)):
            break
        yield RefinedCode(here.astype(np.float32), now, step, False)
    yield RefinedCode(here.astype(np.float32), now, step, True)


def _two_loops(gradient: np.ndarray, memory: deque[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The quasi-Newton product with the gradient (d,)."""
    rest = gradient.copy()
    weights = []
    for change, turn in reversed(memory):
        weight = float(change @ rest) / float(change @ turn)
        rest -= weight * turn
        weights.append(weight)
    if memory:
        change, turn = memory[-1]
        rest *= float(change @ turn) / float(turn @ turn)
    for (change, turn), weight in zip(memory, reversed(weights), strict=True):
        rest += change * (weight - float(turn @ rest) / float(change @ turn))
    return rest
