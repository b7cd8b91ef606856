"""Steps of all members of a run at once: which of them, how, with how many threads, and what they lost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import inf, nan

import torch
from torch import Tensor

from trainer.knobs import Knobs
from trainer.machine_limits import available_cores, parallel_members
from trainer.reports import Losses
from trainer.training.cuda_graph import GraphedStep, eager_step
from trainer.training.device_images import DeviceImages
from trainer.training.devices import calibrate_threads, set_threads, thread_candidates
from trainer.training.member_threads import MemberThreads
from trainer.training.members import Member

#: Seconds between readings of a card's losses; each waits for the card, so not every step is read.
READ_EVERY = 0.075


class Stepping:
    """Steps the members of a run on one batch: on a card by a captured graph, on the CPU in threads or in turn.

    Attributes:
        resting: members that are not stepped, and the step whose weights each has kept since.
        active: the others, in the run's order.
        parallel: whether members step at the same time on the CPU, each in a thread of its own; False takes turns.
            May be changed between two steps; the results are the same.
        threads: torch threads that each member uses on the CPU; 1 until `calibrate` finds better.
        threads_in_turn: torch threads of what one model after the other does: encoding, evaluating.
    """

    def __init__(self, members: Sequence[Member], resident: DeviceImages, batch: int, threads: int | None) -> None:
        """Of batches with up to `batch` of the images; `threads`: torch threads a member, None leaves it open."""
        self._members = members
        self._resident = resident
        self._batch = batch
        self._wanted = threads
        self._device = resident.rows.device
        self.parallel = self._device.type == "cpu"
        self.threads = min(threads or 1, self._most_threads)  # a file may say any number
        self.threads_in_turn = min(threads or 1, available_cores())
        self._together = MemberThreads(len(members))
        self._read_at = -inf
        #: Of each member's loss terms, in the order of its card.
        self._names = [[term.name for term in member.family.card.terms] for member in members]
        #: Steps whose losses have not been read.
        self._unread = 0
        self.rest({})

    def rest(self, resting: dict[int, int]) -> None:
        """Step all but these from here on; also where the members' tensors are others than before."""
        self.resting = resting
        self.active = [index for index in range(len(self._members)) if index not in resting]
        self._stepped = [self._members[index] for index in self.active]
        self._forget_losses()
        #: The knobs as they acted last, and what they are for each member that steps.
        self._applied: Knobs | None = None
        self._values: list[dict[str, float]] = []
        self._graphed = GraphedStep(self._batch, self._device) if self._device.type == "cuda" else None

    # ------------------------------------------------------------------ steps

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """While steps follow one another: the threads that they start end with it; the first losses are read."""
        self._forget_losses()
        self._read_at = -inf
        try:
            yield
        finally:
            self._together.close()

    def __call__(self, inputs: Tensor, targets: Tensor, applied: Knobs) -> None:
        """One step on one batch, with the knobs as they act."""
        set_threads(self.threads)  # an evaluation between two steps may have left others
        if applied is not self._applied:
            cards = [(index, self._members[index].family.card) for index in self.active]
            self._applied, self._values = applied, [applied.of(index, card.knobs) for index, card in cards]
        for member in self._stepped:
            member.set_rate(applied.learning_rate)
        step = self._graphed or (self._together if self.parallel else eager_step)
        step(self._stepped, inputs, targets, self._values)
        self._unread += 1

    def losses(self, *, at_once: bool) -> tuple[Losses, ...]:
        """The mean of the steps since the last reading, an entry a member, all NaN for one that rests.

        Empty where a card is better not waited for yet; `at_once` waits.
        """
        now = time.perf_counter()
        # On the CPU nothing is waited for, so that every step is read.
        if not (at_once or self._device.type == "cpu" or now - self._read_at >= READ_EVERY):
            return ()
        self._read_at = now
        # All at once: every reading waits for the device.
        sums = iter(torch.cat([member.lost for member in self._stepped if member.lost is not None]).tolist())
        read = []
        for index, (member, names) in enumerate(zip(self._members, self._names, strict=True)):
            if index in self.resting or member.lost is None:
                read.append(Losses(dict.fromkeys(names, nan)))
                continue
            means = [number / self._unread for number in islice(sums, len(member.lost))]
            read.append(Losses(dict(zip(names, means, strict=False)), tuple(means[len(names) :])))
        self._forget_losses()
        return tuple(read)

    @property
    def graph_failure(self) -> str:
        """Why steps on a card run one kernel at a time, in torch's words; empty otherwise."""
        return self._graphed.failure if self._graphed is not None else ""

    def _forget_losses(self) -> None:
        """Sum losses anew from the next step on."""
        self._unread = 0
        for member in self._stepped:
            if member.lost is not None:
                member.lost.zero_()

    # ------------------------------------------------------------------ threads

    @property
    def threads_used(self) -> int:
        """CPU threads that a step keeps busy: those of all members that step at the same time."""
        return self.threads * self._at_once

    @property
    def _at_once(self) -> int:
        return parallel_members(len(self._members)) if self.parallel else 1

    @property
    def _most_threads(self) -> int:
        """Torch threads a member for which there are processors."""
        return max(1, available_cores() // self._at_once)

    def calibrate(self) -> int:
        """Find the number of CPU threads that makes steps fastest, use it and return it; some half a second.

        Measures real steps on copies of the members, so that training itself is not touched. Does nothing where
        the config names a number, or on a card. May be called again when the machine's load may have changed.
        """
        if self._wanted is not None or self._device.type != "cpu":
            return self.threads
        candidates = thread_candidates(self._most_threads)
        if len(candidates) > 1:
            # One member, alone on its share of the processors: others at the same time change nothing for it.
            twin, images = self._members[0].twin(), self._resident.first(self._batch)
            usual = twin.family.usual_knobs
            self.threads = calibrate_threads(lambda: eager_step([twin], images, images, [usual]), candidates)
        self.threads_in_turn = self.threads_used
        return self.threads

    def limit_threads(self, cores: int) -> None:
        """Leave other processors alone: use the threads of at most `cores`, but one a member."""
        self.threads = max(1, min(self.threads, cores // parallel_members(len(self._members))))
        self.threads_in_turn = max(1, min(self.threads_in_turn, cores))
