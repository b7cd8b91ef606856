"""The last good state of a run, kept so that the run can be rolled back after a failed step."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch

from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.models.family import family
from trainer.reports import Losses
from trainer.sentences import Sentence
from trainer.training.state import TrainerState

#: Seconds between copies. A copy takes a few milliseconds, so this costs well under one per cent of training.
EVERY = 2.0
#: Below this σ² of a Gaussian likelihood overflow is caused by σ², whatever the learning rate.
SMALLEST_VARIANCE = 1e-9


class Safeguard:
    """Copies the complete state at intervals if it is finite: weights, position, generators.

    Attributes:
        kept: the last copy.
    """

    def __init__(
        self, state: Callable[[], TrainerState], every: float = EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`state()` returns a copy of the run's state, which must be finite now."""
        self._state = state
        self._every = every
        self._clock = clock
        self.kept = state()
        self._when = clock()

    def keep_if_due(self) -> list[str]:
        """Copy the state if the last copy is old enough and every value is finite; returns names of non-finite
        tensors.
        """
        return self.keep() if self._clock() - self._when >= self._every else []

    def keep(self) -> list[str]:
        """Copy the state now, unless a value is not finite; returns the names of non-finite tensors."""
        self._when = self._clock()
        state = self._state()
        wrong = [
            name
            for name, value in state.tensors.items()
            if value.is_floating_point() and not bool(torch.isfinite(value).all())
        ]
        if not wrong:
            self.kept = state
        return wrong


def loss_failure(name: Sentence | str, loss: Losses, step: int) -> Sentence:
    """How the member called `name` failed at `step`: part of the sentences below."""
    return Sentence("The loss of {model} became {loss} at step {step}", model=name, loss=loss.total, step=step)


def optimiser_failure(name: Sentence | str, step: int) -> Sentence:
    """Like `loss_failure`, for a member whose loss is finite and whose optimiser's state is not."""
    return Sentence(
        "Numbers in the training of {model} were no longer finite at step {step}", model=name, step=step
    )


def rolled_back_sentence(what: Sentence, model: ModelConfig, index: int, good: int, knobs: Knobs) -> Sentence:
    """The sentence that `what` happened to member `index`, and the run was rolled back to step `good`."""
    if _too_narrow(model):  # fixed in a run
        return Sentence(
            "{what}; the run stands at step {good} again, where it was good: start a new run and {remedy}.",
            what=what,
            good=good,
            remedy=_remedy(model, index, knobs),
        )
    return Sentence(
        "{what}; the run stands at step {good} again, where it was good: {remedy} and go on.",
        what=what,
        good=good,
        remedy=_remedy(model, index, knobs),
    )


def stopped_sentence(what: Sentence, model: ModelConfig, index: int, good: int, knobs: Knobs) -> Sentence:
    """The sentence that `what` happened to member `index`, which was stopped at its state of step `good`."""
    return Sentence(
        "{what}. It rests as it was at step {good} while the other models go on; for a new run {remedy}.",
        what=what,
        good=good,
        remedy=_remedy(model, index, knobs),
    )


def _too_narrow(model: ModelConfig) -> bool:
    """Whether gradients, proportional to 1/σ², overflow when the optimiser squares them, at any learning rate."""
    return model.likelihood == "gaussian" and model.variance < SMALLEST_VARIANCE


def _remedy(model: ModelConfig, index: int, knobs: Knobs) -> Sentence:
    if _too_narrow(model):
        return Sentence("choose a larger σ² than {variance:.4g}", variance=model.variance)
    beta = knobs.of(index, family(model.family).card.knobs).get("beta", 0.0)
    return Sentence("lower the learning rate or β") if beta > 10 else Sentence("lower the learning rate")
