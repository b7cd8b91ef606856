"""The stops of β for keyboard control."""

from __future__ import annotations

BETA_STOPS = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 25.0, 100.0)


def next_stop(beta: float, direction: int) -> float:
    """The next stop above `beta` (direction 1) or below it (-1); `beta` itself beyond the last."""
    if direction > 0:
        return next((stop for stop in BETA_STOPS if stop > beta), beta)
    return next((stop for stop in reversed(BETA_STOPS) if stop < beta), beta)
