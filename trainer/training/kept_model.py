"""A frozen copy of a member of a run, kept for comparison. Torch-free.

On disk it is a checkpoint of one member that cannot be resumed, so that the checks of checkpoints apply to it.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trainer.config import LEARNED, ModelConfig, RunConfig
from trainer.knobs import Knobs
from trainer.reports import EvaluationReport, Snapshot, StepReport
from trainer.sentences import Sentence
from trainer.training.checkpoint import (
    FILE,
    Codes,
    is_tensor_file,
    read_codes,
    read_description,
    read_weights,
)
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import save_arrays
from trainer.training.description import DataSummary, Description, thinned
from trainer.training.kept_numbers import VARIANCES
from trainer.traits import Traits

#: The folder beside a run for models kept for comparison, one folder per model.
FOLDER = "kept"
#: Maximum number of models read from a run's folder.
MOST = 16
#: Key among the numbers of its checkpoint; see `KeptModel.origin`.
_ORIGIN = "origin"
_LONGEST = 200
_NAME = re.compile(r"kept-[0-9a-f]{8}")


def new_name() -> str:
    """A new unique name of a kept model."""
    return f"kept-{secrets.token_hex(4)}"


def is_name(text: str) -> bool:
    """Whether `text` is such a name."""
    return _NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptModel:
    """A frozen model with its codes and reports.

    Attributes:
        name: see `new_name`.
        run: the run that it was a member of, restricted to this model.
        traits: of its family.
        knobs: live settings of its last step.
        epoch: completed passes over the training rows.
        snapshot: its weights.
        rows: int64 (n,) indices into the data, ascending.
        codes: float32 (n, d); z of an autoencoder, μ of a variational one.
        sigmas: σ of q(z|x), float32 (n, d); None for a model without a posterior, and if they are missing.
        data: the data it was trained on.
        history, evaluations: reports of this member only, thinned evenly for a long run.
        origin: name of the checkpoint that it comes from; "" if it was kept from the present run.
    """

    name: str
    run: RunConfig
    traits: Traits
    knobs: Knobs
    epoch: float
    snapshot: Snapshot = field(repr=False)
    rows: np.ndarray = field(repr=False)
    codes: np.ndarray = field(repr=False)
    sigmas: np.ndarray | None = field(default=None, repr=False)
    data: DataSummary = field(repr=False)
    history: tuple[StepReport, ...] = field(default=(), repr=False)
    evaluations: tuple[EvaluationReport, ...] = field(default=(), repr=False)
    origin: str = ""

    @property
    def config(self) -> ModelConfig:
        """The model."""
        return self.run.models[0]

    @property
    def step(self) -> int:
        """The step after which its weights were taken."""
        return self.snapshot.step

    @property
    def whole(self) -> bool:
        """Whether it has the codes of all images."""
        return len(self.rows) == self.data.count

    @property
    def size(self) -> int:
        """Bytes in memory with the codes of all images; reports are small compared with weights and codes."""
        weights = sum(array.nbytes for array in self.snapshot.weights.values())
        return weights + self.data.count * self.config.latent * 4 * (2 if self.traits.has_posterior else 1)

    def is_again(self, other: KeptModel) -> bool:
        """Whether `other` is the same model, kept again: same run, step and weights."""
        one, two = self.snapshot.weights, other.snapshot.weights
        return (
            (self.run, self.knobs, self.step) == (other.run, other.knobs, other.step)
            and self.data.fingerprint == other.data.fingerprint
            and one.keys() == two.keys()
            and all(np.array_equal(array, two[name], equal_nan=True) for name, array in one.items())
        )


def member_of(
    path: Path, member: int, description: Description | None = None, *, name: str = "", origin: str = ""
) -> KeptModel:
    """One member of the checkpoint at `path` as a kept model, with its stored codes, if any.

    Raises `CheckpointError`.
    """
    former = description or read_description(path)
    while True:
        snapshot, kept = read_weights(path)[member], read_codes(path)
        description = read_description(path)
        if (description.state, description.codes) == (former.state, former.codes):
            break
        former = description  # saved again meanwhile: weights and codes may belong to different saves
    config, until = description.config, snapshot.step
    history = tuple(report.of(member) for report in description.history if report.losses and report.step <= until)
    epoch, knobs = description.epoch, description.knobs.for_members((member,))
    if until < description.step:  # it was stopped, and the run continued
        epoch, knobs = (history[-1].epoch, history[-1].knobs) if history else (0.0, knobs)
    codes = np.empty((0, config.models[member].latent), np.float32) if kept is None else kept.codes[member]
    return KeptModel(
        name=name or new_name(),
        run=config.replace(models=config.models[member : member + 1]),
        traits=description.traits[member],
        knobs=knobs,
        epoch=epoch,
        snapshot=snapshot,
        rows=np.empty(0, np.int64) if kept is None else kept.rows,
        codes=codes,
        sigmas=kept.sigmas[member] if kept is not None and kept.sigmas else None,
        data=description.data,
        history=history,
        evaluations=tuple(report.of(member) for report in description.evaluations if report.step <= until),
        origin=origin,
    )


def write_kept(folder: Path, models: Iterable[KeptModel], *, private: bool = False) -> None:
    """Write these models to `folder`, and remove others that were stored there before. Raises
    `CheckpointError`.
    """
    wanted = {model.name: model for model in models}
    for model in wanted.values():
        _write(folder / model.name, model, private)
    for place in _places(folder):
        if place.name not in wanted:
            _remove(place)


def read_kept(folder: Path, data: DataSummary) -> tuple[tuple[KeptModel, ...], Sentence | None]:
    """The models in `folder` that were trained on `data`, and the reason if one was left out."""
    found, trouble = [], None
    for place in _places(folder)[:MOST]:
        try:
            description = read_description(place)
            if description.data.fingerprint == data.fingerprint and len(description.config.models) == 1:
                _check_images(place, description.data, data)
                origin = description.numbers.get(_ORIGIN)
                origin = origin[:_LONGEST] if isinstance(origin, str) else ""
                found.append(member_of(place, 0, description, name=place.name, origin=origin))
        except CheckpointError as error:
            trouble = error.sentence
    return tuple(found), trouble


def _check_images(place: Path, found: DataSummary, data: DataSummary) -> None:
    """Check that the rows and shapes match the images, since the fingerprint in the file may be wrong."""
    if (found.shape, found.count, found.train_count) != (data.shape, data.count, data.train_count):
        raise CheckpointError("{path} cannot be used: it was trained on other images.", path=place)


def _places(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if is_name(entry.name) and not entry.is_symlink())
    except OSError:
        return []


def _write(place: Path, model: KeptModel, private: bool) -> None:
    whole = int(model.epoch)
    position = min(round((model.epoch - whole) * model.data.train_count), model.data.train_count - 1)
    # In checkpoints of versions that did not store it with the weights.
    unknown = model.config.likelihood == LEARNED and model.snapshot.variance is None
    arrays = {f"member0.model.{name}": array for name, array in model.snapshot.weights.items()}
    save_arrays(
        place,
        config=model.run,
        traits=(model.traits,),
        arrays=arrays,
        numbers={
            "step": model.step,
            "epoch": whole,
            "position": position,
            "tensors": len(arrays),
            "knobs": model.knobs.to_json(),
            _ORIGIN: model.origin,
        }
        | ({} if unknown else {VARIANCES: [model.snapshot.variance]}),
        data=model.data,
        history=thinned(model.history),
        evaluations=model.evaluations,
        codes=Codes(rows=model.rows, codes=(model.codes,), sigmas=(model.sigmas,)) if len(model.rows) else None,
        private=private,
    )


def _remove(place: Path) -> None:
    """Remove the files of a dropped model; other files in the folder are kept."""
    with contextlib.suppress(OSError, CheckpointError):
        description = read_description(place)
        entries = (description.state, description.codes)
        (place / FILE).unlink()
        for entry in entries:
            if entry is not None and is_tensor_file(entry.name):  # a forged one may name any file
                (place / entry.name).unlink(missing_ok=True)
        place.rmdir()
