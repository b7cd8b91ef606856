"""Steps all members of a run: which of them, with a CUDA graph or threads, and their losses."""

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

#: Seconds between reads of losses from a GPU; each waits for the GPU, so not every step is read.
READ_EVERY = 0.075


class Stepping:
    """Steps the members of a run on one batch: on a GPU by a captured graph, on the CPU in threads or in turn.

    Attributes:
        resting: stopped members, and the step of the weights that each has kept since.
        active: the others, in the run's order.
        parallel: whether members step at the same time on the CPU, each in its own thread; False steps them in
        turn.
            May be changed between two steps; the results are the same.
        threads: torch threads per member on the CPU; 1 until `calibrate` finds a better number.
        threads_in_turn: torch threads for work done one model at a time: encoding, evaluating.
    """

    def __init__(self, members: Sequence[Member], resident: DeviceImages, batch: int, threads: int | None) -> None:
        """`batch`: maximum number of images in a batch; `threads`: torch threads per member, None for
        automatic.
        """
        self._members = members
        self._resident = resident
        self._batch = batch
        self._wanted = threads
        self._device = resident.rows.device
        self.parallel = self._device.type == "cpu"
        self.threads = min(threads or 1, self._most_threads)  # a file may contain any number
        self.threads_in_turn = min(threads or 1, available_cores())
        self._together = MemberThreads(len(members))
        self._read_at = -inf
        #: Of each member's loss terms, in the order of its card.
        self._names = [[term.name for term in member.family.card.terms] for member in members]
        #: Steps whose losses have not been read.
        self._unread = 0
        self.rest({})

    def rest(self, resting: dict[int, int]) -> None:
        """Step all members except these from now on; also called when the members' tensors were replaced."""
        self.resting = resting
        self.active = [index for index in range(len(self._members)) if index not in resting]
        self._stepped = [self._members[index] for index in self.active]
        self._forget_losses()
        #: The knobs as last applied, and their values for each active member.
        self._applied: Knobs | None = None
        self._values: list[dict[str, float]] = []
        self._graphed = GraphedStep(self._batch, self._device) if self._device.type == "cuda" else None

    # ------------------------------------------------------------------ steps

    @contextmanager
    def running_steps(self) -> Iterator[None]:
        """Context of consecutive steps: their threads end with it, and the losses of the first step are read."""
        self._forget_losses()
        self._read_at = -inf
        try:
            yield
        finally:
            self._together.close()

    def __call__(self, inputs: Tensor, targets: Tensor, applied: Knobs) -> None:
        """One step on one batch, with the applied knobs."""
        set_threads(self.threads)  # an evaluation between two steps may have changed it
        if applied is not self._applied:
            cards = [(index, self._members[index].family.card) for index in self.active]
            self._applied, self._values = applied, [applied.of(index, card.knobs) for index, card in cards]
        for member in self._stepped:
            member.set_rate(applied.learning_rate)
        step = self._graphed or (self._together if self.parallel else eager_step)
        step(self._stepped, inputs, targets, self._values)
        self._unread += 1

    def losses(self, *, at_once: bool) -> tuple[Losses, ...]:
        """The mean losses of the steps since the last read, one entry per member, all NaN for a stopped one.

        Empty if it is too early to wait for the GPU again; `at_once` waits.
        """
        now = time.perf_counter()
        # On the CPU reading does not wait, so every step is read.
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
        """Torch's reason why steps on a GPU run without a graph; "" otherwise."""
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
        """Number of CPU threads used by a step: those of all members that step at the same time."""
        return self.threads * self._at_once

    @property
    def _at_once(self) -> int:
        return parallel_members(len(self._members)) if self.parallel else 1

    @property
    def _most_threads(self) -> int:
        """Maximum number of torch threads per member for the available cores."""
        return max(1, available_cores() // self._at_once)

    def calibrate(self) -> int:
        """Find the number of CPU threads that makes steps fastest, use it and return it; takes about half a
        second.

        Measures real steps on copies of the members, so that training is not affected. Does nothing if
        the config has a number, or on a GPU. May be called again when the machine's load may have changed.
        """
        if self._wanted is not None or self._device.type != "cpu":
            return self.threads
        candidates = thread_candidates(self._most_threads)
        if len(candidates) > 1:
            # One member on its share of the cores: others running at the same time do not affect it.
            twin, images = self._members[0].twin(), self._resident.first(self._batch)
            usual = twin.family.usual_knobs
            self.threads = calibrate_threads(lambda: eager_step([twin], images, images, [usual]), candidates)
        self.threads_in_turn = self.threads_used
        return self.threads

    def limit_threads(self, cores: int) -> None:
        """Use threads for at most `cores` cores, but at least one per member."""
        self.threads = max(1, min(self.threads, cores // parallel_members(len(self._members))))
        self.threads_in_turn = max(1, min(self.threads_in_turn, cores))
