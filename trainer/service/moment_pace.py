"""When a moment of a run is worth keeping, and which of those that are kept is needed least."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from trainer.service.duty_cycle import Clock, DutyCycle

#: Seconds between moments while training, and the share of the time that keeping them may take.
EVERY, SHARE = 1.0, 0.015
#: The first steps teach most: up to this one each is kept, then every one this much farther on than the one
#: before, while that has taken no more than so many seconds and this share of the time since the first.
EARLY_STEPS, GROWTH, EARLY_SECONDS, EARLY_SHARE = 10, 1.3, 5.0, 0.2


class MomentPace:
    """How often moments are kept: the first steps densely for some seconds, later ones in a share of the time."""

    def __init__(self, every: float, clock: Clock) -> None:
        self._clock = clock
        self._pace = DutyCycle(every, SHARE, clock=clock)
        self.restart()

    def restart(self) -> None:
        """Another run begins."""
        #: What early moments have taken, in seconds, and when the first was asked for.
        self._early_spent, self._early_since = 0.0, 0.0

    def due(self) -> bool:
        """Whether the pace of later moments allows another."""
        return self._pace.due()

    def early(self, last: int, step: int) -> bool:
        """Whether a moment of `step`, after one of step `last`, is kept whatever the pace: see `EARLY_STEPS`."""
        if step <= last or EARLY_STEPS < step < GROWTH * last:
            return False
        self._early_since = self._early_since or self._clock()
        allowed = EARLY_SECONDS + EARLY_SHARE * (self._clock() - self._early_since)
        return self._early_spent < allowed

    @contextmanager
    def keeping(self, early: float | None) -> Iterator[None]:
        """Measure what keeping a moment takes. early: seconds spent on an early one before; else None."""
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
    """Positions of moments on the scale on which they are kept evenly spread: the logarithm of the step.

    The first steps move the maps more than thousands of late ones.
    """
    return [math.log1p(step) for step in steps]


def least_needed(steps: Sequence[int]) -> int | None:
    """The place of the moment whose neighbours are nearest to each other, never a first or last one; or None."""
    places = spread_positions(steps)
    inner = range(1, len(steps) - 1)
    return min(inner, key=lambda place: places[place + 1] - places[place - 1], default=None)
