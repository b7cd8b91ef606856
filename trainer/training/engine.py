"""The training loop as a generator: one step per `next()`, so that the caller controls the pace."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping

import torch
from torch import Tensor

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.model_names import called
from trainer.models.family import family
from trainer.reports import Losses, NonFiniteLossError, StepReport
from trainer.sentences import Sentence
from trainer.training.devices import DeviceMemoryError
from trainer.training.run import Run
from trainer.training.safeguard import (
    Safeguard,
    loss_failure,
    optimiser_failure,
    rolled_back_sentence,
    stopped_sentence,
)
from trainer.training.schedules import applied_knobs, extended, rate_that_stays
from trainer.training.state import TrainerState


class Trainer(Run):
    """A run that is trained step by step, and rolled back to the last good state if its numbers become
    non-finite.
    """

    def __init__(
        self, config: RunConfig, data: ImageData | Tensor, knobs: Knobs, *, train_count: int | None = None
    ) -> None:
        """A run at step 0; see `Run`."""
        super().__init__(config, data, knobs, train_count=train_count)
        self._safeguard = Safeguard(self.place)

    def steps(self) -> Generator[StepReport]:
        """One optimisation step of all members per `next()`; ends with the run's last epoch.

        A generator can be closed at any time, and a new one continues from there. Do so after a pause, because
        the `seconds` of the first report count from the generator's start.

        Raises:
            NonFiniteLossError: a loss, or the state of an optimiser, became NaN or infinite; the run was rolled
                back to its last good state, a few seconds at most, with unchanged knobs. With more than two
                members it is raised only if no other can continue: a failed one is stopped, see `Stepping.resting`
                and `StepReport.remarks`.
            DeviceMemoryError: the GPU's memory ran out; rolled back as well. `devices.roomier` gives a config to
            try.
        """
        last = time.perf_counter()
        with self.stepping.running_steps():
            while not self.finished:
                knobs = self.knobs
                applied = applied_knobs(knobs, self.step, self._batches.epoch, self.config.train)
                images, losses = self._advance(applied)
                remarks = self._check_health(losses, knobs) if losses else ()
                now = time.perf_counter()
                yield StepReport(
                    step=self.step,
                    epoch=self.epoch,
                    knobs=knobs,
                    applied=applied,
                    losses=losses,
                    images=images,
                    seconds=now - last,
                    remarks=remarks,
                )
                last = now

    def extend(self, epochs: int | None = None) -> Sentence | None:
        """Set the length of the run to `epochs`; with None, or a number already done, it trains without end.

        Returns a sentence if the run continues at the learning rate of its last epochs, otherwise None.
        """
        done = self._batches.epoch
        if epochs is not None and epochs <= done:
            epochs = None
        self.config = self.config.replace(train=extended(self.config.train, epochs, done))
        return rate_that_stays(self.knobs.learning_rate, done, self.config.train)

    def restore(self, state: TrainerState) -> None:
        """See `Run.restore`."""
        super().restore(state)
        self._safeguard.keep()

    def _advance(self, applied: Knobs) -> tuple[int, tuple[Losses, ...]]:
        """One step; returns the number of its images, and the losses if they were read."""
        try:
            inputs, targets = self._corrupted(self._batches.next(), applied.noise)
            self.stepping(inputs, targets, applied)
            self.step += 1
            return len(inputs), self.stepping.losses(at_once=self.finished)
        except torch.OutOfMemoryError as error:
            self._roll_back()
            raise DeviceMemoryError("The card's memory is full: use smaller batches or the CPU.") from error

    # ------------------------------------------------------------------ non-finite numbers

    def _check_health(self, losses: tuple[Losses, ...], knobs: Knobs) -> tuple[Sentence, ...]:
        """After a step: keep a copy of the state if due, and stop members with non-finite numbers; remarks on
        those.

        An optimiser's squared gradients overflow long before a loss does: its member then no longer changes, and
        would prevent the run from ever being saved.
        """
        failed = {
            index: loss_failure(self._names[index], losses[index], self.step)
            for index in self.stepping.active
            if not losses[index].finite
        }
        remarks = self._stop_failed(failed, knobs) if failed else ()
        wrong = self._safeguard.keep() if self.finished else self._safeguard.keep_if_due()
        overflowed = {
            index: optimiser_failure(self._names[index], self.step)
            for index in self.stepping.active
            if any(name.startswith(f"member{index}.") for name in wrong)
        }
        if overflowed:
            remarks += self._stop_failed(overflowed, knobs)
            self._safeguard.keep()
        return remarks

    def _stop_failed(self, failed: Mapping[int, Sentence], knobs: Knobs) -> tuple[Sentence, ...]:
        """Stop the members that failed (index -> how) at their last good state; returns a remark on each.

        If no other member could continue, or if the run is a pair, the entire run is rolled back.
        """
        good, step = self._safeguard.kept, self.step
        since: int = good.numbers["step"]
        # A pair is a comparison, which is fair only at the same step.
        if len(self.members) <= 2 or len(failed) == len(self.stepping.active):
            self._roll_back()
            index, what = next(iter(failed.items()))
            sentence = rolled_back_sentence(what, self.config.models[index], index, since, knobs)
            raise NonFiniteLossError(step, index, sentence)
        for index in failed:
            self._load(index, good)
        self.stepping.rest(self.stepping.resting | dict.fromkeys(failed, since))
        return tuple(
            stopped_sentence(what, self.config.models[index], index, since, knobs)
            for index, what in failed.items()
        )

    @property
    def _names(self) -> list[Sentence | str]:
        """Names of all members, as in commands and curves; parts of sentences."""
        models = self.config.models
        return called(models, self.knobs, {model.family: family(model.family).card for model in models})

    def _roll_back(self) -> None:
        self._restore_state(self._safeguard.kept)  # the knobs were set by the user and are not rolled back
