"""What is fixed for a run: the data, the models and how they are trained. Frozen, validated, JSON both ways.

What may change while a run goes on (β, learning rate, noise) lives in `trainer.knobs`. Torch-free.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from trainer.records import ConfigError, FrozenMap, Record, check_whole_numbers

NETWORKS = ("mlp", "conv")
#: The likelihood whose one σ² is learned on the training images.
LEARNED = "gaussian-learned"
LIKELIHOODS = ("bernoulli", "gaussian", LEARNED, "gaussian-pixel")
#: How pixels are seen: grey levels, a fresh Bernoulli draw of each in every step, one draw of each for good.
BINARISE = ("none", "dynamic", "static")
COLOURS = ("auto", "grey", "colour")
FITS = ("crop", "pad", "stretch")
CONV_SIDES = (28, 32, 64)
MAX_LATENT = 512
#: Models that a run trains at most.
MOST_MODELS = 8
MAX_WIDTH = 8192
#: The rules by which rows are chosen and ordered, see `DataConfig.rules`.
RULES = (1, 2)

#: Ranges of row numbers, in steps divided by "/", see `trainer.data.row_choice`.
_RANGE = "[0-9]{1,12}(?:-[0-9]{1,12})?"
_CHOICE = re.compile(f"(?:{_RANGE}(?:[,/]{_RANGE})*)?")

#: Named networks offered wherever a model is chosen: title -> (network, widths). The first is the default;
#: "784-512" is the study notes' 784-512-20.
PRESETS: dict[str, tuple[str, tuple[int, ...]]] = {
    "MLP 512-256": ("mlp", (512, 256)),
    "MLP 512": ("mlp", (512,)),
    "MLP 400": ("mlp", (400,)),
    "MLP 256-128": ("mlp", (256, 128)),
    "MLP 1024-512": ("mlp", (1024, 512)),
    "Linear": ("mlp", ()),
    "Conv 32-64": ("conv", (32, 64)),
    "Conv 16-32": ("conv", (16, 32)),
}


def labels_inside(path: str) -> bool:
    """Whether this file of labels lies in the folder of the images itself, wherever that is."""
    return not (path.startswith(("/", "\\", "~")) or ":" in path or ".." in path.replace("\\", "/").split("/"))


def _require(condition: bool, template: str, /, **values: object) -> None:
    if not condition:
        raise ConfigError(template, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataConfig(Record):
    """Which images. The same config on the same source always gives the same rows in the same order.

    Attributes:
        name: registry name, as `python -m trainer list data` shows them, or "folder" or "array".
        path: the folder or array file, for "folder" and "array"; None for the others.
        size: side in pixels that a folder's images are brought to; None picks 28, 32 or 64 to suit them.
        colour: "grey", "colour", or "auto": grey if every image is.
        fit: how a folder's images become square: "crop" the centre, "pad" with black, or "stretch".
        count: number of images to render (of rendered data) or the most to read (of others); None for the default.
        held_out: share kept out of training, in [0, 0.5], where the source has no test split of its own; with 0
            all images are trained on, and figures are of training images. None, for folders and arrays, for a
            tenth, or 300 images if these are more and no more than a fifth; such data come with the share taken.
        white: the value shown as white, for "folder" and "array"; None where the images themselves leave no
            doubt. Data for which it was guessed come with the guess, so that a run reads the same images again.
        seed: of the choice of rows, of the split, and of the renderer of synthetic data.
        only: of a folder, the entries that count, as paths below it with "/"; () for all that is in it.
        labels: of a folder, a CSV file of classes and factors by file name: a path below the folder with "/", or a
            whole path; None for none.
        rows: which of the rows that all other settings give are used, see `trainer.data.row_choice`; "" for all.
        rules: which rules choose and order rows: 1 as the first version did (of a part that is in a fixed order,
            the first `count` rows; files by code points), 2 a seeded random subset and natural order. Descriptions
            without it are the first version's.
    """

    UNWRITTEN: ClassVar[dict[str, Any]] = {"rules": 1}

    name: str = "digits"
    path: str | None = None
    size: int | None = None
    colour: str = "auto"
    fit: str = "crop"
    count: int | None = None
    held_out: float | None = 0.1
    seed: int = 0
    white: float | None = None
    only: tuple[str, ...] = ()
    labels: str | None = None
    rows: str = ""
    rules: int = 2

    @property
    def former(self) -> bool:
        """Whether rows and pixels are to be those that the program's first version read."""
        return self.rules == 1

    @property
    def places(self) -> tuple[str, ...]:
        """The paths outside the data folder that it names: each is looked at only if it is approved."""
        outside = self.labels is not None and not labels_inside(self.labels)
        return tuple(path for path in (self.path, self.labels if outside else None) if path is not None)

    def __post_init__(self) -> None:
        check_whole_numbers(self)
        _require(bool(self.name), "A data set needs a name.")
        _require("\0" not in (self.path or "") + (self.labels or ""), "No path holds a null character.")
        _require(self.labels != "", "A file of labels needs a name.")
        _require(_CHOICE.fullmatch(self.rows) is not None, "The choice of rows must be ranges such as 0-99,105.")
        _require(self.colour in COLOURS, "Colour must be one of {choices}.", choices=", ".join(COLOURS))
        _require(self.fit in FITS, "Fit must be one of {choices}.", choices=", ".join(FITS))
        _require(self.size is None or 8 <= self.size <= 256, "Image size must be between 8 and 256 pixels.")
        _require(self.count is None or self.count >= 2, "At least two images are needed.")
        _require(
            self.held_out is None or 0 <= self.held_out <= 0.5, "The held-out share must be between 0 and 0.5."
        )
        _require(self.seed >= 0, "The seed must not be negative.")
        _require(
            self.white is None or (math.isfinite(self.white) and self.white > 0),
            "The white level must be a finite number above 0.",
        )
        _require(self.rules in RULES, "These images were chosen by rules of a later version; update this program.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig(Record):
    """One model.

    Attributes:
        family: registry name: "autoencoder", "variational", or a later family.
        network: "mlp" or "conv".
        widths: hidden layers of the encoder, input side first (the decoder mirrors them): units for "mlp",
            channels for "conv". Empty with "mlp" is a linear model.
        latent: latent dimensions d, 1 to 512.
        likelihood: p(x|z) of SCIENCE section 1: "bernoulli" (logits), "gaussian" (fixed σ²),
            "gaussian-learned" (one shared σ², its optimum the batch MSE), "gaussian-pixel" (σ²(z) a pixel).
        variance: σ² of "gaussian"; ignored by the others.
        shape: (C, H, W) of one image.
        options: of the family's card, by name; those that are not here have the card's defaults.
    """

    family: str = "variational"
    network: str = "mlp"
    widths: tuple[int, ...] = (512, 256)
    latent: int = 2
    likelihood: str = "bernoulli"
    variance: float = 0.02
    shape: tuple[int, int, int] = (1, 28, 28)
    options: FrozenMap[bool | int | float | str] = FrozenMap({})  # noqa: RUF009 - immutable

    def __post_init__(self) -> None:
        _require(bool(self.family), "A model needs a family.")
        _require(self.network in NETWORKS, "Network must be one of {choices}.", choices=", ".join(NETWORKS))
        _require(
            self.likelihood in LIKELIHOODS, "Likelihood must be one of {choices}.", choices=", ".join(LIKELIHOODS)
        )
        _require(1 <= self.latent <= MAX_LATENT, "Latent size must be between 1 and {most}.", most=MAX_LATENT)
        _require(len(self.widths) <= 8, "At most eight hidden layers.")
        _require(all(1 <= width <= MAX_WIDTH for width in self.widths), "Layer widths must be between 1 and 8192.")
        _require(math.isfinite(self.variance) and self.variance > 0, "The likelihood's variance must be above 0.")
        channels, height, width = self.shape
        _require(
            channels in (1, 3) and 1 <= height <= 512 and 1 <= width <= 512,
            "Images must have 1 or 3 channels and at most 512 x 512 pixels.",
        )
        if self.network == "conv":
            _require(bool(self.widths), "A convolutional network needs at least one layer.")
            _require(
                height == width and height in CONV_SIDES,
                "Convolutional networks take 28, 32 or 64 pixels a side, not {height} x {width}; use an MLP.",
                height=height,
                width=width,
            )
            # Each layer halves the side, so more layers than that leave nothing to convolve.
            most = 2 if height == 28 else height.bit_length() - 3
            _require(
                len(self.widths) <= most,
                "At {height} pixels at most {most} convolutional layers fit.",
                height=height,
                most=most,
            )

    @property
    def pixels(self) -> int:
        """D = C·H·W, the number of values in one image."""
        channels, height, width = self.shape
        return channels * height * width

    @property
    def summary(self) -> str:
        """One line for a header, such as "MLP 784-512-256-2"."""
        layers = "-".join(str(width) for width in (self.pixels, *self.widths, self.latent))
        if self.network == "conv":
            channels = "-".join(str(width) for width in self.widths)
            return f"Conv {self.shape[1]}² · {channels} · {self.latent}"
        return f"MLP {layers}" if self.widths else f"Linear {layers}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig(Record):
    """How a run is trained.

    Attributes:
        batch: images a step.
        epochs: where the run ends; None goes on until stopped.
        warm_up: steps over which β grows linearly from 0 to its knob (Bowman et al. 2016); 0 is off.
        final_epochs: last epochs of a run of known length trained at `final_rate` times the learning rate.
        final_rate: see `final_epochs`.
        final_from: whole epochs done when the final rate began, in a run whose end was moved after that: it stays;
            None in all others.
        binarise: "none" (grey levels); "dynamic": a fresh Bernoulli draw of every pixel each step; "static": one
            draw of each image, the same in every epoch and run.
        seed: of the initial weights, the batch order and the noise; shared by all members of a pair.
        device: "auto", "cpu" or "cuda".
        threads: torch threads; None calibrates.
        probe: most rows whose codes are refreshed on the map while training.
        evaluate_every: seconds between held-out evaluations while training, at most.
    """

    batch: int = 128
    epochs: int | None = None
    warm_up: int = 0
    final_epochs: int = 0
    final_rate: float = 0.2
    final_from: int | None = None
    binarise: str = "none"
    seed: int = 0
    device: str = "auto"
    threads: int | None = None
    probe: int = 10_000
    evaluate_every: float = 5.0

    def __post_init__(self) -> None:
        check_whole_numbers(self)
        _require(1 <= self.batch <= 65_536, "Batch must be between 1 and 65536.")
        _require(self.epochs is None or self.epochs >= 1, "At least one epoch.")
        _require(self.warm_up >= 0, "KL warm-up must not be negative.")
        _require(self.final_epochs >= 0, "The number of final epochs must not be negative.")
        _require(
            self.final_from is None or self.final_from >= 0, "The final epochs must not begin before the run."
        )
        _require(0 < self.final_rate <= 1, "The final rate must be above 0 and at most 1.")
        _require(self.binarise in BINARISE, "Binarise must be none, dynamic or static.")
        _require(self.seed >= 0, "The seed must not be negative.")
        _require(self.device in ("auto", "cpu", "cuda"), "Device must be auto, cpu or cuda.")
        _require(self.threads is None or 1 <= self.threads <= 256, "Threads must be between 1 and 256.")
        _require(self.probe >= 1, "At least one probe image.")
        _require(self.evaluate_every > 0, "Seconds between evaluations must be above 0.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig(Record):
    """A whole run: data, one or more models trained on the same batches, and how. `models` are its members."""

    data: DataConfig
    models: tuple[ModelConfig, ...]
    train: TrainConfig

    def __post_init__(self) -> None:
        _require(1 <= len(self.models) <= MOST_MODELS, "A run trains between one and eight models.")
        _require(len({model.shape for model in self.models}) == 1, "All models of a run take images of one shape.")
