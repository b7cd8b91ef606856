"""A quick stand-in for data sets, engine and checkpoints: the service's own behaviour without torch."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import DataInfo, ImageData
from trainer.knobs import Knobs
from trainer.measures.measure import Figure
from trainer.progress import CancelledError, Progress, ignore_progress, never_cancelled
from trainer.reports import EvaluationReport, Losses, MapReport, Snapshot, StepReport
from trainer.sentences import Sentence
from trainer.service.backend import Backend, OpenedCheckpoint
from trainer.service.messages import Ready
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.description import DataSummary, Description
from trainer.training.tensor_file import FileEntry
from trainer.traits import Traits

TRAITS = Traits(uses_beta=False, posterior="none", prior="none", stochastic=False, plain=True)
LOSSES = (Losses({"reconstruction": 1.0, "total": 1.0}),)
STEPS_PER_EPOCH = 5


def run_config(**train: Any) -> RunConfig:
    """One small model on the fake data."""
    model = ModelConfig(family="autoencoder", widths=(4,), shape=(1, 4, 4))
    return RunConfig(data=DataConfig(name="digits"), models=(model,), train=TrainConfig(**train))


class FakeTrainer:
    """Counts steps and encodes nothing. `fail` is raised by the next step, `fail_map` by the next full map.

    Attributes:
        hold_map: a full map sets `holding` and then waits until it is cancelled.
        gate: steps wait for this event.
    """

    def __init__(self, config: RunConfig, data: ImageData, knobs: Knobs) -> None:
        self.config, self.data, self.knobs = config, data, knobs
        self.step, self.device = 0, "cpu"
        self.stepping = SimpleNamespace(threads_used=1, graph_failure="")
        self.fail: Exception | None = None
        self.fail_map: Exception | None = None
        self.hold_map = False
        self.holding = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.thread: int | None = None
        self.maps: list[int] = []

    def extend(self, epochs: int | None = None) -> str:
        if epochs is not None and epochs * STEPS_PER_EPOCH <= self.step:
            epochs = None
        self.config = self.config.replace(train=self.config.train.replace(epochs=epochs))
        return ""

    @property
    def epoch(self) -> float:
        return self.step / STEPS_PER_EPOCH

    @property
    def count(self) -> int:
        return self.data.count

    @property
    def finished(self) -> bool:
        epochs = self.config.train.epochs
        return epochs is not None and self.step >= epochs * STEPS_PER_EPOCH

    @property
    def all_rows(self) -> np.ndarray:
        return np.arange(self.count)

    @property
    def probe_rows(self) -> np.ndarray:
        return np.arange(min(self.count, self.config.train.probe))

    def steps(self) -> Generator[StepReport]:
        while not self.finished:
            self.gate.wait(60)
            if self.fail is not None:
                error, self.fail = self.fail, None
                raise error
            self.thread = threading.get_ident()
            self.step += 1
            yield StepReport(
                step=self.step,
                epoch=self.step / STEPS_PER_EPOCH,
                knobs=self.knobs,
                applied=self.knobs,
                losses=LOSSES,
                images=8,
                seconds=0.001,
            )

    def map_report(self, rows=None, *, progress=ignore_progress, is_cancelled=never_cancelled) -> MapReport:
        rows = self.probe_rows if rows is None else rows
        full = len(rows) == self.count
        if full and self.fail_map is not None:
            error, self.fail_map = self.fail_map, None
            raise error
        self.maps.append(len(rows))
        pause = threading.Event()
        while full and self.hold_map:
            self.holding.set()
            if is_cancelled():
                raise CancelledError
            pause.wait(0.002)
        progress(Progress(len(rows), len(rows), Sentence("images"), Sentence("Encoding")))
        model = self.config.models[0]
        snapshot = Snapshot(number=len(self.maps), step=self.step, config=model, weights={})
        codes = (np.zeros((len(rows), model.latent), np.float32),)
        return MapReport(step=self.step, rows=rows, codes=codes, snapshots=(snapshot,), seconds=0.0)

    def evaluate(self) -> EvaluationReport:
        return EvaluationReport(step=self.step, train=LOSSES, held_out=LOSSES, active=(2,), rows=3)

    def state(self) -> int:
        return self.step

    def restore(self, state: int) -> None:
        self.step = state


class FakeBackend(Backend):
    """Twelve images a load. Used in the service's thread; tests look at it between messages.

    Attributes:
        fail: raised by the next load (once).
        hold: loading sets `holding` and then waits until it is cancelled.
        checkpoints: what was saved: path -> (step, whether with codes).
        fail_save: raised by every save.
        hold_measure: measuring sets `holding` after the first group and then waits until it is cancelled.
        room: what is reported when a `MemoryError` is answered by another engine; "" does not.
    """

    def __init__(self) -> None:
        self.fail: Exception | None = None
        self.hold = self.hold_measure = False
        self.holding = threading.Event()
        self.loads = 0
        self.warm = 0
        self.warmed = threading.Event()
        self.room = ""
        self.trainers: list[FakeTrainer] = []
        self.checkpoints: dict[Path, tuple[int, bool]] = {}
        self.saves = 0
        self.fail_save: Exception | None = None
        self.changed = False
        self._description: Description | None = None

    @property
    def trainer(self) -> FakeTrainer:
        return self.trainers[-1]

    def prepare(self) -> Ready:
        return Ready("none", ("cpu",), 1)

    def warm_up(self) -> None:
        self.warm += 1
        self.warmed.set()

    def load_data(self, config, folder, download, progress, cancelled) -> ImageData:
        self.loads += 1
        progress(Progress(0, 12, Sentence("images"), Sentence("Loading")))
        pause = threading.Event()
        while self.hold:
            self.holding.set()
            if cancelled():
                raise CancelledError
            progress(Progress(1, 12, Sentence("images"), Sentence("Loading")))
            pause.wait(0.002)
        if self.fail is not None:
            error, self.fail = self.fail, None
            raise error
        images = np.random.default_rng(config.seed + self.changed).integers(0, 255, (12, 1, 4, 4), np.uint8)
        return ImageData(config=config, title="Fake", images=images, train_count=9, labels=np.arange(12))

    def list_data(self, folder: Path) -> tuple[DataInfo, ...]:
        return ()

    def traits(self, models):
        return tuple(TRAITS for _ in models)

    def build(self, config: RunConfig, data: ImageData, knobs: Knobs) -> FakeTrainer:
        self.trainers.append(FakeTrainer(config, data, knobs))
        return self.trainer

    def roomier(self, error, trainer, data):
        if not self.room or not isinstance(error, MemoryError):
            return None
        other = self.build(trainer.config, data, trainer.knobs)
        other.restore(trainer.state())
        return other, self.room

    def measure(self, wanted, data, monitor):
        pause = threading.Event()
        for number, name in ((number, name) for name in wanted.groups for number in range(len(wanted.models))):
            monitor.at(0, 1, Sentence("%"))
            yield number, name, (Figure(key=f"{name}-figure", value=float(wanted.models[number].number)),)
            while self.hold_measure:
                self.holding.set()
                monitor.check()
                pause.wait(0.002)

    def usable(self, config: RunConfig) -> RunConfig:
        return config

    def state_arrays(self, trainer):
        arrays = {"member0.model.step": np.array([trainer.step], np.int64)}
        return arrays, {"knobs": trainer.knobs.to_json()}

    def restore(self, trainer, arrays, numbers) -> None:
        trainer.restore(int(arrays["member0.model.step"][0]))
        trainer.knobs = Knobs.from_json(numbers["knobs"])

    def save(self, path, trainer, data, history, evaluations, map_report, private=False) -> None:
        self.saves += 1
        if self.fail_save is not None:
            raise self.fail_save
        self.checkpoints[path] = (trainer.state(), map_report is not None)
        self._description = Description(
            config=trainer.config,
            knobs=trainer.knobs,
            traits=(TRAITS,),
            step=trainer.step,
            epoch=0.0,
            data=DataSummary.of(data),
            history=history,
            evaluations=evaluations,
            numbers={},
            state=FileEntry(name="state", size=1, blake2b=""),
        )

    def open(self, path: Path) -> OpenedCheckpoint:
        if path not in self.checkpoints:
            raise CheckpointError(f"{path} is not a checkpoint; choose another folder.")
        return OpenedCheckpoint(self._description, self.checkpoints[path][0])

    def kept_map(self, path: Path) -> MapReport:
        model = self._description.config.models[0]
        snapshot = Snapshot(number=0, step=0, config=model, weights={})
        codes = (np.empty((0, 2), np.float32),)
        return MapReport(step=0, rows=np.empty(0, np.int64), codes=codes, snapshots=(snapshot,), seconds=0.0)
