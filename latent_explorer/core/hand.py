"""Whether a hand drags something on a map just now: what does not follow it waits a little longer meanwhile."""

from __future__ import annotations

import math
import time

#: Seconds after its last move for which a hand is still taken to move.
_PAUSE = 0.15


class Hand:
    """Notes the moves of drags on maps. One for the program, as there is one hand: `hand()`."""

    def __init__(self) -> None:
        self._moved = -math.inf

    def move(self) -> None:
        """Note that it moves."""
        self._moved = time.monotonic()

    @property
    def moves(self) -> bool:
        """Whether it does."""
        return time.monotonic() - self._moved < _PAUSE


_HAND = Hand()


def hand() -> Hand:
    """The hand."""
    return _HAND
