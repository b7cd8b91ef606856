"""Which models have curves, and what is drawn of each: the same on screen and in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.figures import Figures, figures_of, figures_of_member
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.marks import breaks_of
from latent_explorer.curves.smoothing import EMPTY, Curve, DrawnCurve, drawn_curve

#: The loss terms that every model is asked for.
USUAL = ("total", "reconstruction", "kl")


@dataclass(frozen=True, slots=True, eq=False)
class CurveLine:
    """A model whose curves are drawn. pane: whose accent they have; None for a member that is in none.

    has_posterior: None where that is seen by what is reported of it.
    """

    name: str
    pane: int | None
    figures: Figures
    has_posterior: bool | None = None

    def has(self, term: str) -> bool:
        """Whether the model has this loss term at all."""
        if term == "kl" and self.has_posterior is not None:
            return self.has_posterior
        history = self.figures.history
        if term not in history.names:
            return False
        if term in USUAL and (term != "kl" or not len(history)):
            return True
        return bool(np.isfinite(history.column(self.figures.member, term)).any())

    def curves(
        self, term: str, visible: tuple[float, float] | None, breaks: Sequence[int]
    ) -> tuple[DrawnCurve, Curve, Curve]:
        """Training, held-out and the former branch's (steps, values) of a term; empty without it.

        `breaks` of the run on show; they do not concern a model that was kept.
        """
        if not self.has(term):
            return DrawnCurve(EMPTY, EMPTY, 1), EMPTY, EMPTY
        history, cut = self.figures.history, breaks if self.figures.live else ()
        drawn = drawn_curve(history.steps, history.column(self.figures.member, term), visible, cut)
        return drawn, self.held_out(term), self._left(term)

    def held_out(self, term: str) -> Curve:
        """The held-out (steps, values) of a term that the model has; empty if no image is held out."""
        reports = [report for report in self.figures.evaluations if not report.none_held_out]
        if not reports:
            return EMPTY
        steps = np.array([report.step for report in reports], np.int64)
        return steps, np.array([report.held_out[0].get(term) for report in reports], np.float32)

    def _left(self, term: str) -> Curve:
        """The training (steps, values) of the branch that was left, from there on."""
        former, member = self.figures.former, self.figures.member
        if former is None or member >= former.history.members or term not in former.history.names:
            return EMPTY
        history = former.history
        steps, values = drawn_curve(
            history.steps, history.column(member, term), breaks=breaks_of(history, former)
        ).curve
        first = int(np.searchsorted(steps, former.parted))
        return steps[first:], values[first:]


def curve_lines(training: TrainingState, panes: Sequence[PaneState]) -> list[CurveLine]:
    """The models in the panes, each once and in its pane's accent, and members that are in no pane, grey."""
    lines: list[CurveLine] = []
    sources: list[object] = []
    for pane in panes:
        figures = figures_of(training, pane)
        if pane.model is not None and figures is not None and pane.source not in sources:
            sources.append(pane.source)
            lines.append(CurveLine(pane.model.short, pane.index, figures, pane.model.traits.has_posterior))
    for member in range(training.history.members):
        if member in sources:
            continue
        known = member < len(training.names)
        name = QCoreApplication.translate("CurvesDock", "model {0}").format(member + 1)
        lines.append(
            CurveLine(training.names[member][0] if known else name, None, figures_of_member(training, member))
        )
    return lines
