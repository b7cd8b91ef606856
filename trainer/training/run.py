"""A run between two steps: its parts, its reports, and how its state is saved and restored."""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import Tensor

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.models.family import check_knobs, with_all_options
from trainer.networks.memory import check_model_memory
from trainer.progress import IsCancelled, ReportProgress, ignore_progress, never_cancelled
from trainer.reports import EvaluationReport, MapReport, Snapshot
from trainer.seeds import chosen_rows, stream, stream_seed
from trainer.training.batches import Batches
from trainer.training.corruption import Corruption
from trainer.training.device_images import put_on_device
from trainer.training.devices import DeviceMemoryError, resolve_device, set_threads
from trainer.training.evaluation import Evaluator
from trainer.training.generators import check_generator, restore_generator
from trainer.training.kept_numbers import RESTING, VARIANCES, kept_resting
from trainer.training.members import build_member
from trainer.training.probe import encode_rows
from trainer.training.state import (
    FORMAT,
    TrainerState,
    check_member,
    checked_counts,
    checked_variances,
    copied,
    load_member,
    member_tensors,
    named,
)
from trainer.training.stepping import Stepping


class Run:
    """One or more models trained on the same batches in the same order, between two steps.

    A pair is fair (SCIENCE section 1): its members share seed, batches, noise on the inputs and, where shapes
    agree, initial weights; each has its own posterior noise, so that the result is exactly that of training it
    alone. All methods must be called in one thread; only copies are returned.

    Attributes:
        config: the run.
        knobs: the live settings; replace the whole object at any time, the next step reads it once.
        device: where the models are.
        step: optimisation steps done.
        members: the models in training; for this thread only.
        stepping: steps the members; has the stopped ones and the threads.
    """

    def __init__(
        self, config: RunConfig, data: ImageData | Tensor, knobs: Knobs, *, train_count: int | None = None
    ) -> None:
        """A run at step 0.

        Args:
            data: the images; or a tensor (N, C, H, W), uint8, or float32 used unchanged.
            train_count: for a tensor, the number of its first rows to train on, the others are held out;
                None holds out the share `config.data.held_out`, N trains on all.

        Raises:
            ConfigError: data and models do not match, the device is not available, or there is not enough
                memory.
            DeviceMemoryError: the images or models do not fit in the GPU's memory.
        """
        config = config.replace(models=tuple(with_all_options(model) for model in config.models))
        check_knobs(knobs, config.models)
        self.config = config
        self.knobs = knobs
        self.device = resolve_device(config.train.device)
        self.step = 0
        set_threads(1)  # enough for building
        train = config.train
        try:
            self._resident = put_on_device(config, data, train_count, self.device)
            if self.device.type == "cpu":  # on a GPU the allocation itself reports it
                check_model_memory(config, self._resident.train_count)
            self.members = tuple(build_member(model, train.seed, self.device) for model in config.models)
        except torch.OutOfMemoryError as error:
            raise DeviceMemoryError("The images and models do not fit on the card: choose the CPU.") from error
        # A static binarisation is drawn here; maps show codes of the images themselves, as with dynamic
        # binarisation.
        trained_on = self._resident.drawn_once() if train.binarise == "static" else self._resident
        self._batches = Batches(trained_on, train.batch, train.seed)
        self._corrupted = Corruption(stream(train.seed, "corruption", self.device), train.binarise)
        self._evaluator = Evaluator(self.members, self._resident, train.seed, train.binarise)
        self.stepping = Stepping(self.members, self._resident, self._batches.size, train.threads)
        self._snapshots = 0

    @property
    def train_count(self) -> int:
        """Number of training rows; the rest is held out."""
        return self._resident.train_count

    @property
    def count(self) -> int:
        """N, training and held-out rows together."""
        return len(self._resident.rows)

    @property
    def epoch(self) -> float:
        """Completed passes over the training rows, as a fraction."""
        return self._batches.epoch + self._batches.position / self.train_count

    @property
    def finished(self) -> bool:
        """Whether a run of known length has reached its end."""
        return self.config.train.epochs is not None and self._batches.epoch >= self.config.train.epochs

    @property
    def all_rows(self) -> np.ndarray:
        """Indices of all images, int64 (N,)."""
        return np.arange(self.count, dtype=np.int64)

    @property
    def probe_rows(self) -> np.ndarray:
        """Rows whose codes `map_report` returns by default: a fixed seeded choice, ascending, int64 (n,)."""
        train = self.config.train
        return chosen_rows(train.seed, "probe", 0, self.count, train.probe)

    # ------------------------------------------------------------------ reports

    def snapshot(self, index: int) -> Snapshot:
        """The weights of member `index` for inference, as read-only float32 copies."""
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
            step=self.stepping.resting.get(index, self.step),
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

        Raises `CancelledError` if `is_cancelled` returns True between two batches.
        """
        set_threads(self.stepping.threads_in_turn)
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

        If no rows are held out, training rows are used instead (`EvaluationReport.none_held_out`).
        """
        set_threads(self.stepping.threads_in_turn)
        return self._evaluator.report(self.step)

    # ------------------------------------------------------------------ saving and restoring

    def state(self) -> TrainerState:
        """Everything needed to continue exactly, and the learned σ²; a copy."""
        state = self.place()
        variances = self._evaluator.variances(self.step)
        if any(variance is not None for variance in variances):
            state.numbers[VARIANCES] = list(variances)
        return state

    def place(self) -> TrainerState:
        """`state` without the measured σ²."""
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
        if self.stepping.resting:
            numbers[RESTING] = [[index, step] for index, step in sorted(self.stepping.resting.items())]
        return TrainerState(copied(live), numbers)

    def restore(self, state: TrainerState) -> None:
        """Continue from `state`: bit for bit the same with the same config on one CPU thread.

        The batch size, the device and the length of the run may differ from those of the saved run. Raises
        `StateError` or `ConfigError`, with this run unchanged, if the state is incomplete or of another run.
        """
        checked_counts(state, self.train_count)
        state = named(state, self.members)
        knobs = Knobs.from_json(state.numbers.get("knobs"))
        check_knobs(knobs, self.config.models)
        kept_resting(state.numbers, len(self.members))
        variances = checked_variances(state, self.config.models)
        images = self._resident.first(self._batches.size)
        for index, member in enumerate(self.members):
            check_member(member, index, state.tensors, member.stepped(images))
            name = f"generator.posterior{index}"
            check_generator(member.generator, state.tensors.get(name), name)
        name = "generator.corruption"
        check_generator(self._corrupted.generator, state.tensors.get(name), name)
        self._restore_state(state)
        self.knobs = knobs
        # Values that an older version did not save are measured when needed.
        self._evaluator.know(self.step, variances)

    def _restore_state(self, state: TrainerState) -> None:
        """Restore everything except the knobs from `state`, a state of this run."""
        counts = checked_counts(state, self.train_count)
        for index in range(len(self.members)):
            self._load(index, state)
        kept = state.tensors.get("generator.corruption")
        fallback = stream_seed(self.config.train.seed, "corruption", counts.step)
        restore_generator(self._corrupted.generator, kept, fallback)
        self._batches.move_to(counts.epoch, counts.position)
        self.step, self._snapshots = counts.step, counts.snapshots
        self._evaluator.know(self.step, None)
        self.stepping.rest(kept_resting(state.numbers, len(self.members)))

    def _load(self, index: int, state: TrainerState) -> None:
        """Restore weights, optimisers and noise of one member from `state`."""
        member = self.members[index]
        load_member(member, index, state.tensors)
        kept = state.tensors.get(f"generator.posterior{index}")
        fallback = stream_seed(self.config.train.seed, "posterior", state.numbers["step"])
        restore_generator(member.generator, kept, fallback)
