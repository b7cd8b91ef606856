"""Limits how often work is done during training: at an interval, and never for more than a share of the time."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]


class DutyCycle:
    """Determines when the next turn is due.

    Turns start at least `interval` seconds apart, and so far apart that the last turn took at most `share` of the
    time. On a slow machine turns become rarer instead of slowing down the training.

    Args:
        interval: seconds.
        share: in (0, 1]; 1 ignores the cost.
        delay: seconds until the first turn is due.
        clock: seconds, monotonic.
    """

    def __init__(
        self, interval: float, share: float = 1.0, delay: float = 0.0, clock: Clock = time.monotonic
    ) -> None:
        self._interval = interval
        self._share = share
        self._clock = clock
        self._due = clock() + delay
        self._started = self._due

    def due(self) -> bool:
        """Whether a turn may be taken now."""
        return self._clock() >= self._due

    def begin(self) -> None:
        """Start a turn; until `end` its cost counts as zero."""
        self._started = self._clock()
        self._due = self._started + self._interval

    def end(self) -> None:
        """End the turn."""
        cost = self._clock() - self._started
        self._due = self._started + max(self._interval, cost / self._share)

    def hasten(self) -> None:
        """Make the next turn due immediately."""
        self._due = self._clock()
