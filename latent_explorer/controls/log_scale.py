"""The scale of a logarithmic control that includes 0: conversion between values and positions."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogScale:
    """Positions 0 to `steps` for the value 0 and values between `least` and `most`.

    Position 0 means exactly 0. Position p > 0 means `least` · 10^(p / `per_decade`), so that every power of ten
    above `least` has a position; `least` itself is not reachable.
    """

    least: float = 0.01
    most: float = 100.0
    per_decade: int = 100

    @property
    def steps(self) -> int:
        """The last position."""
        return round(math.log10(self.most / self.least) * self.per_decade)

    def value(self, position: int) -> float:
        """The value at `position`, to three significant digits; positions are clamped to the range."""
        if position <= 0:
            return 0.0
        exact = self.least * 10.0 ** (min(position, self.steps) / self.per_decade)
        return float(f"{exact:.3g}")

    def position(self, value: float) -> int:
        """The position nearest to `value` on the logarithmic scale; a value above 0 never gives position 0."""
        if value <= 0:
            return 0
        return min(max(round(math.log10(value / self.least) * self.per_decade), 1), self.steps)
