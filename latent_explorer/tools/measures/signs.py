"""Collects the inputs of the warnings for the model in a pane."""

from __future__ import annotations

import math

from latent_explorer.core.figures import acting_knobs, figures_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.measures.state import Live
from trainer.measures.concerns import Signs


def signs_of(training: TrainingState, pane: PaneState, live: Live | None) -> Signs | None:
    """The figures known at present; None for an empty pane."""
    model, figures = pane.model, figures_of(training, pane)
    if model is None or figures is None or pane.codes is None:
        return None
    traits = model.traits
    until = training.looked_at if figures.live else None
    evaluations = [one for one in figures.evaluations if until is None or one.step <= until]
    last = evaluations[-1] if evaluations else None
    errors = last.errors[0] if last is not None and last.errors else None
    cut = None if live is None else live.surgery
    step = pane.codes.step if pane.codes.snapshot is None else pane.codes.snapshot.step
    return Signs(
        latent=model.config.latent,
        step=step,
        posterior=traits.has_posterior,
        prior=traits.has_prior,
        beta=acting_knobs(training, pane).get("beta") if traits.uses_beta else None,
        active=None if live is None else live.active,
        kl=sum(live.kl) if live is not None and live.kl else None if last is None else last.held_out[0].get("kl"),
        information=None if cut is None else cut.mutual_information,
        ceiling=None if cut is None else cut.ceiling,
        marginal=None if cut is None else cut.marginal_kl,
        offset=None if live is None or live.offset is None else live.offset.value,
        spread=None if live is None or live.spread is None else live.spread.value,
        gaps=tuple(one.held_out[0].total - one.train[0].total for one in evaluations),
        # An evaluation has as many training images, with the same variance.
        gap_error=None if errors is None or errors.total is None else math.sqrt(2) * errors.total,
    )
