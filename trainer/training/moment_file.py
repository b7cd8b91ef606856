"""One moment of a run in one file: the state for continuing, and the maps of that moment. Torch-free.

Showing a moment reads its weights and codes only, a third of the file; continuing reads the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from trainer.config import ModelConfig
from trainer.reports import MapReport, Snapshot
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.tensor_file import read_chosen, write_tensors
from trainer.traits import Traits

_SHOWN = "shown."


def moment_path(folder: Path, number: int) -> Path:
    """The file of moment `number` in the folder of a run's moments."""
    return folder / f"moment-{number}.safetensors"


def write_moment(path: Path, state: Mapping[str, np.ndarray], report: MapReport) -> int:
    """Write a moment and return its size in bytes.

    Args:
        state: the tensors of a `TrainerState` by name, including the weights of `report`'s snapshots.
        report: rows and codes of the maps with these weights.

    Raises:
        OSError: no room, no permission; no file is left behind.
    """
    shown = {f"{_SHOWN}rows": report.rows}
    shown |= {f"{_SHOWN}codes{index}": codes for index, codes in enumerate(report.codes)}
    sigmas = enumerate(report.sigmas)
    shown |= {f"{_SHOWN}spread{index}": spread for index, spread in sigmas if spread is not None}
    for index, snapshot in enumerate(report.snapshots):
        if snapshot.variance is not None:
            shown[f"{_SHOWN}variance{index}"] = np.array([snapshot.variance])
        if snapshot.step != report.step:
            shown[f"{_SHOWN}step{index}"] = np.array([snapshot.step])
    return write_tensors(path, {**state, **shown})


def read_state(path: Path) -> dict[str, np.ndarray]:
    """The `state` that was written. Raises `CheckpointError` or `OSError`."""
    return read_chosen(path, lambda name: not name.startswith(_SHOWN))


def read_shown(
    path: Path, models: tuple[ModelConfig, ...], step: int, number: int, traits: tuple[Traits, ...] = ()
) -> MapReport:
    """The maps of a moment, with the weights that produced them.

    Args:
        models: of the run, in its order.
        step: of the moment.
        number: number for the snapshots.
        traits: of the models; may be omitted if none has training-only tensors.

    Raises:
        CheckpointError: the file is damaged or belongs to another run.
        OSError: it does not exist or cannot be read.
    """
    tensors = read_chosen(path, lambda name: name.startswith(_SHOWN) or ".model." in name)
    snapshots = []
    for index, model in enumerate(models):
        prefix = f"member{index}.model."
        weights = {
            name.removeprefix(prefix): np.asarray(array, np.float32)
            for name, array in tensors.items()
            if name.startswith(prefix)
            and not (traits and traits[index].is_training_only(name.removeprefix(prefix)))
        }
        variance = _variance(tensors.get(f"{_SHOWN}variance{index}"))
        own = _step(tensors.get(f"{_SHOWN}step{index}"), step)
        snapshots.append(Snapshot(number=number, step=own, config=model, weights=weights, variance=variance))
    codes = tuple(tensors.get(f"{_SHOWN}codes{index}") for index in range(len(models)))
    rows = tensors.get(f"{_SHOWN}rows")
    if rows is None or any(
        code is None or code.shape != (len(rows), model.latent) for code, model in zip(codes, models, strict=True)
    ):
        raise CheckpointError("{path} is not a moment of this run.", path=path)
    kept = tuple(code for code in codes if code is not None)
    sigmas = tuple(tensors.get(f"{_SHOWN}spread{index}") for index in range(len(models)))
    if any(spread is not None and spread.shape != code.shape for spread, code in zip(sigmas, kept, strict=True)):
        raise CheckpointError("{path} is not a moment of this run.", path=path)
    return MapReport(step=step, rows=rows, codes=kept, snapshots=tuple(snapshots), seconds=0.0, sigmas=sigmas)


def _step(kept: np.ndarray | None, step: int) -> int:
    """The step of a stopped member; `step` for others and for invalid values."""
    if kept is None or kept.shape != (1,) or kept.dtype != np.int64 or not 0 <= kept[0] <= step:
        return step
    return int(kept[0])


def _variance(kept: np.ndarray | None) -> float | None:
    """A learned σ², None for invalid values."""
    if kept is None or kept.shape != (1,) or not np.isfinite(kept[0]) or not kept[0] > 0:
        return None
    return float(kept[0])
