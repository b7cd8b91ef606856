"""The models with curves and their data, shared by screen and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.figures import Figures, figures_of, figures_of_member
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curve_data import (
    EMPTY,
    DrawnCurve,
    former_curve,
    held_out_curve,
    training_curve,
)

#: The loss terms offered for every model.
USUAL = ("total", "reconstruction", "kl")

Curve = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class CurveLine:
    """A model with curves. pane: the pane whose accent colour they have; None for a member in no pane.

    has_posterior: None if this follows from its reports.
    """

    name: str
    pane: int | None
    figures: Figures
    has_posterior: bool | None = None

    def has(self, term: str) -> bool:
        """Whether the model has this loss term."""
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

        `breaks` of the present run; they do not apply to a kept model.
        """
        if not self.has(term):
            return DrawnCurve(EMPTY, EMPTY, 1), EMPTY, EMPTY
        figures = self.figures
        cut = breaks if figures.live else ()
        return (
            training_curve(figures.history, figures.member, term, visible, cut),
            held_out_curve(figures.evaluations, term),
            former_curve(figures.former, figures.member, term),
        )


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
