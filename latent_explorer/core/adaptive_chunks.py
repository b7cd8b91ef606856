"""The number of pictures made between two checks for a newer request."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Work between two looks (s), and pictures worked on first, before their cost is known.
_PIECE = 0.015
_FIRST = 2


class AdaptiveChunks:
    """Measures the time per picture, which differs a thousandfold between models. For one kind of work."""

    def __init__(self, most: int = 256) -> None:
        """`most`: pictures in a piece, however cheap they are."""
        self._most = most
        self._cost = 0.0

    def parts(self, count: int) -> Iterator[slice]:
        """Slices of 0 ... count - 1, each as long as the cost so far allows; work on each inside `measured`."""
        start = 0
        while start < count:
            part = slice(start, min(start + self.pictures(), count))
            yield part
            start = part.stop

    @contextmanager
    def measured(self, part: slice) -> Iterator[None]:
        """Take the time of the work on `part`."""
        started = time.perf_counter()
        yield
        cost = (time.perf_counter() - started) / (part.stop - part.start)
        self._cost = cost if not self._cost else 0.5 * (self._cost + cost)

    @property
    def cost(self) -> float:
        """Seconds a picture; 0 while it is not known."""
        return self._cost

    def pictures(self) -> int:
        """How many the next piece has."""
        if not self._cost:
            return _FIRST
        return min(self._most, max(1, int(_PIECE / self._cost)))
