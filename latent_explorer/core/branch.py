"""The former branch of a run: its state before it went back to an earlier moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from latent_explorer.core.history import History
from trainer.reports import EvaluationReport


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """The reports of a run up to its end, shown faintly, to which the run can return. Never appended to.

    parted: the step up to which it is the same as the present run.
    """

    parted: int
    step: int
    epoch: float
    history: History = field(repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(repr=False)
