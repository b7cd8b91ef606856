"""Refines the code of one image by minimising its reconstruction loss. Torch-free.

The encoder computes a code in one forward pass; the best code for a single image can be better. Cremer, Li and
Duvenaud (2018) call the difference the amortisation gap. Minimises -ln p(x|z) with L-BFGS (Nocedal 1980) and
backtracking, so that no step increases the loss. The prior is not part of the objective.
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
#: Converged when this many steps together gain less than this share of the objective.
_PATIENCE, _ENOUGH = 6, 1e-5
#: Length of the first step, in code units.
_FIRST = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class RefinedCode:
    """A code after some steps.

    Attributes:
        code: float32 (d,).
        reconstruction: its decoded picture and loss.
        step: number of steps so far.
        done: converged, or the maximum number of steps is reached.
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
    """Refine `code` (d,) for `image`, uint8 (C, H, W). Yields the start, each step, and None in between.

    `variance` as in `reconstruct`: if a learned σ² is unknown, the squared error is minimised, which has the same
    minimum. The last one yielded is `done`; a code with a non-finite objective is done at once.
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
            memory.clear()  # the curvature estimate is no longer valid: restart with the gradient
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
    """The L-BFGS two-loop recursion on the gradient (d,)."""
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
