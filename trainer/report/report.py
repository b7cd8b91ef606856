"""The content of a report: models on the same data, their figures and pictures, and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from trainer.config import ModelConfig, TrainConfig
from trainer.measures.measure import Figure, Group
from trainer.records import ConfigError
from trainer.sentences import Sentence

#: Maximum number of models: as many as a run has.
MOST_MODELS = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pictures:
    """The pictures and the map of a model.

    Attributes:
        originals: uint8 (n, H, W, C): a few of the measured images; none if they are missing.
        decoded: uint8 (n, H, W, C): the same, encoded and decoded without sampling.
        samples: uint8 (m, H, W, C): codes drawn from `drawn_from`, decoded.
        drawn_from: the prior; for a model without one the distribution of its codes.
        has_prior: whether the model has a prior.
        places: float32 (k, 2): map positions of codes of measured images (z, or μ), NaN where not finite.
        axes: names of the map's axes; "" for one that does not exist.
        labels: int64 (k,): class of each, -1 where unknown; None for data without classes.
    """

    originals: np.ndarray = field(repr=False)
    decoded: np.ndarray = field(repr=False)
    samples: np.ndarray = field(repr=False)
    drawn_from: str
    has_prior: bool
    places: np.ndarray = field(repr=False)
    axes: tuple[str, str]
    labels: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """Losses of a model while it was trained, in nats per image.

    Attributes:
        steps: int64 (n,). terms: name -> float64 (n,), NaN for steps without the term.
        held_out_steps: int64 (m,). held_out: float64 (m,): the total of held-out images at β = 1.
    """

    steps: np.ndarray = field(repr=False)
    terms: Mapping[str, np.ndarray] = field(repr=False)
    held_out_steps: np.ndarray = field(repr=False)
    held_out: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportedModel:
    """A column of the report.

    Attributes:
        name: short name; all names of a report differ.
        title: its family's full name.
        config: the model. train: training configuration, None if unknown.
        knobs: live settings that apply to it, as applied in its last step, by name.
        step, epoch: how long it was trained.
        label: description of its losses: the likelihood, and the kind of pixels.
        pixels: "grey", "dynamic" or "binary".
        figures: the measured figures; values of single images belong to the same images in all models.
        run: the run that it comes from; "" if unknown.
    """

    name: str
    title: str
    config: ModelConfig
    train: TrainConfig | None = None
    knobs: Mapping[str, float] = field(default_factory=dict)
    step: int
    epoch: float
    label: Sentence
    pixels: str
    figures: tuple[Figure, ...]
    run: str = ""
    pictures: Pictures | None = field(default=None, repr=False)
    curves: Curves | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report:
    """A comparison of models. Raises `ConfigError` for none, or for more than MOST_MODELS.

    Attributes:
        data: title of the data set. measured: "10,000 held-out images".
        groups: the groups that were measured, in display order.
        label_names: class names of the data.
        difference: a sentence on the differences between the models.
        settings: all settings, as plain data.
        date, version: of the report and of the program.
        remarks: further notes for the reader.
    """

    data: str
    measured: Sentence
    models: tuple[ReportedModel, ...]
    groups: tuple[Group, ...]
    label_names: tuple[str, ...] = ()
    difference: Sentence | None = None
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    date: str
    version: str
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.models) <= MOST_MODELS:
            raise ConfigError(
                "A report has 1 to {most} models, not {count}.", most=MOST_MODELS, count=len(self.models)
            )


def program_version() -> str:
    """The version of the installed program; "" if it runs without having been installed."""
    try:
        return version("latent-explorer")
    except PackageNotFoundError:
        return ""
