"""Opens a checkpoint for a command: description, replicas of its models, images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.commands.choices import data_config
from trainer.commands.console import Console
from trainer.commands.loading import load_images
from trainer.config import DataConfig
from trainer.data.checkpoint_path import check_local
from trainer.data.images import DataError, ImageData
from trainer.model_names import run_names
from trainer.models.family import families
from trainer.replica.choice import make_replica
from trainer.replica.replica import Replica
from trainer.reports import Snapshot
from trainer.sentences import one_line
from trainer.training.checkpoint import read_description, read_weights
from trainer.training.description import Description


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint with the weights and a loaded replica of each of its members."""

    path: Path
    description: Description
    snapshots: tuple[Snapshot, ...]
    replicas: tuple[Replica, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Display titles of the members, in order; members of the same family get distinguishing titles."""
        models = self.description.config.models
        titles = [
            traits.title or model.family for traits, model in zip(self.description.traits, models, strict=True)
        ]
        cards = {one.name: one.card for one in families()}
        names = run_names(models, self.description.knobs, cards)
        return tuple(
            title if titles.count(title) == 1 else name for title, name in zip(titles, names, strict=True)
        )


def open_checkpoint(path: Path, device: str = "cpu") -> Opened:
    """Open the checkpoint `path` on device "auto", "cpu" or "cuda". Raises `CheckpointError` or `ConfigError`."""
    description = read_description(path)
    if device != "cpu":
        from trainer.training.devices import resolve_device

        device = str(resolve_device(device))
    snapshots = read_weights(path)
    replicas = []
    for model, traits, snapshot in zip(description.config.models, description.traits, snapshots, strict=True):
        replica = make_replica(model, device, traits.plain, traits.posterior_kind)
        replica.load(snapshot)
        replicas.append(replica)
    return Opened(Path(path), description, snapshots, tuple(replicas))


def load_data(options: Mapping[str, Any], description: Description, console: Console) -> ImageData:
    """The images of --data, or else the data set that the run was trained on. Raises `DataError`."""
    config = data_config(options)
    if config is None:
        config = recorded_data(description.config.data, console)
    data = load_images(config, options, console)
    if data.shape != description.data.shape:
        raise DataError(
            "The images of {title} are {found} and the models take {wanted}; choose other images, or use "
            "--size and --colour.",
            title=data.title,
            found=_spell(data.shape),
            wanted=_spell(description.data.shape),
        )
    return data


def recorded_data(config: DataConfig, console: Console) -> DataConfig:
    """The data config from the checkpoint, after checks of its path. Raises `DataError`, see `check_local`."""
    check_local(config)
    if config.path is not None:
        console.say(f"The images are read from {one_line(config.path)}, as the run says.")
    return config


def _spell(shape: tuple[int, int, int]) -> str:
    channels, height, width = shape
    return f"{height} x {width} {'grey' if channels == 1 else 'colour'}"
