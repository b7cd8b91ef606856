"""The reports of the model in a pane, whether a member of the run or a kept model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from latent_explorer.core.branch import Branch
from latent_explorer.core.history import History
from latent_explorer.core.pane import Frozen, PaneState
from latent_explorer.core.training import TrainingState
from trainer.model_names import live_settings
from trainer.reports import EvaluationReport


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Reports of one model.

    Attributes:
        history, member: its losses are those of `member` in `history`.
        evaluations: of this model only, oldest first.
        former: the former branch of its run, if there is one.
        kl: KL of each latent dimension in nats in the last step; () if unknown.
        live: whether it is a member of the present run, so that showing a past moment affects it.
    """

    history: History
    member: int
    evaluations: Sequence[EvaluationReport] = field(repr=False)
    former: Branch | None
    kl: tuple[float, ...]
    live: bool

    def evaluation_at(self, step: int | None) -> EvaluationReport | None:
        """The last evaluation up to `step` (None: of all); for a kept model always the last."""
        until = step if self.live else None
        return next((one for one in reversed(self.evaluations) if until is None or one.step <= until), None)


def figures_of_member(training: TrainingState, member: int) -> Figures:
    """The reports of a member of the present run."""
    kl = training.kl_per_dimension
    return Figures(
        training.history,
        member,
        training.evaluations_of(member),
        training.former,
        kl[member] if member < len(kl) else (),
        live=True,
    )


def figures_of(training: TrainingState, pane: PaneState) -> Figures | None:
    """The reports of the model in `pane`; None for an empty pane."""
    if pane.model is None:
        return None
    if pane.frozen is not None:
        kept = pane.frozen.kept
        last = kept.history[-1].losses[0].kl_per_dimension if kept.history else ()
        return Figures(pane.frozen.history, 0, kept.evaluations, None, last, live=False)
    return figures_of_member(training, pane.source if isinstance(pane.source, int) else pane.index)


def acting_knobs(training: TrainingState, pane: PaneState) -> dict[str, float]:
    """The live settings of the model in `pane` at the moment shown; none for an empty pane."""
    if pane.model is None:
        return {}
    knobs = training.knobs_at(training.looked_at) if pane.frozen is None else pane.frozen.kept.knobs
    member = pane.source if isinstance(pane.source, int) else 0
    return live_settings(pane.model.config, pane.model.traits, knobs, member, training.cards)


def applied_knobs(training: TrainingState, pane: PaneState) -> dict[str, float]:
    """The live settings as applied in the last step of the weights in `pane`; none for an empty pane.

    During warm-up β is smaller than the value set. Before the first step they are the values set.
    """
    if pane.model is None:
        return {}
    if pane.frozen is not None:
        history = pane.frozen.history
        applied = history.knobs_at(int(history.steps[-1])) if len(history) else None
        knobs = applied or pane.frozen.kept.knobs
    else:
        snapshot = None if pane.codes is None else pane.codes.snapshot
        step = training.step if snapshot is None else snapshot.step
        knobs = training.history.knobs_at(step) or training.knobs_at(training.looked_at)
    member = pane.source if isinstance(pane.source, int) else 0
    return live_settings(pane.model.config, pane.model.traits, knobs, member, training.cards)


def kept_on_show(panes: Sequence[PaneState]) -> list[Frozen]:
    """The kept models in the panes, from left to right, each once."""
    return list({pane.source: pane.frozen for pane in panes if pane.frozen is not None}.values())
