"""Tick positions at round numbers, shared by the grid lines and the tick labels."""

from __future__ import annotations

import math

#: Minimum distance of grid lines in px.
_APART = 90
#: Share of the text colour in grid lines, and in the lines through the origin.
FAINT = (0.055, 0.13)


def grid_step(scale: float) -> float:
    """Distance of grid lines in world units, at `scale` pixels per world unit."""
    return tick_step(_APART / scale)


def tick_step(span: float) -> float:
    """The smallest number of the form 1, 2 or 5 times a power of ten that is at least `span` (positive)."""
    power = 10.0 ** math.floor(math.log10(span))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= span * (1 - 1e-9))


def ticks(low: float, high: float, step: float) -> list[float]:
    """The multiples of `step` in [low, high]."""
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def tick_text(value: float, step: float) -> str:
    """`value` with as many decimals as `step` needs, and a typographic minus sign."""
    if abs(value) < step / 2:
        return "0"
    if abs(value) >= 1e6 or step < 1e-6:
        return f"{value:.3g}".replace("-", "−")
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", "−")
