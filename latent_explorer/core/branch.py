"""The former branch of a run: its state before it went back to an earlier moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from latent_explorer.core.history import History
from trainer.reports import EvaluationReport


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A whole run up to its end, to be shown as a ghost and to be returned to. Nothing is appended to it.

    parted: the step up to which it and the present run are the same.
    """

    parted: int
    step: int
    epoch: float
    history: History = field(repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(repr=False)
