"""Writing a run: tensor files under new names (with the hash of their contents), then `checkpoint.json`.

If the process is killed or the disk is full, the folder contains either the complete former checkpoint or the
complete new one. Only files that the former description names, or that this save has created, are ever
removed. Torch-free except `save`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from trainer.config import RunConfig
from trainer.knobs import Knobs
from trainer.regular_file import read_regular
from trainer.reports import EvaluationReport, StepReport
from trainer.sentences import reason_of
from trainer.storage.atomic_files import sync_folder, write_atomically
from trainer.storage.made_folders import unmade_on_failure
from trainer.storage.private import private_folder
from trainer.storage.reasons import why_not_written
from trainer.storage.staging import staging
from trainer.training.checkpoint import FILE, Codes
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.description import KIND, DataSummary, Description, to_text
from trainer.training.tensor_file import FileEntry, packed
from trainer.traits import Traits

if TYPE_CHECKING:
    from trainer.training.state import TrainerState

_RESUMING = ("optimiser", "generator")
_MOST_DESCRIPTION = 64_000_000
#: Pattern of a tensor file's name in a description; inside a string the quotation marks would be escaped.
_NAMED = re.compile(rb'"name": ?"((?:state|codes)-[0-9a-f]{16}\.safetensors)"')


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
    private: bool = False,
) -> Description:
    """Write a run's state (`Trainer.state()`) as the checkpoint in `folder`, which is created if missing.

    `resumable` False leaves out optimisers and generators: a third of the size, and training starts with new ones.
    `private` restricts folder and files to their owner.

    Raises `CheckpointError` if a value is not finite or the folder cannot be written; an existing checkpoint
    is then unchanged. Also raised, with a different message, if the disk reports an error after writing.
    """
    from trainer.models.family import family  # torch is imported already: the state contains its tensors

    arrays = {
        name: tensor.numpy()
        for name, tensor in state.tensors.items()
        if resumable or not any(part.startswith(_RESUMING) for part in name.split(".")[:2])
    }
    return save_arrays(
        Path(folder),
        config=config,
        traits=tuple(family(model.family).traits for model in config.models),
        arrays=arrays,
        numbers={**state.numbers, "tensors": len(arrays)},
        data=data,
        history=history,
        evaluations=evaluations,
        codes=codes,
        private=private,
    )


def save_arrays(
    folder: Path,
    *,
    config: RunConfig,
    traits: tuple[Traits, ...],
    arrays: dict[str, np.ndarray],
    numbers: dict[str, Any],
    data: DataSummary,
    history: tuple[StepReport, ...] = (),
    evaluations: tuple[EvaluationReport, ...] = (),
    codes: Codes | None = None,
    private: bool = False,
) -> Description:
    """Like `save`, for tensors as arrays with the numbers of their run (see `TrainerState`). Torch-free."""
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise CheckpointError(
                "The checkpoint {path} was not written because {name} is not finite; go back to an earlier "
                "checkpoint and lower the learning rate.",
                path=folder,
                name=name,
            )
    files = [packed("state", arrays)]
    if codes is not None:
        files.append(packed("codes", _codes_tensors(codes)))
    description = Description(
        config=config,
        knobs=Knobs.from_json(numbers["knobs"]),
        traits=traits,
        step=numbers["step"],
        epoch=numbers["epoch"] + numbers["position"] / data.train_count,
        data=data,
        history=history,
        evaluations=evaluations,
        numbers=numbers,
        state=files[0][0],
        codes=files[1][0] if codes is not None else None,
    )
    try:
        with unmade_on_failure(folder):
            _write(folder, files, to_text(description).encode("utf-8", "backslashreplace"), private)
    except OSError as error:
        raise not_written(folder, error) from error
    return description


def _write(folder: Path, files: list[tuple[FileEntry, bytes]], description: bytes, private: bool) -> None:
    """Write the files and the text `description`, in which surrogates (of names that are not UTF-8) are JSON
    escapes.
    """
    # Also through a dangling link.
    folder = Path(os.path.realpath(folder)) if folder.is_symlink() else folder
    if private:
        private_folder(folder)
    else:
        folder.mkdir(parents=True, exist_ok=True)
    parts = {entry.name for entry, _ in files} | _named_before(folder / FILE)
    with staging(folder, "checkpoint", keeper=FILE, parts=parts, private=private) as stage:
        for entry, contents in files:
            stage.put(entry.name, contents)
        sync_folder(folder)
        write_atomically(folder / FILE, description, private=private)
        # Before removing the former files: after a power failure the former description may be found.
        try:
            sync_folder(folder)
        except OSError as error:
            raise CheckpointError(
                "The checkpoint {path} was written, but its disk reports an error ({reason}); check the disk, "
                "and save to another one.",
                path=folder,
                reason=reason_of(error),
            ) from error


def _named_before(file: Path) -> set[str]:
    """The tensor files named by the description that is replaced, to be removed with it."""
    try:
        text = read_regular(file, _MOST_DESCRIPTION)
    except OSError:
        return set()
    return {name.decode() for name in _NAMED.findall(text)} if KIND.encode() in text else set()


def _codes_tensors(codes: Codes) -> dict[str, np.ndarray]:
    tensors = {f"member{index}": array for index, array in enumerate(codes.codes)}
    tensors |= {f"spread{index}": array for index, array in enumerate(codes.sigmas) if array is not None}
    if not np.array_equal(codes.rows, np.arange(len(codes.rows))):
        tensors["rows"] = codes.rows
    if codes.labels is not None:
        narrow = len(codes.labels) and codes.labels.min() >= -128 and codes.labels.max() <= 127
        tensors["labels"] = codes.labels.astype(np.int8 if narrow else np.int64)
    if codes.factors is not None:
        tensors["factors"] = codes.factors
    return tensors


def not_written(folder: Path, error: OSError) -> CheckpointError:
    """The error for a folder that cannot be written, with the reason and a remedy."""
    return CheckpointError(
        "The checkpoint {path} could not be written: {reason}.", path=folder, reason=why_not_written(error)
    )
