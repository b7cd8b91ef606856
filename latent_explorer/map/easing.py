"""Motion from one refresh of the map to the next."""

from __future__ import annotations


def smooth(share: float) -> float:
    """Cubic ease in and out: 0 to 1 with both ends at rest; clamped outside."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


class Easing:
    """How far a motion has come. Times are in seconds of any steady clock; the caller owns the clock and timer."""

    def __init__(self, seconds: float = 0.25) -> None:
        self.seconds = seconds
        self._began: float | None = None

    @property
    def running(self) -> bool:
        """Whether a motion has begun and has not been ended."""
        return self._began is not None

    def begin(self, now: float) -> None:
        """Start over."""
        self._began = now

    def end(self) -> None:
        """No motion any more."""
        self._began = None

    def share(self, now: float) -> float:
        """Eased share of the way, 1 when nothing moves."""
        if self._began is None:
            return 1.0
        return smooth((now - self._began) / self.seconds)
