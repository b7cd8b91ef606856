"""A run on disk: a folder with `checkpoint.json` and the tensor files that it names.

Read here and written by `checkpoint_writing`. No pickle anywhere; reading needs no torch except `load`, which
returns the state for resuming.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from trainer.records import ConfigError
from trainer.regular_file import read_regular
from trainer.reports import Snapshot
from trainer.sentences import SentenceError, reason_of
from trainer.training.checkpoint_error import CheckpointError, StateError
from trainer.training.description import Description, DescriptionError, from_text
from trainer.training.expected_tensors import wrong_code_values, wrong_codes, wrong_state
from trainer.training.kept_numbers import kept_resting, kept_variances
from trainer.training.tensor_file import Check, FileEntry, read_tensors

if TYPE_CHECKING:
    from trainer.training.state import TrainerState

FILE = "checkpoint.json"
_MAX_DESCRIPTION = 64_000_000
#: Names of tensor files: no folders, drives, streams or devices on any system.
_PLAIN_NAME = re.compile(r"(state|codes)-[A-Za-z0-9_-]{1,64}\.safetensors")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes stored with a checkpoint, so that its maps can be shown without its data.

    Attributes:
        rows: int64 (n,) indices into the data.
        codes: per member, float32 (n, d).
        labels: int64 (n,), -1 where unknown; None for data without classes.
        factors: float32 (n, F) or None.
        sigmas: per member σ of q(z|x), (n, d), float32 or float16 when written and float32 when read; None for a
            model without a posterior. Empty if not stored, as in older checkpoints.
    """

    rows: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    labels: np.ndarray | None = field(default=None, repr=False)
    factors: np.ndarray | None = field(default=None, repr=False)
    sigmas: tuple[np.ndarray | None, ...] = field(default=(), repr=False)


def read_description(path: Path) -> Description:
    """The description in the checkpoint at `path` (its folder, or a file in it). Torch-free and fast.

    Raises `CheckpointError`.
    """
    folder = _folder(path)
    file = folder / FILE
    try:
        text = read_regular(file, _MAX_DESCRIPTION)
    except (FileNotFoundError, NotADirectoryError):
        if not folder.exists():
            raise CheckpointError(
                "{path} does not exist; it may have been moved, renamed or deleted.", path=folder
            ) from None
        raise CheckpointError(
            "{path} is not a checkpoint; choose a folder that holds a {file}.", path=path, file=FILE
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no system accepts
        raise _unreadable(file, error) from error
    try:
        return from_text(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise CheckpointError(
            "{file} cannot be used: it is not text; open another checkpoint.", file=file
        ) from None
    except DescriptionError as error:
        raise CheckpointError(
            "{path} cannot be used: {reason}; open another checkpoint.", path=file, reason=error
        ) from error


def read_weights(path: Path) -> tuple[Snapshot, ...]:
    """The weights of each member, as snapshots number 0. Torch-free. Raises `CheckpointError`."""

    def read(description: Description) -> tuple[Snapshot, ...]:
        tensors = _state_tensors(path, description)
        variances = read_variances(path, description)
        try:
            resting = kept_resting(description.numbers, len(description.config.models))
        except StateError as error:
            raise CheckpointError("{path} cannot be used: {reason}", path=path, reason=error) from error
        snapshots = []
        for index, (model, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
            prefix = f"member{index}.model."
            weights = {
                name.removeprefix(prefix): array for name, array in tensors.items() if name.startswith(prefix)
            }
            weights = {name: array for name, array in weights.items() if not traits.is_training_only(name)}
            variance = None if variances is None else variances[index]
            step = resting.get(index, description.step)
            snapshots.append(Snapshot(number=0, step=step, config=model, weights=weights, variance=variance))
        return tuple(snapshots)

    return _steadily(path, read)


def read_variances(path: Path, description: Description) -> tuple[float | None, ...] | None:
    """The learned σ² of each member; None for a checkpoint at `path` of a version that did not store them.

    Raises `CheckpointError`.
    """
    try:
        return kept_variances(description.numbers, description.config.models)
    except SentenceError as error:
        raise CheckpointError(
            "{path} cannot be used: {reason}; open another checkpoint.", path=path, reason=error
        ) from error


def read_codes(path: Path) -> Codes | None:
    """The codes stored with a checkpoint, None if there are none. Torch-free. Raises `CheckpointError`."""

    def read(description: Description) -> Codes | None:
        if description.codes is None:
            return None
        tensors = _read(path, description.codes, lambda declared: wrong_codes(declared, description))
        if wrong := wrong_code_values(tensors, description):
            raise CheckpointError(
                "{path} holds codes that cannot be used: {wrong}; open another checkpoint.", path=path, wrong=wrong
            )
        count = len(tensors["member0"])
        rows, labels = tensors.get("rows"), tensors.get("labels")
        return Codes(
            rows=np.arange(count, dtype=np.int64) if rows is None else rows.astype(np.int64),
            codes=tuple(tensors[f"member{index}"] for index in range(len(description.config.models))),
            labels=None if labels is None else labels.astype(np.int64),
            factors=tensors.get("factors"),
            sigmas=_sigmas(tensors, len(description.config.models)),
        )

    return _steadily(path, read)


def load(path: Path) -> tuple[Description, TrainerState]:
    """The state for resuming with `Trainer(description.config, data).restore(state)`. Raises `CheckpointError`."""
    import torch

    from trainer.training.state import TrainerState

    def read(description: Description) -> tuple[Description, TrainerState]:
        # Copied: torch must neither write to a read-only buffer nor warn about it.
        arrays = _state_tensors(path, description)
        _check_traits(path, description)
        tensors = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
        return description, TrainerState(tensors, description.numbers)

    return _steadily(path, read)


# ---------------------------------------------------------------- reading


def _folder(path: Path) -> Path:
    path = Path(path)
    inside = path.name == FILE or path.suffix == ".safetensors"
    return path.parent if inside and not path.is_dir() else path


def _steadily(path: Path, read: Callable[[Description], _Result]) -> _Result:
    """The result of `read(description)`; retried if the checkpoint was saved again between reading its files."""
    description = read_description(path)
    try:
        return read(description)
    except CheckpointError:
        newer = read_description(path)
        if newer.state == description.state and newer.codes == description.codes:
            raise
        return read(newer)


def is_tensor_file(name: str) -> bool:
    """Whether `name` is allowed for a tensor file in a description: other files must be neither read nor
    removed.
    """
    return _PLAIN_NAME.fullmatch(name) is not None


def _read(path: Path, entry: FileEntry, check: Check) -> dict[str, np.ndarray]:
    if not is_tensor_file(entry.name):
        raise CheckpointError(
            "{path} is not safe to open: it names {name}, a file outside its folder or none that a "
            "checkpoint has.",
            path=path,
            name=repr(entry.name[:80]),
        )
    file = _folder(path) / entry.name
    try:
        return read_tensors(file, entry, check)
    except FileNotFoundError:
        raise CheckpointError(
            "{path} is missing; copy it beside its {file}, or open another checkpoint.", path=file, file=FILE
        ) from None
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> CheckpointError:
    return CheckpointError(
        "{path} could not be read: {reason}; open another checkpoint.", path=file, reason=reason_of(error)
    )


def _sigmas(tensors: Mapping[str, np.ndarray], members: int) -> tuple[np.ndarray | None, ...]:
    kept = [tensors.get(f"spread{index}") for index in range(members)]
    if all(array is None for array in kept):
        return ()
    return tuple(None if array is None else array.astype(np.float32) for array in kept)


def _state_tensors(path: Path, description: Description) -> dict[str, np.ndarray]:
    tensors = _read(path, description.state, lambda declared: wrong_state(declared, description))
    for name, array in tensors.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise CheckpointError(
                "{path} holds values of {name} that are not finite; open another checkpoint.", path=path, name=name
            )
    return tensors


def _check_traits(path: Path, description: Description) -> None:
    """Check the families' traits in a checkpoint, which determine its tensors."""
    from trainer.models.family import family

    for index, (model, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
        try:
            right = family(model.family).traits
        except ConfigError as error:
            raise CheckpointError(
                "{path} cannot be used: {reason}", path=_folder(path) / FILE, reason=error
            ) from None
        if traits.replace(title="", short="") != right.replace(title="", short=""):
            raise CheckpointError(
                "{path} cannot be used: its traits of model {number} are not those of the family {family}; open "
                "another checkpoint.",
                path=_folder(path) / FILE,
                number=index + 1,
                family=model.family,
            )
