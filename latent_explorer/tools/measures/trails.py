"""The data of the phase plot: reconstruction loss against KL over the steps of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.figures import figures_of, figures_of_member
from latent_explorer.core.pane import Frozen, PaneState
from latent_explorer.core.training import TrainingState
from trainer.reports import EvaluationReport

#: Maximum number of evaluations drawn per model, evenly chosen.
MOST = 400
#: Share of the evaluations that the plot shows in full: the first ones, far away, would squeeze all others.
SHOWN = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Held-out figures of one model, oldest first.

    Attributes:
        name: at its end; "" for none.
        pane: whose accent it has; None for grey.
        kl, reconstruction: nats per image, float64 (n,); KL is NaN for a model without one.
    """

    name: str
    pane: int | None
    kl: np.ndarray = field(repr=False)
    reconstruction: np.ndarray = field(repr=False)

    @property
    def has_kl(self) -> bool:
        """Whether the model has a KL at all; otherwise only its reconstruction is drawn, as a level."""
        return bool(np.isfinite(self.kl).any())


def trail(name: str, pane: int | None, evaluations: Sequence[EvaluationReport], until: int | None = None) -> Trail:
    """The trail of a model's evaluations, up to the step `until`."""
    known = [one for one in evaluations if one.held_out and (until is None or one.step <= until)]
    if len(known) > MOST:
        known = [known[place] for place in np.linspace(0, len(known) - 1, MOST).round().astype(int)]
    held_out = [one.held_out[0] for one in known]
    kl = [losses.get("kl") for losses in held_out]
    reconstruction = [losses.get("reconstruction") for losses in held_out]
    as_array = [np.array([np.nan if one is None else one for one in values]) for values in (kl, reconstruction)]
    return Trail(name, pane, *as_array)


def trails(training: TrainingState, panes: Sequence[PaneState], kept: Sequence[Frozen]) -> list[Trail]:
    """Grey ones first: kept models and members that are in no pane, former branches; then the panes'."""
    own: list[Trail] = []
    grey: list[Trail] = []
    seen: set[object] = set()
    likelihoods = {pane.model.config.likelihood for pane in panes if pane.model is not None}
    for pane in panes:
        figures = figures_of(training, pane)
        if pane.model is None or figures is None or pane.source in seen:
            continue
        seen.add(pane.source)
        until = training.looked_at if figures.live else None
        own.append(trail(pane.model.short, pane.index, figures.evaluations, until))
        if figures.former is not None and figures.live:
            name = QCoreApplication.translate("Measures", "{0}, former run").format(pane.model.short)
            left = [one for one in figures.former.evaluations if one.step >= figures.former.parted]
            grey.append(trail(name, None, [one.of(figures.member) for one in left]))
    for frozen in kept:
        # Losses of different likelihoods are not comparable.
        if frozen.kept.name not in seen and frozen.model.config.likelihood in likelihoods:
            name = frozen.model.short
            grey.append(trail(name, None, frozen.kept.evaluations))
    for member in range(training.history.members):
        if member not in seen and member < len(training.names):
            grey.append(trail(training.names[member][0], None, figures_of_member(training, member).evaluations))
    return [one for one in (*grey, *own) if len(one.reconstruction)]


def shown_range(found: Sequence[Trail]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """(least, most) of KL and of reconstruction that hold all ends and most of the way there; None without any."""
    kl, reconstruction = [], []
    for one in found:
        start = int((1 - SHOWN) * len(one.reconstruction)) if len(one.reconstruction) > 4 else 0
        kl.append(one.kl[start:])
        reconstruction.append(one.reconstruction[start:])
    across = _finite(kl)
    up = _finite(reconstruction)
    if not len(up):
        return None
    if not len(across):
        across = np.zeros(1)
    return _padded(float(across.min()), float(across.max())), _padded(float(up.min()), float(up.max()))


def _finite(parts: Sequence[np.ndarray]) -> np.ndarray:
    whole = np.concatenate(parts) if parts else np.empty(0)
    return whole[np.isfinite(whole)]


def _padded(low: float, high: float) -> tuple[float, float]:
    room = 0.08 * (high - low) or max(0.5, 0.05 * abs(high))
    return low - room, high + room
