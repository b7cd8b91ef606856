"""What measuring a target for one seed gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.report import Figure


@dataclass
class Verdict:
    """Figures by name, and which of the criterion's parts did not hold."""

    figures: dict[str, Figure] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def note(self, name: str, figure: Figure) -> None:
        """Keep a figure."""
        self.figures[name] = figure

    def require(self, holds: bool, what: str) -> None:
        """Keep `what` among the failures unless it holds."""
        if not holds:
            self.failures.append(what)

    @property
    def passed(self) -> bool:
        """Whether every part held."""
        return not self.failures
