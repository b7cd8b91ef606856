"""Opens a checkpoint to be measured: its data, the images to measure and a subject of each member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from trainer.commands.console import Console
from trainer.commands.opened import load_data
from trainer.config import LEARNED, ModelConfig
from trainer.data.images import ImageData
from trainer.data.parts import measured_rows, usual_part
from trainer.measures.all_groups import GROUPS
from trainer.measures.measure import Group
from trainer.model_names import run_names
from trainer.models.family import family, unknown_knobs
from trainer.records import MOST as LARGEST
from trainer.records import ConfigError
from trainer.training.checkpoint import load, read_description, read_variances
from trainer.training.checkpoint_error import naming_the_run
from trainer.training.description import Description
from trainer.training.kept_numbers import kept_resting
from trainer.traits import Traits

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.models.latent_model import LatentModel
    from trainer.training.state import TrainerState


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """A model of a run, ready to be measured.

    Attributes:
        name: what tells it from the others of its run.
        config, traits: as in the checkpoint.
        place: among the run's models.
        rests_since: the step whose weights it has, the others having gone on; None if it goes on.
        variance: the learned σ² of its likelihood; None where it has none.
        subject: the model and the images.
    """

    name: str
    config: ModelConfig
    traits: Traits
    place: int
    rests_since: int | None
    variance: float | None
    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasuredRun:
    """A checkpoint and the images that its models are measured on.

    Attributes:
        path: the checkpoint's folder.
        description: of the run.
        data: all images. which: "all", "train" or "held-out". rows: int64 (n,), ascending, those to measure.
        binarise: how pixels are seen. pixels: what they are then: "grey", "dynamic" or "binary".
        remarks: sentences for people, some of them only known when a member has been made.
    """

    path: Path
    description: Description
    data: ImageData
    which: str
    rows: np.ndarray
    binarise: str
    pixels: str
    seed: int
    device: str
    remarks: list[str] = field(default_factory=list)
    _state: TrainerState = field(repr=False)
    _shared: dict[Any, Any] = field(default_factory=dict, repr=False)

    def members(self) -> Iterator[Member]:
        """Its models one after the other. Raises `CheckpointError`."""
        from trainer.measures.subject import Subject
        from trainer.models.initialise import build
        from trainer.training.devices import resolve_device

        description, state, device = self.description, self._state, resolve_device(self.device)
        variances = read_variances(self.path, description)
        with naming_the_run(self.path):
            resting = kept_resting(state.numbers, len(description.config.models))
        cards = {model.family: family(model.family).card for model in description.config.models}
        names = run_names(description.config.models, description.knobs, cards)
        for index, (config, traits) in enumerate(zip(description.config.models, description.traits, strict=True)):
            with naming_the_run(self.path):
                model = build(config, 0).to(device).eval()
            prefix = f"member{index}.model."
            model.load_state_dict(
                {
                    name.removeprefix(prefix): value
                    for name, value in state.tensors.items()
                    if name.startswith(prefix)
                }
            )
            variance = None if variances is None else variances[index]
            if config.likelihood == LEARNED and variance is None:
                variance = _fitted(model, description, self.data)
                self.remarks.append(_how_fitted(traits.title or config.family, variance))
            subject = Subject(
                model,
                self.data,
                self.rows,
                seed=self.seed,
                binarise=self.binarise,
                variance=variance,
                shared=self._shared,
            )
            yield Member(
                name=names[index],
                config=config,
                traits=traits,
                place=index,
                rests_since=resting.get(index),
                variance=variance,
                subject=subject,
            )


def open_measured(
    path: Path, options: Mapping[str, Any], console: Console, data: ImageData | None = None
) -> MeasuredRun:
    """Open the checkpoint `path` to be measured on `data`, or on the images that `options` name, else on its own.

    Of the options: which, most, seed, binarise, device, and those of data. Raises `CheckpointError`, `ConfigError`
    and `DataError`.
    """
    if options.get("most", 1) < 1 or options.get("seed", 0) < 0:
        raise ConfigError("--most must be at least 1, and --seed must not be negative.")
    if options.get("seed", 0) > LARGEST:
        raise ConfigError("--seed is far too large a number.")
    # Read before torch is imported, so that a wrong path is reported at once.
    description = read_description(path)
    data = load_data(options, description, console) if data is None else data

    from trainer.metrics.binarisation import pixels_of

    description, state = load(path)
    which, seed = options.get("which", usual_part(data)), options.get("seed", 0)
    binarise = options.get("binarise", description.config.train.binarise)
    return MeasuredRun(
        path=path,
        description=description,
        data=data,
        which=which,
        rows=measured_rows(data, which, options.get("most"), seed),
        binarise=binarise,
        pixels=pixels_of(data.images, binarise),
        seed=seed,
        device=options.get("device", "auto"),
        remarks=_unused(unknown_knobs(description.knobs, description.config.models)),
        _state=state,
    )


def chosen_groups(options: Mapping[str, Any]) -> tuple[Group, ...]:
    """The groups that --all and --groups ask for. Raises `ConfigError` for an unknown one."""
    if (chosen := options.get("groups")) is None:
        return tuple(group for group in GROUPS if options.get("all") or not group.slow)
    names = [name.strip() for name in chosen.split(",") if name.strip()]
    known = [group.name for group in GROUPS]
    for name in names:
        if name not in known:
            wrong, right = f"{name!r:.80}", ", ".join(known)
            raise ConfigError("There are no measures called {name}; there are {names}.", name=wrong, names=right)
    return tuple(group for group in GROUPS if group.name in names)


def _fitted(model: LatentModel, description: Description, data: ImageData) -> float | None:
    """σ² fitted to the training images; None if `data` is another data set."""
    from trainer.training.device_images import DeviceImages
    from trainer.training.evaluation import variance_on

    if data.fingerprint != description.data.fingerprint:
        return None
    train = description.config.train
    device = next(model.parameters()).device
    resident = DeviceImages(data.tensor().flatten(1).to(device), data.shape, data.train_count)
    return variance_on(model, resident, train.seed, train.binarise)


def _unused(knobs: list[str]) -> list[str]:
    """A sentence on settings of the checkpoint that none of its models has; () if there are none."""
    if not knobs:
        return []
    names = ", ".join(f"{name!r:.80}" for name in knobs[:5]) + (", ..." if len(knobs) > 5 else "")
    return [
        f"None of these models has a knob of this name, so that its value in the checkpoint is not used: {names}."
    ]


def _how_fitted(title: str, variance: float | None) -> str:
    if variance is None:
        return (
            f"{title}: the checkpoint keeps no learned σ² and these are not the images it was trained on, so that "
            "reconstruction and ELBO are not available; leave --data out."
        )
    return f"{title}: the checkpoint keeps no learned σ²; it was fitted to the run's training images."
