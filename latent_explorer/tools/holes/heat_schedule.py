"""How many points of a heat map are evaluated at a time, and when a picture of it is worth showing."""

from __future__ import annotations

import time

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from trainer.latent.lattice import Evaluate

#: Points evaluated at a time at most, however cheap they are.
MOST = 8_192
#: A picture is handed out when the next one would not come within this (s).
_PATIENCE = 0.05


class HeatSchedule:
    """Measures what a point costs. For one request; what earlier ones for the same measure found out is kept."""

    def __init__(self, pace: AdaptiveChunks) -> None:
        """`pace`: the measure's, for at most `MOST` points."""
        self._pace = pace
        self._last = time.monotonic()

    def timed(self, evaluate: Evaluate) -> Evaluate:
        """`evaluate`, with its cost noted."""

        def measured(points: np.ndarray) -> np.ndarray:
            with self._pace.measured(slice(0, max(1, len(points)))):
                return evaluate(points)

        return measured

    def batch(self) -> int:
        """Points in the next piece of work."""
        return self._pace.pictures()

    def soon(self, points: int) -> bool:
        """Whether a picture that needs so many more points comes soon enough to wait for it."""
        return time.monotonic() - self._last + points * self._pace.cost < _PATIENCE

    def handed_out(self) -> None:
        """A picture was shown."""
        self._last = time.monotonic()
