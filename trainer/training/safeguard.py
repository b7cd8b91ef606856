"""The last good state of a run, kept so that a step gone wrong can be taken back."""

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

#: Seconds between copies. One takes some milliseconds, so this costs training well under one per cent.
EVERY = 2.0
#: σ² of a Gaussian likelihood below which it, and no learning rate, is to blame for numbers that overflow.
SMALLEST_VARIANCE = 1e-9


class Safeguard:
    """Copies the whole state now and then, if it is finite: weights, place, generators, all that goes together.

    Attributes:
        kept: the last copy.
    """

    def __init__(
        self, state: Callable[[], TrainerState], every: float = EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`state()` gives a copy of the run as it stands, which must be finite now."""
        self._state = state
        self._every = every
        self._clock = clock
        self.kept = state()
        self._when = clock()

    def keep_if_due(self) -> list[str]:
        """Copy the run if the last copy is old enough and every value is finite; names of tensors that are not."""
        return self.keep() if self._clock() - self._when >= self._every else []

    def keep(self) -> list[str]:
        """Copy the run now, unless a value of it is not finite; names of the tensors that are not."""
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


def what_failed(name: Sentence | str, loss: Losses, step: int) -> Sentence:
    """For people, how the member that its run calls `name` failed at `step`: a part of what the next two say."""
    return Sentence("The loss of {model} became {loss} at step {step}", model=name, loss=loss.total, step=step)


def what_overflowed(name: Sentence | str, step: int) -> Sentence:
    """Likewise of one whose loss is finite, and what its optimiser keeps is not."""
    return Sentence(
        "Numbers in the training of {model} were no longer finite at step {step}", model=name, step=step
    )


def what_was_taken_back(what: Sentence, model: ModelConfig, index: int, good: int, knobs: Knobs) -> Sentence:
    """A sentence for people: `what` happened to member `index`, and the run stands at step `good` again."""
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


def what_rests(what: Sentence, model: ModelConfig, index: int, good: int, knobs: Knobs) -> Sentence:
    """A sentence for people: `what` happened to member `index`, which is as it was at step `good`."""
    return Sentence(
        "{what}. It rests as it was at step {good} while the other models go on; for a new run {remedy}.",
        what=what,
        good=good,
        remedy=_remedy(model, index, knobs),
    )


def _too_narrow(model: ModelConfig) -> bool:
    """Whether gradients, which go with 1/σ², are too large to be squared by the optimiser, at whatever rate."""
    return model.likelihood == "gaussian" and model.variance < SMALLEST_VARIANCE


def _remedy(model: ModelConfig, index: int, knobs: Knobs) -> Sentence:
    if _too_narrow(model):
        return Sentence("choose a larger σ² than {variance:.4g}", variance=model.variance)
    beta = knobs.of(index, family(model.family).card.knobs).get("beta", 0.0)
    return Sentence("lower the learning rate or β") if beta > 10 else Sentence("lower the learning rate")
