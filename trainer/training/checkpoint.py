"""A run on disk: a folder with `checkpoint.json` and the tensor files that it names.

Saving writes the tensor files under new names (they hold their contents' hash), then replaces `checkpoint.json`
in one rename, then removes the files that are no longer named. Whenever the process is killed or the disk is full,
the folder holds either the former checkpoint or the new one, whole. No pickle anywhere; reading needs no torch
except `load`, which gives what resuming needs.
"""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from trainer.config import RunConfig
from trainer.knobs import Knobs
from trainer.records import ConfigError
from trainer.regular_file import read_regular
from trainer.reports import EvaluationReport, Snapshot, StepReport
from trainer.training.atomic_files import PARTIAL, sync_folder, write_atomically
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.description import DataSummary, Description, DescriptionError, from_text, to_text
from trainer.training.expected_tensors import wrong_code_values, wrong_codes, wrong_state
from trainer.training.tensor_file import Declared, FileEntry, packed, read_tensors
from trainer.traits import Traits

if TYPE_CHECKING:
    from trainer.training.state import TrainerState

FILE = "checkpoint.json"
_MAX_DESCRIPTION = 64_000_000
#: Names of tensor files: no folders, drives, streams or devices of any system, however it reads names.
_PLAIN_NAME = re.compile(r"(state|codes)-[A-Za-z0-9_-]{1,64}\.safetensors")
_RESUMING = ("optimiser", "generator")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes kept with a checkpoint, so that its maps can be shown without its data.

    Attributes:
        rows: int64 (n,) indices into the data.
        codes: per member, float32 (n, d).
        labels: int64 (n,), -1 where unknown; None for data without classes.
        factors: float32 (n, F) or None.
        spreads: per member σ of q(z|x), (n, d), float32 or float16 to be written and float32 as read; None for a
            model without a posterior. Empty where they are not kept: older checkpoints have none.
    """

    rows: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)
    factors: np.ndarray | None = field(default=None, repr=False)
    spreads: tuple[np.ndarray | None, ...] = field(default=(), repr=False)


def save(
    folder: Path,
    *,
    config: RunConfig,
    state: TrainerState,
    data: DataSummary,
    history: tuple[StepReport, ...] = (),
    evaluations: tuple[EvaluationReport, ...] = (),
    codes: Codes | None = None,
    resumable: bool = True,
) -> Description:
    """Write a run's state (`Trainer.state()`) as the checkpoint in `folder`, which is made if need be.

    `resumable` False leaves out optimisers and generators: a third of the size, and training starts them afresh.

    Raises `CheckpointError` if a value is not finite or the folder cannot be written; a checkpoint that was there
    before is then untouched.
    """
    from trainer.models.family import family  # torch is imported already: the state holds its tensors

    arrays = {
        name: tensor.numpy()
        for name, tensor in state.tensors.items()
        if resumable or not any(part.startswith(_RESUMING) for part in name.split(".")[:2])
    }
    run = _Run(
        config=config,
        traits=tuple(family(model.family).traits for model in config.models),
        arrays=arrays,
        numbers={**state.numbers, "tensors": len(arrays)},
        data=data,
        history=history,
        evaluations=evaluations,
        codes=codes,
    )
    return _save(Path(folder), run)


def read_description(path: Path) -> Description:
    """What the checkpoint at `path` (its folder, or a file in it) says of itself. Torch-free and cheap.

    Raises `CheckpointError`.
    """
    file = _folder(path) / FILE
    try:
        text = read_regular(file, _MAX_DESCRIPTION)
    except (FileNotFoundError, NotADirectoryError):
        raise CheckpointError(f"{path} is not a checkpoint; choose a folder that holds a {FILE}.") from None
    except (OSError, ValueError) as error:  # the second for names that no system takes
        raise _unreadable(file, error) from error
    try:
        return from_text(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise CheckpointError(f"{file} cannot be used: it is not text; open another checkpoint.") from None
    except DescriptionError as error:
        raise CheckpointError(f"{file} cannot be used: {error}; open another checkpoint.") from error


def read_weights(path: Path) -> tuple[Snapshot, ...]:
    """The weights of each member, as snapshots number 0. Torch-free. Raises `CheckpointError`."""

    def read(description: Description) -> tuple[Snapshot, ...]:
        tensors = _state_tensors(path, description)
        snapshots = []
        for index, model in enumerate(description.config.models):
            prefix = f"member{index}.model."
            weights = {
                name.removeprefix(prefix): array for name, array in tensors.items() if name.startswith(prefix)
            }
            snapshots.append(Snapshot(number=0, step=description.step, config=model, weights=weights))
        return tuple(snapshots)

    return _steadily(path, read)


def read_codes(path: Path) -> Codes | None:
    """The codes kept with a checkpoint, None if there are none. Torch-free. Raises `CheckpointError`."""

    def read(description: Description) -> Codes | None:
        if description.codes is None:
            return None
        tensors = _read(path, description.codes, lambda declared: wrong_codes(declared, description))
        if wrong := wrong_code_values(tensors, description):
            raise CheckpointError(f"{path} holds codes that cannot be used: {wrong}; open another checkpoint.")
        count = len(tensors["member0"])
        rows, labels = tensors.get("rows"), tensors.get("labels")
        return Codes(
            rows=np.arange(count, dtype=np.int64) if rows is None else rows.astype(np.int64),
            codes=tuple(tensors[f"member{index}"] for index in range(len(description.config.models))),
            labels=None if labels is None else labels.astype(np.int64),
            factors=tensors.get("factors"),
            spreads=_spreads(tensors, len(description.config.models)),
        )

    return _steadily(path, read)


def load(path: Path) -> tuple[Description, TrainerState]:
    """All that resuming needs: `Trainer(description.config, data).restore(state)`. Raises `CheckpointError`."""
    import torch

    from trainer.training.state import TrainerState

    def read(description: Description) -> tuple[Description, TrainerState]:
        # Copied: torch must not write to, nor warn of, a read-only buffer.
        arrays = _state_tensors(path, description)
        _check_traits(path, description)
        tensors = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
        return description, TrainerState(tensors, description.numbers)

    return _steadily(path, read)


# ---------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What is to be saved, without torch."""

    config: RunConfig
    traits: tuple[Traits, ...]
    arrays: dict[str, np.ndarray]
    numbers: dict[str, Any]
    data: DataSummary
    history: tuple[StepReport, ...] = ()
    evaluations: tuple[EvaluationReport, ...] = ()
    codes: Codes | None = None


def _save(folder: Path, run: _Run) -> Description:
    for name, array in run.arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise CheckpointError(
                f"The checkpoint {folder} was not written because {name} is not finite; go back to an earlier "
                "checkpoint and lower the learning rate."
            )
    files = [packed("state", run.arrays)]
    if run.codes is not None:
        files.append(packed("codes", _codes_tensors(run.codes)))
    description = Description(
        config=run.config,
        knobs=Knobs.from_json(run.numbers["knobs"]),
        traits=run.traits,
        step=run.numbers["step"],
        epoch=run.numbers["epoch"] + run.numbers["position"] / run.data.train_count,
        data=run.data,
        history=run.history,
        evaluations=run.evaluations,
        numbers=run.numbers,
        state=files[0][0],
        codes=files[1][0] if run.codes is not None else None,
    )
    try:
        _write(folder, files, to_text(description).encode())
    except OSError as error:
        raise CheckpointError(_why_not_written(folder, error)) from error
    return description


def _write(folder: Path, files: list[tuple[FileEntry, bytes]], description: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kept = {entry.name for entry, _ in files}
    fresh = [folder / entry.name for entry, _ in files if not (folder / entry.name).exists()]
    try:
        for entry, contents in files:
            write_atomically(folder / entry.name, contents)
        sync_folder(folder)
        write_atomically(folder / FILE, description)
    except BaseException:
        # The former description does not name these; without them the folder is as it was.
        for file in fresh:
            with contextlib.suppress(OSError):
                file.unlink()
        raise
    sync_folder(folder)
    for pattern in ("state-*.safetensors", "codes-*.safetensors", f"{PARTIAL}*"):
        for file in folder.glob(pattern):
            if file.name not in kept:
                # One that is still open elsewhere stays on Windows, and goes at the next save.
                with contextlib.suppress(OSError):
                    file.unlink()


def _codes_tensors(codes: Codes) -> dict[str, np.ndarray]:
    tensors = {f"member{index}": array for index, array in enumerate(codes.codes)}
    tensors |= {f"spread{index}": array for index, array in enumerate(codes.spreads) if array is not None}
    if not np.array_equal(codes.rows, np.arange(len(codes.rows))):
        tensors["rows"] = codes.rows
    if codes.labels is not None:
        narrow = len(codes.labels) and codes.labels.min() >= -128 and codes.labels.max() <= 127
        tensors["labels"] = codes.labels.astype(np.int8 if narrow else np.int64)
    if codes.factors is not None:
        tensors["factors"] = codes.factors
    return tensors


def _spreads(tensors: Mapping[str, np.ndarray], members: int) -> tuple[np.ndarray | None, ...]:
    kept = [tensors.get(f"spread{index}") for index in range(members)]
    if all(array is None for array in kept):
        return ()
    return tuple(None if array is None else array.astype(np.float32) for array in kept)


def _why_not_written(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason = "the disk is full; free some space or choose another folder"
    elif error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        reason = "writing there is not allowed; choose another folder"
    elif error.errno in (errno.EEXIST, errno.ENOTDIR):
        reason = "it is a file or lies in one; choose another folder"
    else:
        reason = f"{error.strerror or error}; choose another folder"
    return f"The checkpoint {folder} could not be written: {reason}."


# ---------------------------------------------------------------- reading


def _folder(path: Path) -> Path:
    path = Path(path)
    inside = path.name == FILE or path.suffix == ".safetensors"
    return path.parent if inside and not path.is_dir() else path


def _steadily(path: Path, read: Callable[[Description], _Result]) -> _Result:
    """`read` of the description; once more if the checkpoint was saved anew between reading its files."""
    description = read_description(path)
    try:
        return read(description)
    except CheckpointError:
        newer = read_description(path)
        if newer.state == description.state and newer.codes == description.codes:
            raise
        return read(newer)


def _read(path: Path, entry: FileEntry, check: Callable[[Mapping[str, Declared]], str]) -> dict[str, np.ndarray]:
    if not _PLAIN_NAME.fullmatch(entry.name):
        raise CheckpointError(
            f"{path} is not safe to open: it names {entry.name[:80]!r}, a file outside its folder or none that a "
            "checkpoint has."
        )
    file = _folder(path) / entry.name
    try:
        return read_tensors(file, entry, check)
    except FileNotFoundError:
        raise CheckpointError(
            f"{file} is missing; copy it beside its {FILE}, or open another checkpoint."
        ) from None
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> CheckpointError:
    reason = getattr(error, "strerror", None) or str(error)
    return CheckpointError(f"{file} could not be read: {reason}; open another checkpoint.")


def _state_tensors(path: Path, description: Description) -> dict[str, np.ndarray]:
    tensors = _read(path, description.state, lambda declared: wrong_state(declared, description))
    for name, array in tensors.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise CheckpointError(f"{path} holds values of {name} that are not finite; open another checkpoint.")
    return tensors


def _check_traits(path: Path, description: Description) -> None:
    """What a checkpoint says of its families decides what is asked of its tensors: it must be true."""
    import trainer.models  # noqa: F401  (registers the families)
    from trainer.models.family import family

    for index, (model, told) in enumerate(zip(description.config.models, description.traits, strict=True)):
        try:
            right = family(model.family).traits
        except ConfigError as error:
            raise CheckpointError(f"{_folder(path) / FILE} cannot be used: {error}") from None
        if told.replace(title="") != right.replace(title=""):
            raise CheckpointError(
                f"{_folder(path) / FILE} cannot be used: its traits of model {index + 1} are not those of the "
                f"family {model.family}; open another checkpoint."
            )
