"""How many points of a heat map are evaluated at a time, and when a picture of it is worth showing."""

from __future__ import annotations

import time

import numpy as np

from trainer.latent.lattice import Evaluate

#: Work between two looks whether it is still wanted (s), and points evaluated first, before their cost is known.
_PIECE = 0.015
_FIRST = 16
#: A picture is handed out when the next one would not come within this (s).
_PATIENCE = 0.05


class HeatPace:
    """Measures what a point costs. For one request."""

    def __init__(self) -> None:
        self._cost = 0.0
        self._last = time.monotonic()

    def timed(self, evaluate: Evaluate) -> Evaluate:
        """`evaluate`, with its cost noted."""

        def measured(points: np.ndarray) -> np.ndarray:
            started = time.perf_counter()
            values = evaluate(points)
            cost = (time.perf_counter() - started) / max(1, len(points))
            self._cost = cost if self._cost == 0 else 0.5 * (self._cost + cost)
            return values

        return measured

    def batch(self) -> int:
        """Points in the next piece of work."""
        return _FIRST if self._cost == 0 else int(np.clip(_PIECE / self._cost, 4, 8_192))

    def soon(self, points: int) -> bool:
        """Whether a picture that needs so many more points comes soon enough to wait for it."""
        return time.monotonic() - self._last + points * self._cost < _PATIENCE

    def handed_out(self) -> None:
        """A picture was shown."""
        self._last = time.monotonic()
