"""Whether the user is dragging on a map: updates that do not follow the drag are then less frequent."""

from __future__ import annotations

import math
import time

#: Seconds after the last move during which a drag counts as moving.
_PAUSE = 0.15


class Hand:
    """Records moves of drags on maps. One instance for the program: `hand()`."""

    def __init__(self) -> None:
        self._moved = -math.inf

    def move(self) -> None:
        """Record a move."""
        self._moved = time.monotonic()

    @property
    def moves(self) -> bool:
        """Whether a drag is moving."""
        return time.monotonic() - self._moved < _PAUSE


_HAND = Hand()


def hand() -> Hand:
    """The instance of the program."""
    return _HAND
