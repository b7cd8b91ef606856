"""Timing of the animation from one refresh of the map to the next."""

from __future__ import annotations


def smooth(share: float) -> float:
    """Cubic ease-in and ease-out: maps [0, 1] to [0, 1] with zero speed at both ends; clamped outside."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


class Easing:
    """Progress of an animation. Times are in seconds of a monotonic clock; the caller owns clock and timer."""

    def __init__(self, seconds: float = 0.25) -> None:
        self.seconds = seconds
        self._began: float | None = None

    @property
    def running(self) -> bool:
        """Whether an animation has begun and not ended."""
        return self._began is not None

    def begin(self, now: float) -> None:
        """Start a new animation."""
        self._began = now

    def end(self) -> None:
        """End the animation."""
        self._began = None

    def share(self, now: float) -> float:
        """Eased progress in [0, 1]; 1 if no animation runs."""
        if self._began is None:
            return 1.0
        return smooth((now - self._began) / self.seconds)
