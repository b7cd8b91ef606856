"""The service's interface to data sets, engine and checkpoints. Torch-free until `prepare`."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from trainer.config import DataConfig, ModelConfig, RunConfig
from trainer.data.images import DataInfo, ImageData
from trainer.knobs import Knobs
from trainer.machine_limits import available_cores, resident_memory
from trainer.measures.measure import Figure
from trainer.progress import IsCancelled, Monitor, ReportProgress
from trainer.reports import EvaluationReport, MapReport, StepReport
from trainer.sentences import Sentence
from trainer.service.messages import MeasureModels, Ready
from trainer.training.description import Description
from trainer.traits import Traits


class RunStepping(Protocol):
    """The part of `trainer.training.stepping.Stepping` that the service uses."""

    @property
    def threads_used(self) -> int: ...
    @property
    def graph_failure(self) -> str: ...


class RunTrainer(Protocol):
    """The part of `trainer.training.engine.Trainer` that the service uses."""

    config: RunConfig
    knobs: Knobs
    step: int
    device: Any

    @property
    def stepping(self) -> RunStepping: ...
    @property
    def count(self) -> int: ...
    @property
    def finished(self) -> bool: ...
    @property
    def all_rows(self) -> np.ndarray: ...
    @property
    def probe_rows(self) -> np.ndarray: ...

    @property
    def epoch(self) -> float: ...

    def steps(self) -> Generator[StepReport]: ...
    def extend(self, epochs: int | None = None) -> Sentence | None: ...
    def map_report(
        self, rows: np.ndarray | None = None, *, progress: ReportProgress = ..., is_cancelled: IsCancelled = ...
    ) -> MapReport: ...
    def evaluate(self) -> EvaluationReport: ...
    def state(self) -> Any: ...
    def restore(self, state: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class OpenedCheckpoint:
    """A checkpoint that was read. `state` is the argument of `RunTrainer.restore`."""

    description: Description
    state: Any = field(repr=False)


class Backend:
    """The real implementation; tests of the service replace it by a fast one."""

    def prepare(self) -> Ready:
        """Import torch and report the available devices and families."""
        import torch

        from trainer.training.devices import card_remark, device_names

        return Ready(str(torch.__version__), device_names(), _own_cores(), resident_memory(), card_remark())

    def warm_up(self) -> None:
        """Do slow initialisation before the first training step needs it; called while the service is idle.

        An optimiser's first use makes torch import its compiler, which takes about as long as importing torch.
        """
        import torch

        from trainer.training import checkpoint, checkpoint_writing, engine  # noqa: F401

        parameter = torch.nn.Parameter(torch.zeros(1))
        optimiser = torch.optim.Adam([parameter], fused=True)
        parameter.sum().backward()
        optimiser.step()

    def load_data(
        self,
        config: DataConfig,
        folder: Path,
        download: bool,
        progress: ReportProgress,
        cancelled: IsCancelled,
    ) -> ImageData:
        """See `trainer.data.registry.load`."""
        from trainer.data import registry

        return registry.load(config, folder, download=download, progress=progress, cancelled=cancelled)

    def list_data(self, folder: Path) -> tuple[DataInfo, ...]:
        """The data sets that can be chosen by name."""
        from trainer.data import registry

        return registry.available(folder)

    def traits(self, models: tuple[ModelConfig, ...]) -> tuple[Traits, ...]:
        """Traits of the models' families. Raises `ConfigError` for an unknown family."""
        from trainer.models.family import family

        return tuple(family(model.family).traits for model in models)

    def build(self, config: RunConfig, data: ImageData, knobs: Knobs) -> RunTrainer:
        """A trainer at step 0, with a number of threads calibrated for the machine. Raises `ConfigError`."""
        from trainer.training.engine import Trainer

        trainer = Trainer(config, data, knobs)
        most = _own_cores()
        if config.train.threads is None and most > 1:
            trainer.stepping.calibrate()
            trainer.stepping.limit_threads(most)
        return trainer

    def roomier(
        self, error: Exception, trainer: RunTrainer, data: ImageData
    ) -> tuple[RunTrainer, Sentence] | None:
        """After `error`, the same run with less GPU memory, and a sentence about it; None if nothing is left to
        try.
        """
        from trainer.training.devices import DeviceMemoryError, roomier
        from trainer.training.engine import Trainer

        if not isinstance(error, DeviceMemoryError):
            return None
        room = roomier(trainer.config)
        if room is None:
            return None
        config, sentence = room
        other = Trainer(config, data, trainer.knobs)
        other.restore(trainer.state())
        return other, sentence

    def state_arrays(self, trainer: RunTrainer) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """The trainer's state as arrays and numbers; copies."""
        state = trainer.state()
        return {name: tensor.numpy() for name, tensor in state.tensors.items()}, state.numbers

    def restore(self, trainer: RunTrainer, arrays: dict[str, np.ndarray], numbers: dict[str, Any]) -> None:
        """Restore the state returned by `state_arrays`. Raises `StateError` and changes nothing then."""
        import torch

        from trainer.training.state import TrainerState

        # Copied: torch must neither write to a read-only buffer nor warn about it.
        tensors = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
        trainer.restore(TrainerState(tensors, numbers))

    def save(
        self,
        path: Path,
        trainer: RunTrainer,
        data: ImageData,
        history: tuple[StepReport, ...],
        evaluations: tuple[EvaluationReport, ...],
        map_report: MapReport | None,
        private: bool = False,
    ) -> None:
        """Write a checkpoint, with the codes of `map_report` if given. Raises `CheckpointError`.

        `private`: only the owner can read it.
        """
        from trainer.training.checkpoint import Codes
        from trainer.training.checkpoint_writing import save
        from trainer.training.description import DataSummary

        codes = None
        if map_report is not None:
            rows = map_report.rows
            codes = Codes(
                rows=rows,
                codes=map_report.codes,
                labels=None if data.labels is None else data.labels[rows],
                factors=None if data.factors is None else data.factors[rows],
                sigmas=map_report.sigmas,
            )
        save(
            path,
            config=trainer.config,
            state=trainer.state(),
            data=DataSummary.of(data),
            history=history,
            evaluations=evaluations,
            codes=codes,
            private=private,
        )

    def open(self, path: Path) -> OpenedCheckpoint:
        """Read a checkpoint. Raises `CheckpointError`."""
        from trainer.training.checkpoint import load

        return OpenedCheckpoint(*load(path))

    def kept_map(self, path: Path) -> MapReport:
        """The map of a checkpoint without its data: the stored codes (possibly none) and the weights."""
        from trainer.training.checkpoint import read_codes, read_description, read_weights

        description, snapshots, kept = read_description(path), read_weights(path), read_codes(path)
        if kept is not None:
            rows, codes, sigmas = kept.rows, kept.codes, kept.sigmas
        else:
            rows, sigmas = np.empty(0, np.int64), ()
            codes = tuple(np.empty((0, model.latent), np.float32) for model in description.config.models)
        return MapReport(
            step=description.step, rows=rows, codes=codes, snapshots=snapshots, seconds=0.0, sigmas=sigmas
        )

    def measure(
        self, wanted: MeasureModels, data: ImageData, monitor: Monitor
    ) -> Iterator[tuple[int, str, tuple[Figure, ...]]]:
        """Yield (index of the model, name of the group, its figures), all models for one group after the other.

        Raises `CancelledError`, `KeyError` for an unknown group, and `ReplicaError` for weights that do not fit.
        """
        from trainer.service.measuring import measuring

        return measuring(wanted, data, monitor)

    def usable(self, config: RunConfig) -> RunConfig:
        """`config` adapted to this machine: a run from a machine with a GPU can be opened without one."""
        if config.train.device == "cuda" and "cuda" not in self.prepare().devices:
            return config.replace(train=config.train.replace(device="auto"))
        return config


def _own_cores() -> int:
    """Number of cores for training: all but one, which is left for the window."""
    return max(1, available_cores() - 1)
