"""The number of pictures computed between two checks for a newer request."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds of work between two checks, and number of pictures in the first piece, whose cost is unknown.
_PIECE = 0.015
_FIRST = 2


class AdaptiveChunks:
    """Measures the time per picture, which differs a thousandfold between models. For one kind of work."""

    def __init__(self, most: int = 256) -> None:
        """`most`: maximum number of pictures in a piece."""
        self._most = most
        self._cost = 0.0

    def parts(self, count: int) -> Iterator[slice]:
        """Yield slices of 0 ... count - 1, sized by the cost so far; process each inside `measured`."""
        start = 0
        while start < count:
            part = slice(start, min(start + self.pictures(), count))
            yield part
            start = part.stop

    @contextmanager
    def measured(self, part: slice) -> Iterator[None]:
        """Context: measure the time of the work on `part`."""
        started = time.perf_counter()
        yield
        cost = (time.perf_counter() - started) / (part.stop - part.start)
        self._cost = cost if not self._cost else 0.5 * (self._cost + cost)

    @property
    def cost(self) -> float:
        """Seconds per picture; 0 while unknown."""
        return self._cost

    def pictures(self) -> int:
        """Size of the next piece."""
        if not self._cost:
            return _FIRST
        return min(self._most, max(1, int(_PIECE / self._cost)))
