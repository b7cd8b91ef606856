"""Decides when to keep a moment of a run, and which kept moment to remove first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from trainer.service.duty_cycle import Clock, DutyCycle

#: Seconds between moments while training, and the share of the time that keeping them may take.
EVERY, SHARE = 1.0, 0.015
#: Most is learned in the first steps: each is kept up to this one, then those that are this factor after the
#: previous : one, while that takes no more than this many seconds and this share of the time since the first.
EARLY_STEPS, GROWTH, EARLY_SECONDS, EARLY_SHARE = 10, 1.3, 5.0, 0.2


class MomentPace:
    """The rate at which moments are kept: densely in the first seconds, later within a share of the time."""

    def __init__(self, every: float, clock: Clock) -> None:
        self._clock = clock
        self._pace = DutyCycle(every, SHARE, clock=clock)
        self.restart()

    def restart(self) -> None:
        """Reset for another run."""
        #: Seconds spent on early moments, and the time when the first was requested.
        self._early_spent, self._early_since = 0.0, 0.0

    def due(self) -> bool:
        """Whether the interval of later moments has passed."""
        return self._pace.due()

    def early(self, last: int, step: int) -> bool:
        """Whether a moment of `step`, after one of step `last`, is kept regardless of the interval; see
        `EARLY_STEPS`.
        """
        if step <= last or EARLY_STEPS < step < GROWTH * last:
            return False
        self._early_since = self._early_since or self._clock()
        allowed = EARLY_SECONDS + EARLY_SHARE * (self._clock() - self._early_since)
        return self._early_spent < allowed

    @contextmanager
    def keeping(self, early: float | None) -> Iterator[None]:
        """Context: measure the time of keeping a moment. early: seconds already spent on an early one; else
        None.
        """
        began = self._clock()
        if early is None:
            self._pace.begin()
        try:
            yield
        finally:
            if early is None:
                self._pace.end()
            else:
                self._early_spent += early + self._clock() - began


def spread_positions(steps: Sequence[int]) -> list[float]:
    """Positions of moments on the scale on which they are evenly spaced: the logarithm of the step.

    The first steps move the maps more than thousands of late ones.
    """
    return [math.log1p(step) for step in steps]


def least_needed(steps: Sequence[int]) -> int | None:
    """The index of the moment whose neighbours are nearest to each other, never the first or last one; or None."""
    places = spread_positions(steps)
    inner = range(1, len(steps) - 1)
    return min(inner, key=lambda place: places[place + 1] - places[place - 1], default=None)
