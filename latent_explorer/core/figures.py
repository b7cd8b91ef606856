"""What was reported of the model in a pane, whether it is a member of the run or frozen."""

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
        history, member: its losses are those of `member` in it.
        evaluations: of this model alone, oldest first.
        former: the branch that its run left, if there is one.
        kl: KL of each latent dimension in nats in the last step; () where none is known.
        live: whether it is a member of the run on show, so that looking at a past moment concerns it.
    """

    history: History
    member: int
    evaluations: Sequence[EvaluationReport] = field(repr=False)
    former: Branch | None
    kl: tuple[float, ...]
    live: bool

    def evaluation_at(self, step: int | None) -> EvaluationReport | None:
        """The last evaluation up to `step` (None: of all); of a kept model, which knows no moments, the last."""
        until = step if self.live else None
        return next((one for one in reversed(self.evaluations) if until is None or one.step <= until), None)


def figures_of_member(training: TrainingState, member: int) -> Figures:
    """What was reported of a member of the run on show."""
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
    """What was reported of the model in `pane`; None for an empty pane."""
    if pane.model is None:
        return None
    if pane.frozen is not None:
        kept = pane.frozen.kept
        last = kept.history[-1].losses[0].kl_per_dimension if kept.history else ()
        return Figures(pane.frozen.history, 0, kept.evaluations, None, last, live=False)
    return figures_of_member(training, pane.source if isinstance(pane.source, int) else pane.index)


def acting_knobs(training: TrainingState, pane: PaneState) -> dict[str, float]:
    """The live settings that act in the model in `pane` at the moment looked at; none for an empty pane."""
    if pane.model is None:
        return {}
    knobs = training.knobs_at(training.looked_at) if pane.frozen is None else pane.frozen.kept.knobs
    member = pane.source if isinstance(pane.source, int) else 0
    return live_settings(pane.model.config, pane.model.traits, knobs, member, training.cards)


def applied_knobs(training: TrainingState, pane: PaneState) -> dict[str, float]:
    """The live settings as they were applied in the last step of what `pane` shows; none for an empty pane.

    While β warms up it is smaller than the one that is set. Before the first step, what is set.
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
