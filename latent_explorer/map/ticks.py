"""Round numbers along an axis, shared by the grid under the points and the labels over them."""

from __future__ import annotations

import math

#: Pixels between grid lines, at least.
_APART = 90


def grid_step(scale: float) -> float:
    """World units between grid lines for a scale of that many pixels a world unit."""
    return tick_step(_APART / scale)


def tick_step(span: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `span` (positive)."""
    power = 10.0 ** math.floor(math.log10(span))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= span * (1 - 1e-9))


def ticks(low: float, high: float, step: float) -> list[float]:
    """Multiples of `step` within [low, high]."""
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def tick_text(value: float, step: float) -> str:
    """As many decimals as the step needs, with a true minus sign."""
    if abs(value) < step / 2:
        return "0"
    if abs(value) >= 1e6 or step < 1e-6:
        return f"{value:.3g}".replace("-", "−")
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", "−")
