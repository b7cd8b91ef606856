"""The training loop as a generator: whoever calls `next()` decides when and how far it goes."""

from __future__ import annotations

import time
from collections.abc import Generator
from math import nan

import numpy as np
import torch
from torch import Tensor

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.machine_limits import available_cores, parallel_members
from trainer.models.family import check_knobs, with_all_options
from trainer.networks.memory import check_model_memory
from trainer.progress import IsCancelled, ReportProgress, ignore_progress, never_cancelled
from trainer.reports import EvaluationReport, Losses, MapReport, NonFiniteLossError, Snapshot, StepReport
from trainer.seeds import chosen_rows, stream, stream_seed
from trainer.sentences import Sentence
from trainer.training.batches import Batches
from trainer.training.corruption import Corruption
from trainer.training.cuda_graph import GraphedStep, eager_step
from trainer.training.device_images import put_on_device
from trainer.training.devices import (
    DeviceMemoryError,
    calibrate_threads,
    resolve_device,
    set_threads,
    thread_candidates,
)
from trainer.training.evaluation import Evaluator
from trainer.training.generators import check_generator, restore_generator
from trainer.training.kept_variances import NAME as VARIANCES
from trainer.training.member_threads import MemberThreads
from trainer.training.members import build_member
from trainer.training.probe import encode_rows
from trainer.training.readings import RunningLosses, finite
from trainer.training.safeguard import Safeguard, what_failed, what_overflows, what_rests
from trainer.training.schedules import applied_knobs, extended, rate_that_stays
from trainer.training.state import (
    FORMAT,
    TrainerState,
    check_member,
    checked_counts,
    checked_resting,
    checked_variances,
    copied,
    load_member,
    member_tensors,
    named,
)

#: Seconds between readings of a card's losses; each waits for the card, so not every step is read.
READ_EVERY = 0.075


class Trainer:
    """One run: one or more models trained on the same batches in the same order.

    A pair is fair (SCIENCE section 1): its members share seed, batches, noise on the inputs and, where shapes
    agree, initial weights; each has posterior noise of its own, so that it becomes exactly what it would become
    alone. All methods belong to one thread; the trainer hands out copies only.

    Attributes:
        config: the run.
        knobs: the live settings; replace the whole object at any time, the next step reads it once.
        device: where the models are.
        threads: torch threads that each member uses on the CPU; 1 until `calibrate` finds better.
        parallel: whether members step at the same time on the CPU, each in a thread of its own; False takes turns.
            May be changed between two steps; the results are the same.
        step: optimisation steps done.
        members: the models under training; for this thread only.
        resting: members whose loss became NaN or infinite while others went on, and the step whose weights each
            has kept since.
    """

    def __init__(
        self, config: RunConfig, data: ImageData | Tensor, knobs: Knobs, *, train_count: int | None = None
    ) -> None:
        """A run at step 0.

        Args:
            data: the images; or a tensor (N, C, H, W), uint8 or float32 used as it is.
            train_count: for a tensor, how many of its first rows are trained on, the others being held out;
                None keeps the share `config.data.held_out` out, N trains on all.

        Raises:
            ConfigError: data and models do not suit each other, the device is not there, or the memory does not
                suffice.
            DeviceMemoryError: the images or models do not fit on the card.
        """
        config = config.replace(models=tuple(with_all_options(model) for model in config.models))
        check_knobs(knobs, config.models)
        self.config = config
        self.knobs = knobs
        self.device = resolve_device(config.train.device)
        self.parallel = self.device.type == "cpu"
        self.threads = min(config.train.threads or 1, self._most_threads)  # a file may say any number
        #: Torch threads of what one model after the other does: encoding, evaluating.
        self._threads_in_turn = min(config.train.threads or 1, available_cores())
        self.step = 0
        set_threads(self.threads)
        seed = config.train.seed
        try:
            self._resident = put_on_device(config, data, train_count, self.device)
            if self.device.type == "cpu":  # a card says itself what does not fit
                check_model_memory(config, self._resident.train_count)
            self.members = tuple(build_member(model, seed, self.device) for model in config.models)
        except torch.OutOfMemoryError as error:
            raise DeviceMemoryError("The images and models do not fit on the card: choose the CPU.") from error
        self._batches = Batches(self._resident, config.train.batch, seed)
        self._corrupted = Corruption(stream(seed, "corruption", self.device), config.train.binarise)
        self._evaluator = Evaluator(self.members, self._resident, seed, config.train.binarise)
        #: The knobs as they acted last, and what they are for each member that steps.
        self._acted: tuple[Knobs, list[dict[str, float]]] | None = None
        self._rest({})
        self._snapshots = 0
        self._safeguard = Safeguard(self._place)

    # ------------------------------------------------------------------ where the run stands

    @property
    def train_count(self) -> int:
        """Rows that are trained on; the rest is held out."""
        return self._resident.train_count

    @property
    def count(self) -> int:
        """N, training and held-out rows together."""
        return len(self._resident.rows)

    @property
    def epoch(self) -> float:
        """Passes over the training rows done."""
        return self._batches.epoch + self._batches.position / self.train_count

    @property
    def finished(self) -> bool:
        """Whether a run of known length has reached its end."""
        return self.config.train.epochs is not None and self._batches.epoch >= self.config.train.epochs

    @property
    def threads_used(self) -> int:
        """CPU threads that a step keeps busy: those of all members that step at the same time."""
        return self.threads * (parallel_members(len(self.config.models)) if self.parallel else 1)

    @property
    def _most_threads(self) -> int:
        """Torch threads a member for which there are processors."""
        return max(1, available_cores() // (parallel_members(len(self.config.models)) if self.parallel else 1))

    @property
    def all_rows(self) -> np.ndarray:
        """Indices of all images, int64 (N,)."""
        return np.arange(self.count, dtype=np.int64)

    @property
    def probe_rows(self) -> np.ndarray:
        """Rows whose codes `map_report` gives by default: a fixed seeded choice, ascending, int64 (n,)."""
        train = self.config.train
        return chosen_rows(train.seed, "probe", 0, self.count, train.probe)

    @property
    def graph_failure(self) -> str:
        """Why steps on a card run one kernel at a time, in torch's words; empty otherwise."""
        return self._graphed.failure if self._graphed is not None else ""

    # ------------------------------------------------------------------ training

    def steps(self) -> Generator[StepReport]:
        """One optimisation step of all members for each `next()`; ends with the run's last epoch.

        A generator can be left at any time and a new one continues where it left off; do so after a pause, since
        the first report's `seconds` count from the generator's start.

        Raises:
            NonFiniteLossError: a loss became NaN or infinite; the run stands where it was last good, a few steps
                back at most, with its knobs as they are. With more than two members only where no other can go
                on: the one that failed rests, see `resting` and `StepReport.remarks`.
            DeviceMemoryError: a card's memory was not enough; likewise. `devices.roomier` says what to try.
        """
        together = MemberThreads(len(self.members), self.threads)
        try:
            yield from self._steps(together)
        finally:
            together.close()

    def _steps(self, together: MemberThreads) -> Generator[StepReport]:
        last, read_at, images = time.perf_counter(), -float("inf"), 0
        self._running = RunningLosses(self._terms)
        while not self.finished:
            set_threads(self.threads)  # an evaluation between two steps may have left others
            knobs = self.knobs
            applied = applied_knobs(knobs, self.step, self._batches.epoch, self.config.train)
            try:
                images = self._advance(applied, together)
                now = time.perf_counter()
                # On the CPU nothing is waited for, so that every step is read.
                due = self.device.type == "cpu" or now - read_at >= READ_EVERY or self.finished
                losses = self._running.take() if due else ()
            except torch.OutOfMemoryError as error:
                self._take_back()
                raise DeviceMemoryError("The card's memory is full: use smaller batches or the CPU.") from error
            remarks: tuple[Sentence, ...] = ()
            if losses:
                read_at = now
                losses = self._of_all(losses)
                remarks = (*self._check(losses, knobs), *self._keep_good(knobs))
            now = time.perf_counter()
            report = StepReport(
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
            yield report

    def extend(self, epochs: int | None = None) -> Sentence | None:
        """Move the end of the run to `epochs` whole ones; None, or a number already done, goes on without end.

        Gives a sentence where the run goes on at the rate of its last epochs, otherwise None.
        """
        done = self._batches.epoch
        if epochs is not None and epochs <= done:
            epochs = None
        self.config = self.config.replace(train=extended(self.config.train, epochs, done))
        return rate_that_stays(self.knobs.learning_rate, done, self.config.train)

    def calibrate(self) -> int:
        """Find the number of CPU threads that makes steps fastest, use it and return it; some half a second.

        Measures real steps on copies of the members, so that training itself is not touched. Does nothing where
        the config names a number, or on a card. May be called again when the machine's load may have changed.
        """
        if self.config.train.threads is not None or self.device.type != "cpu":
            return self.threads
        candidates = thread_candidates(self._most_threads)
        if len(candidates) > 1:
            # One member, alone on its share of the processors: others at the same time change nothing for it.
            twin, images = self.members[0].twin(), self._resident.first(self._batches.size)
            usual = twin.family.usual_knobs
            self.threads = calibrate_threads(lambda: eager_step([twin], images, images, [usual]), candidates)
        self._threads_in_turn = self.threads_used
        return self.threads

    def limit_threads(self, cores: int) -> None:
        """Leave other processors alone: use the threads of at most `cores`, but one a member."""
        self.threads = max(1, min(self.threads, cores // parallel_members(len(self.members))))
        self._threads_in_turn = max(1, min(self._threads_in_turn, cores))

    def _advance(self, applied: Knobs, together: MemberThreads) -> int:
        """One step of all members but those that rest; returns the number of images in it."""
        members = [self.members[index] for index in self._active]
        if self._acted is None or self._acted[0] is not applied:
            cards = [(index, self.members[index].family.card) for index in self._active]
            self._acted = applied, [applied.of(index, card.knobs) for index, card in cards]
        values = self._acted[1]
        for member in members:
            member.set_rate(applied.learning_rate)
        inputs, targets = self._corrupted(self._batches.next(), applied.noise)
        if self._graphed is not None:
            packed = self._graphed(inputs, targets, values)
        elif self.parallel:
            packed = together(members, inputs, targets, values)
        else:
            packed = eager_step(members, inputs, targets, values)
        self.step += 1
        self._running.add(packed)
        return len(inputs)

    def _check(self, losses: tuple[Losses, ...], knobs: Knobs) -> tuple[Sentence, ...]:
        """On the members that rest from here on; none where the losses of all that step are finite."""
        models, step = self.config.models, self.step
        failed = [(index, losses[index]) for index in self._active if not finite(losses[index])]
        if not failed:
            return ()
        # Two are a comparison, which is only fair step by step.
        if len(self.members) <= 2 or len(failed) == len(self._active):
            self._take_back()
            index, loss = failed[0]
            raise NonFiniteLossError(step, index, what_failed(models[index], index, loss, step, self.step, knobs))
        good = self._take_out([index for index, _ in failed])
        return tuple(what_rests(models[index], index, loss, step, good, knobs) for index, loss in failed)

    def _keep_good(self, knobs: Knobs) -> tuple[Sentence, ...]:
        """Have the safeguard copy the run where it is time; on the members that rest because they spoil the copy.

        An optimiser's squares overflow long before a loss does: its member then stands still, and would keep all
        others from ever being saved.
        """
        wrong = self._safeguard.keep() if self.finished else self._safeguard.keep_if_due()
        spoilt = [index for index in self._active if any(name.startswith(f"member{index}.") for name in wrong)]
        if not spoilt or len(self.members) <= 2 or len(spoilt) == len(self._active):
            return ()
        good = self._take_out(spoilt)
        self._safeguard.keep()
        models = self.config.models
        return tuple(what_overflows(models[index], index, self.step, good, knobs) for index in spoilt)

    def _take_out(self, members: list[int]) -> int:
        """These rest as they were last known to be good: at the step that is returned."""
        kept = self._safeguard.kept
        good: int = kept.numbers["step"]
        for index in members:
            self._load(index, kept)
        self._rest(self.resting | dict.fromkeys(members, good))
        return good

    def _rest(self, resting: dict[int, int]) -> None:
        self.resting = resting
        self._active = [index for index in range(len(self.members)) if index not in resting]
        stepped = [self.members[index] for index in self._active]
        self._terms = [tuple(term.name for term in member.family.card.terms) for member in stepped]
        self._running = RunningLosses(self._terms)
        self._acted = None
        self._graphed = None
        if self.device.type == "cuda":
            self._graphed = GraphedStep(stepped, self._batches.size, self.device)

    def _of_all(self, losses: tuple[Losses, ...]) -> tuple[Losses, ...]:
        """An entry a member: `losses` are of those that stepped, the others have none."""
        if not self.resting:
            return losses
        nothing = [Losses({term.name: nan for term in member.family.card.terms}) for member in self.members]
        for index, loss in zip(self._active, losses, strict=True):
            nothing[index] = loss
        return tuple(nothing)

    def _take_back(self) -> None:
        self._stand(self._safeguard.kept)  # the knobs are a person's, and stay

    # ------------------------------------------------------------------ reports

    def snapshot(self, index: int) -> Snapshot:
        """The weights of member `index` that looking needs, as read-only float32 copies."""
        self._snapshots += 1
        member, weights = self.members[index], {}
        for name, value in member.model.state_dict().items():
            if member.family.traits.is_training_only(name):
                continue
            array = value.detach().to("cpu", torch.float32, copy=True).numpy()
            array.setflags(write=False)
            weights[name] = array
        return Snapshot(
            number=self._snapshots,
            step=self.step,
            config=self.config.models[index],
            weights=weights,
            variance=self._evaluator.variances(self.step)[index],
        )

    def map_report(
        self,
        rows: np.ndarray | None = None,
        *,
        progress: ReportProgress = ignore_progress,
        is_cancelled: IsCancelled = never_cancelled,
    ) -> MapReport:
        """Codes of `rows` (int64; None for `probe_rows`) and the snapshots they belong to.

        Raises `CancelledError` when `is_cancelled` says so between two batches.
        """
        set_threads(self._threads_in_turn)
        start = time.perf_counter()
        chosen = np.array(self.probe_rows if rows is None else rows, dtype=np.int64)
        models = [member.model for member in self.members]
        encoded = encode_rows(models, self._resident, chosen, progress=progress, is_cancelled=is_cancelled)
        chosen.setflags(write=False)
        return MapReport(
            step=self.step,
            rows=chosen,
            codes=encoded.codes,
            sigmas=encoded.sigmas,
            snapshots=tuple(self.snapshot(index) for index in range(len(self.members))),
            seconds=time.perf_counter() - start,
        )

    def evaluate(self) -> EvaluationReport:
        """Losses on held-out rows and on as many training rows; the same rows and noise every time.

        Raises `ValueError` if no rows are held out.
        """
        set_threads(self._threads_in_turn)
        return self._evaluator.report(self.step)

    # ------------------------------------------------------------------ keeping and continuing

    def state(self) -> TrainerState:
        """Everything needed to continue exactly, and the learned σ²; a copy."""
        state = self._place()
        variances = self._evaluator.variances(self.step)
        if any(variance is not None for variance in variances):
            state.numbers[VARIANCES] = list(variances)
        return state

    def _place(self) -> TrainerState:
        """`state` without what is measured from it."""
        live: dict[str, Tensor] = {"generator.corruption": self._corrupted.generator.get_state()}
        for index, member in enumerate(self.members):
            live |= member_tensors(member, index)
            live[f"generator.posterior{index}"] = member.generator.get_state()
        numbers = {
            "format": FORMAT,
            "step": self.step,
            "epoch": self._batches.epoch,
            "position": self._batches.position,
            "snapshots": self._snapshots,
            "tensors": len(live),
            "knobs": self.knobs.to_json(),
        }
        if self.resting:
            numbers["resting"] = [[index, step] for index, step in sorted(self.resting.items())]
        return TrainerState(copied(live), numbers)

    def restore(self, state: TrainerState) -> None:
        """Continue where `state` was taken: bit for bit with the same config on one CPU thread.

        The batch size, the device and the length of the run may differ from what they were. Raises `StateError`
        or `ConfigError`, with this trainer unchanged, if the state is incomplete or another run's.
        """
        checked_counts(state, self.train_count)
        state = named(state, self.members)
        knobs = Knobs.from_json(state.numbers.get("knobs"))
        check_knobs(knobs, self.config.models)
        checked_resting(state, len(self.members))
        variances = checked_variances(state, self.config.models)
        images = self._resident.first(self._batches.size)
        for index, member in enumerate(self.members):
            check_member(member, index, state.tensors, member.stepped(images))
            name = f"generator.posterior{index}"
            check_generator(member.generator, state.tensors.get(name), name)
        name = "generator.corruption"
        check_generator(self._corrupted.generator, state.tensors.get(name), name)
        self._stand(state)
        self.knobs = knobs
        # What a former version did not keep is measured when it is asked for.
        self._evaluator.know(self.step, variances)
        self._safeguard.keep()

    def _stand(self, state: TrainerState) -> None:
        """All but the knobs as in `state`, which belongs to this run."""
        counts = checked_counts(state, self.train_count)
        for index in range(len(self.members)):
            self._load(index, state)
        seed = self.config.train.seed
        kept = state.tensors.get("generator.corruption")
        restore_generator(self._corrupted.generator, kept, stream_seed(seed, "corruption", counts.step))
        self._batches.move_to(counts.epoch, counts.position)
        self.step, self._snapshots = counts.step, counts.snapshots
        self._evaluator.know(self.step, None)
        self._rest(checked_resting(state, len(self.members)))  # a captured step has lost its tensors, too

    def _load(self, index: int, state: TrainerState) -> None:
        """Weights, optimisers and noise of one member as in `state`."""
        member = self.members[index]
        load_member(member, index, state.tensors)
        kept = state.tensors.get(f"generator.posterior{index}")
        fallback = stream_seed(self.config.train.seed, "posterior", state.numbers["step"])
        restore_generator(member.generator, kept, fallback)
