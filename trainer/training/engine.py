"""The training loop as a generator: whoever calls `next()` decides when and how far it goes."""

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
from trainer.training.safeguard import Safeguard, what_failed, what_overflowed, what_rests, what_was_taken_back
from trainer.training.schedules import applied_knobs, extended, rate_that_stays
from trainer.training.state import TrainerState


class Trainer(Run):
    """A run that goes on step by step, and back to where it was good when its numbers are no longer finite."""

    def __init__(
        self, config: RunConfig, data: ImageData | Tensor, knobs: Knobs, *, train_count: int | None = None
    ) -> None:
        """A run at step 0; see `Run`."""
        super().__init__(config, data, knobs, train_count=train_count)
        self._safeguard = Safeguard(self.place)

    def steps(self) -> Generator[StepReport]:
        """One optimisation step of all members for each `next()`; ends with the run's last epoch.

        A generator can be left at any time and a new one continues where it left off; do so after a pause, since
        the first report's `seconds` count from the generator's start.

        Raises:
            NonFiniteLossError: a loss became NaN or infinite, or what an optimiser keeps; the run stands where it
                was last good, some seconds back at most, with its knobs as they are. With more than two members
                only where no other can go on: the one that failed rests, see `Stepping.resting` and
                `StepReport.remarks`.
            DeviceMemoryError: a card's memory was not enough; likewise. `devices.roomier` says what to try.
        """
        last = time.perf_counter()
        with self.stepping.going_on():
            while not self.finished:
                knobs = self.knobs
                applied = applied_knobs(knobs, self.step, self._batches.epoch, self.config.train)
                images, losses = self._advance(applied)
                remarks = self._looked_after(losses, knobs) if losses else ()
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
        """Move the end of the run to `epochs` whole ones; None, or a number already done, goes on without end.

        Gives a sentence where the run goes on at the rate of its last epochs, otherwise None.
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
        """One step: how many images were in it, and the losses if it is time to read them."""
        try:
            inputs, targets = self._corrupted(self._batches.next(), applied.noise)
            self.stepping(inputs, targets, applied)
            self.step += 1
            return len(inputs), self.stepping.losses(at_once=self.finished)
        except torch.OutOfMemoryError as error:
            self._take_back()
            raise DeviceMemoryError("The card's memory is full: use smaller batches or the CPU.") from error

    # ------------------------------------------------------------------ when numbers are no longer finite

    def _looked_after(self, losses: tuple[Losses, ...], knobs: Knobs) -> tuple[Sentence, ...]:
        """After a step: keep the run where it is time, without the members that are not good; remarks on those.

        An optimiser's squares overflow long before a loss does: its member then stands still, and would keep the
        run from ever being saved.
        """
        failed = {
            index: what_failed(self._names[index], losses[index], self.step)
            for index in self.stepping.active
            if not losses[index].finite
        }
        remarks = self._set_aside(failed, knobs) if failed else ()
        wrong = self._safeguard.keep() if self.finished else self._safeguard.keep_if_due()
        overflowed = {
            index: what_overflowed(self._names[index], self.step)
            for index in self.stepping.active
            if any(name.startswith(f"member{index}.") for name in wrong)
        }
        if overflowed:
            remarks += self._set_aside(overflowed, knobs)
            self._safeguard.keep()
        return remarks

    def _set_aside(self, failed: Mapping[int, Sentence], knobs: Knobs) -> tuple[Sentence, ...]:
        """Members that failed, and how, rest as they were last known to be good; what to say of each.

        Where no other could go on the whole run goes back, and so does a pair.
        """
        good, step = self._safeguard.kept, self.step
        since: int = good.numbers["step"]
        # Two are a comparison, which is only fair step by step.
        if len(self.members) <= 2 or len(failed) == len(self.stepping.active):
            self._take_back()
            index, what = next(iter(failed.items()))
            sentence = what_was_taken_back(what, self.config.models[index], index, since, knobs)
            raise NonFiniteLossError(step, index, sentence)
        for index in failed:
            self._load(index, good)
        self.stepping.rest(self.stepping.resting | dict.fromkeys(failed, since))
        return tuple(
            what_rests(what, self.config.models[index], index, since, knobs) for index, what in failed.items()
        )

    @property
    def _names(self) -> list[Sentence | str]:
        """Of all members, as commands and curves call them; parts of sentences."""
        models = self.config.models
        return called(models, self.knobs, {model.family: family(model.family).card for model in models})

    def _take_back(self) -> None:
        self._stand(self._safeguard.kept)  # the knobs are a person's, and stay
