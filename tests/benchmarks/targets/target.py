"""What a target is: a protocol, rules for its figures, and what is known of them from elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmarks.report import Figure

if TYPE_CHECKING:
    from tests.benchmarks.targets.workplace import Workplace

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one figure has to be.

    Attributes:
        figure: its name.
        least, most: it must be in this closed interval; None leaves that side open.
        above, below: it must be truly beyond.
        word: it must be this word.
    """

    figure: str
    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    word: str | None = None

    def holds(self, figures: Figures) -> bool:
        """Whether the figure is there and as it has to be; NaN never is."""
        value = figures.get(self.figure)
        if self.word is not None:
            return value == self.word
        if value is None or isinstance(value, str):
            return False
        number = float(value)
        return (
            not math.isnan(number)
            and (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (self.above is None or number > self.above)
            and (self.below is None or number < self.below)
        )

    def __str__(self) -> str:
        if self.word is not None:
            return self.word
        if self.least is not None and self.least == self.most:
            return f"= {self.least:g}"
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g}"
        signs = (("≥", self.least), ("≤", self.most), (">", self.above), ("<", self.below))
        return ", ".join(f"{sign} {limit:.4g}" for sign, limit in signs if limit is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One line of SCIENCE section 5.

    Attributes:
        key: such as "T3".
        title: a few words.
        protocol: all that the figures depend on, in words. Figures kept of another protocol do not count.
        rules: all of them must hold for a seed to pass.
        run: figures of a seed; what takes long is trained in the workplace, which continues where it was.
        known: of some figures, what was published or first measured with reference code, to be read beside ours.
        exact: whether it is an exact law, which must hold for every seed; otherwise for two of three.
    """

    key: str
    title: str
    protocol: str
    rules: tuple[Rule, ...]
    run: Callable[[int, Workplace], Figures] = field(repr=False)
    known: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False

    def failures(self, figures: Figures) -> list[str]:
        """Names of the figures of a seed that are not as they have to be."""
        return [rule.figure for rule in self.rules if not rule.holds(figures)]

    def needed(self, seeds: int) -> int:
        """How many of so many seeds must pass."""
        return seeds if self.exact else math.ceil(2 * seeds / 3)
