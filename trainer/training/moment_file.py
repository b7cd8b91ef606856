"""One moment of a run in one file: all that is needed to continue it, and the maps of that moment. Torch-free.

Looking at a moment again reads its weights and codes only, a third of the file; continuing reads the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from trainer.config import ModelConfig
from trainer.reports import MapReport, Snapshot
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.expected_tensors import wrong_weights
from trainer.training.tensor_file import read_chosen, write_tensors
from trainer.traits import Traits

_SHOWN = "shown."


def moment_path(folder: Path, number: int) -> Path:
    """The file of moment `number` in the folder of a run's moments."""
    return folder / f"moment-{number}.safetensors"


def write_moment(path: Path, state: Mapping[str, np.ndarray], report: MapReport) -> int:
    """Write a moment and return its size in bytes.

    Args:
        state: the tensors of a `TrainerState` by their names, among them the weights of `report`'s snapshots.
        report: rows and codes as the maps showed them with these weights.

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
    path: Path,
    models: tuple[ModelConfig, ...],
    step: int,
    number: int,
    traits: tuple[Traits, ...] = (),
    images: int | None = None,
) -> MapReport:
    """The maps of a moment, with the weights that made them.

    Args:
        models: of the run, in its order.
        step: of the moment.
        number: what the snapshots are to be called.
        traits: of the models; may be left out where none has tensors that only training needs. With them the
            weights are compared with what the models need.
        images: how many there are, which no row goes beyond; None where that is not known.

    Raises:
        CheckpointError: the file is damaged or another run's.
        OSError: it is gone or cannot be read.
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
    sigmas = tuple(tensors.get(f"{_SHOWN}spread{index}") for index in range(len(models)))
    rows = tensors.get(f"{_SHOWN}rows")
    foreign = CheckpointError("{path} is not a moment of this run.", path=path)
    if rows is None or not _are_rows(rows, images):
        raise foreign
    for code, spread, model in zip(codes, sigmas, models, strict=True):
        if code is None or not _like_codes(code, len(rows), model):
            raise foreign
        if spread is not None and not _like_codes(spread, len(rows), model):
            raise foreign
    for index, (snapshot, its) in enumerate(zip(snapshots, traits, strict=False)):
        if wrong_weights(snapshot.weights, snapshot.config, its, index):
            raise foreign
    kept = tuple(code.astype(np.float32, copy=False) for code in codes if code is not None)
    return MapReport(step=step, rows=rows, codes=kept, snapshots=tuple(snapshots), seconds=0.0, sigmas=sigmas)


def _are_rows(rows: np.ndarray, images: int | None) -> bool:
    """Whether these are rows of images, in order."""
    if rows.ndim != 1 or rows.dtype.kind != "i":
        return False
    inside = not len(rows) or (rows[0] >= 0 and (images is None or rows[-1] < images))
    return bool(inside and (rows[1:] > rows[:-1]).all())


def _like_codes(array: np.ndarray, rows: int, model: ModelConfig) -> bool:
    return array.shape == (rows, model.latent) and array.dtype.kind == "f"


def _step(kept: np.ndarray | None, step: int) -> int:
    """The step of a member that rests, `step` for others and for what cannot be one."""
    if kept is None or kept.shape != (1,) or kept.dtype != np.int64 or not 0 <= kept[0] <= step:
        return step
    return int(kept[0])


def _variance(kept: np.ndarray | None) -> float | None:
    """A learned σ², None for what cannot be one."""
    if kept is None or kept.shape != (1,) or not np.isfinite(kept[0]) or not kept[0] > 0:
        return None
    return float(kept[0])
