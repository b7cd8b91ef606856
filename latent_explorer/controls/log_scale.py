"""The scale of a logarithmic control that begins at 0: numbers to positions and back."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogScale:
    """Positions 0 to `steps` for the values 0 and `least` to `most`.

    Position 0 is exactly 0; the others lie evenly in the logarithm, `per_decade` to a decade, counted from
    `least` (whose place 0 takes), so that every power of ten has a position of its own.
    """

    least: float = 0.01
    most: float = 100.0
    per_decade: int = 100

    @property
    def steps(self) -> int:
        """The last position."""
        return round(math.log10(self.most / self.least) * self.per_decade)

    def value(self, position: int) -> float:
        """The value at `position`, to three significant digits; positions beyond the ends are taken back."""
        if position <= 0:
            return 0.0
        exact = self.least * 10.0 ** (min(position, self.steps) / self.per_decade)
        return float(f"{exact:.3g}")

    def position(self, value: float) -> int:
        """The position nearest to `value` in the logarithm; values above 0 never fall on the stop at 0."""
        if value <= 0:
            return 0
        return min(max(round(math.log10(value / self.least) * self.per_decade), 1), self.steps)
