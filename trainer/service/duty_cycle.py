"""How often something may be done beside training: at an interval, and never for more than a share of the time."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]


class DutyCycle:
    """When the next turn is due.

    From the start of one turn to the start of the next pass at least `interval` seconds, and at least so many that
    the last turn took no more than `share` of them. On a machine that slows down the turns become rarer instead
    of eating the training.

    Args:
        interval: seconds.
        share: in (0, 1]; 1 does not look at the cost.
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
        """A turn starts; until `end`, its cost counts as nothing."""
        self._started = self._clock()
        self._due = self._started + self._interval

    def end(self) -> None:
        """The turn is over."""
        cost = self._clock() - self._started
        self._due = self._started + max(self._interval, cost / self._share)

    def hasten(self) -> None:
        """Make the next turn due at once."""
        self._due = self._clock()
