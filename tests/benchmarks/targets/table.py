"""The figures of targets as text: rule, figure of each seed, what is known from elsewhere, verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.report import shown
from tests.benchmarks.targets.kept import Kept
from tests.benchmarks.targets.target import Target


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target and what is kept of each seed that was asked for; None where it has not been measured."""

    target: Target
    seeds: Mapping[int, Kept | None]

    @property
    def passed(self) -> int:
        """How many seeds pass."""
        return sum(kept is not None and not self.target.failures(kept.figures) for kept in self.seeds.values())

    @property
    def missed(self) -> int:
        """How many seeds were measured and do not pass."""
        return sum(kept is not None for kept in self.seeds.values()) - self.passed

    @property
    def needed(self) -> int:
        """How many seeds must pass."""
        return self.target.needed(len(self.seeds))

    @property
    def passes(self) -> bool | None:
        """Whether the target is met; None while seeds that have not been measured decide."""
        if self.passed >= self.needed:
            return True
        return False if len(self.seeds) - self.missed < self.needed else None

    @property
    def verdict(self) -> str:
        """In words."""
        word = {True: "passes", False: "MISSED", None: "open"}[self.passes]
        rule = "all seeds must" if self.target.exact else "two of three must"
        measured = self.passed + self.missed
        of = f"{self.passed} of {measured} seeds pass" if measured else "nothing measured"
        return f"{word} ({of}; {rule})"

    def to_json(self) -> dict[str, object]:
        """All of it."""
        return {
            "title": self.target.title,
            "protocol": self.target.protocol,
            "rules": {rule.figure: str(rule) for rule in self.target.rules},
            "known": dict(self.target.known),
            "seeds": {
                str(seed): {
                    "figures": kept.figures,
                    "failed": self.target.failures(kept.figures),
                    "cpu_seconds": kept.cpu_seconds,
                }
                for seed, kept in self.seeds.items()
                if kept is not None
            },
            "seeds_needed": self.needed,
            "passes": self.passes,
        }


def table(outcomes: Sequence[Outcome]) -> str:
    """All of them below one another; a figure that its rule does not allow has a cross."""
    return "\n\n".join(_one(outcome) for outcome in outcomes)


def _one(outcome: Outcome) -> str:
    target, rules = outcome.target, {rule.figure: rule for rule in outcome.target.rules}
    names = list(rules)
    for kept in outcome.seeds.values():
        names += [name for name in (kept.figures if kept else ()) if name not in names]
    rows = [["", "rule", *(f"seed {seed}" for seed in outcome.seeds), "known"]]
    for name in names:
        cells = []
        for kept in outcome.seeds.values():
            value = None if kept is None else kept.figures.get(name)
            wrong = kept is not None and name in rules and not rules[name].holds(kept.figures)
            cells.append(("-" if value is None else shown(value)) + (" ✗" if wrong else ""))
        rows.append([name, str(rules.get(name, "")), *cells, target.known.get(name, "")])
    seconds = [f"{kept.cpu_seconds:.0f}" if kept else "-" for kept in outcome.seeds.values()]
    rows.append(["processor seconds", "", *seconds, ""])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"{target.key} {target.title}: {outcome.verdict}", f"   {target.protocol}"]
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        cells += [cell.rjust(width) for cell, width in zip(row[2:-1], widths[2:-1], strict=True)]
        lines.append("   " + "  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)
