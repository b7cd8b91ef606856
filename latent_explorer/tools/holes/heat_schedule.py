"""Decides how many points of a heat map are evaluated at a time, and when to show a picture."""

from __future__ import annotations

import time

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from trainer.latent.lattice import Evaluate

#: Maximum number of points evaluated at a time.
MOST = 8_192
#: A picture is shown if the next one would take longer than this (s).
_PATIENCE = 0.05


class HeatSchedule:
    """Measures the cost of a point. For one request; starts from the cost found by earlier ones."""

    def __init__(self, pace: AdaptiveChunks) -> None:
        """`pace`: the measure's, for at most `MOST` points."""
        self._pace = pace
        self._last = time.monotonic()

    def timed(self, evaluate: Evaluate) -> Evaluate:
        """`evaluate` with its cost measured."""

        def measured(points: np.ndarray) -> np.ndarray:
            with self._pace.measured(slice(0, max(1, len(points)))):
                return evaluate(points)

        return measured

    def batch(self) -> int:
        """Number of points in the next piece of work."""
        return self._pace.pictures()

    def soon(self, points: int) -> bool:
        """Whether a picture that needs `points` more points is soon enough to wait for."""
        return time.monotonic() - self._last + points * self._pace.cost < _PATIENCE

    def handed_out(self) -> None:
        """A picture was shown."""
        self._last = time.monotonic()
