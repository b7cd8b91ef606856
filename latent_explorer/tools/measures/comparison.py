"""Which model is better in a row of the table: by the rule of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.measures.measure import Figure, Measure
from trainer.report.table import compared, of_density


@dataclass(frozen=True, slots=True)
class Better:
    """place: index of the better one. paired: whether it was compared image by image."""

    place: int
    paired: bool


def better_of(
    measure: Measure, figures: Sequence[Figure | None], likelihoods: Sequence[str] = ()
) -> Better | None:
    """The model that is significantly better than all others; None if there is none, or if a figure is missing.

    `likelihoods`: of the models.
    """
    known = [one for one in figures if one is not None and one.value is not None]
    if len(known) < 2 or len(known) < len(figures):
        return None
    if of_density(measure) and len({name == "bernoulli" for name in likelihoods}) > 1:
        return None
    verdict = compared(measure, [""] * len(known), known)
    return Better(verdict.best[0], verdict.paired) if len(verdict.best) == 1 else None
