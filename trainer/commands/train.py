"""Train one model, or several on the same batches.

  train --model vae --data mnist --latent 2 --beta 1 --epochs 20 --out runs/vae
  train --model ae --model vae --model "vae:beta=4,latent=8" --out runs/three
  train --resume runs/vae --epochs 40

One to eight models train on the same batches. Settings after the colon of a --model apply to that model only and
override the options for all: latent, network, widths (such as 512-256), likelihood, variance, and the options and
knobs of its family, see `list families`.

The run is saved to --out while it trains and at its end; Ctrl+C saves it too and ends with exit code 130.
With --threads 1 on the CPU the same command gives the same weights bit for bit.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trainer.card import Card
from trainer.commands.choices import (
    add_data_options,
    brings_widths,
    data_config,
    family_knobs,
    family_options,
    members,
    network,
    number,
    whole,
    with_absolute_path,
)
from trainer.commands.console import Console, FailureError
from trainer.commands.loading import load_images
from trainer.commands.opened import recorded_data
from trainer.config import BINARISE, LIKELIHOODS, MOST_MODELS, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import DataError, ImageData
from trainer.knobs import COMMON, Knobs, knob_of, own_name
from trainer.models.family import check_knobs, family, with_all_options
from trainer.records import ConfigError, FrozenMap
from trainer.training.checkpoint import FILE, read_description
from trainer.training.checkpoint_error import CheckpointError, naming_the_run
from trainer.training.description import Description
from trainer.training.run_folder import hold
from trainer.training.schedules import extended, rate_that_stays

SUMMARY = "train models and keep them as a checkpoint"
_TRAIN = (
    "batch", "epochs", "warm_up", "final_epochs", "final_rate", "binarise", "seed", "device", "threads",
)  # fmt: skip
#: Options that may change when a run is resumed; all others are fixed for a run.
_ON_RESUME = {
    "resume", "out", "epochs", "batch", "device", "threads", "save_every", "codes", "data", "data_folder",
    "download", "overwrite",
}  # fmt: skip
DEFAULT_EPOCHS = 10
#: Settings of every model whose text is the value, and the parser of each; network and widths are read separately.
_READ: dict[str, Callable[[str, str], Any]] = {
    "latent": whole,
    "likelihood": lambda _, text: text,
    "variance": number,
}
_MODEL = ("latent", "network", "widths", "likelihood", "variance")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        action="append",
        metavar="NAME[:SETTING=VALUE,...]",
        help="ae, vae, pair or a family's name; may be given up to eight times (pair)",
    )
    parser.add_argument("--latent", type=int, metavar="D", help="latent dimensions, 1 to 512 (2)")
    parser.add_argument("--network", metavar="NAME", help="a preset of `list networks`, mlp or conv (MLP 512-256)")
    parser.add_argument("--widths", metavar="N,N", help="hidden layers of the encoder, such as 512,256")
    parser.add_argument("--likelihood", choices=LIKELIHOODS, help="p(x|z) (bernoulli)")
    parser.add_argument("--variance", type=float, metavar="V", help="σ² of --likelihood gaussian (0.02)")
    add_data_options(parser, "digits")
    group = parser.add_argument_group("training")
    group.add_argument(
        "--epochs", type=int, metavar="N", help=f"passes over the training images ({DEFAULT_EPOCHS})"
    )
    group.add_argument("--batch", type=int, metavar="N", help="images a step (128)")
    group.add_argument("--learning-rate", "--lr", type=float, metavar="R", help="Adam's step size (0.001)")
    group.add_argument("--noise", type=float, metavar="S", help="standard deviation of noise on the input (0)")
    group.add_argument("--warm-up", type=int, metavar="STEPS", help="steps over which β grows from 0 (0)")
    group.add_argument("--final-epochs", type=int, metavar="N", help="last epochs at a lower rate (0)")
    group.add_argument("--final-rate", type=float, metavar="F", help="that rate as a share of the other (0.2)")
    group.add_argument("--binarise", choices=BINARISE, help="how pixels are seen (none)")
    group.add_argument("--seed", type=int, metavar="N", help="of weights, order and noise (0)")
    group.add_argument("--device", choices=("auto", "cpu", "cuda"), help="where to train (auto)")
    group.add_argument("--threads", type=int, metavar="N", help="torch threads (measured)")
    group = parser.add_argument_group("options and knobs of model families, for all models that have them")
    for name, family_option in family_options().items():
        text = f"{family_option.help} ({family_option.default})"
        group.add_argument(_flag(name), metavar="VALUE", help=text.replace("%", "%%"))
    for name, knob in family_knobs().items():
        text = f"{knob.help} ({knob.default:g})"
        group.add_argument(_flag(name), type=float, metavar="VALUE", help=text.replace("%", "%%"))
    group = parser.add_argument_group("keeping")
    group.add_argument("--out", type=_folder, metavar="DIR", help="where to keep the run")
    group.add_argument("--resume", type=_folder, metavar="DIR", help="go on with a run that was kept")
    group.add_argument("--overwrite", action="store_true", help="replace a run that is already in --out")
    group.add_argument("--save-every", type=float, metavar="SECONDS", help="how often while training (60)")
    group.add_argument("--no-codes", dest="codes", action="store_false", help="do not keep the images' codes")


def run(options: dict[str, Any], console: Console) -> None:
    """Load, train, evaluate, save, with the run's folder locked."""
    out: Path | None = options.get("out", options.get("resume"))
    former = _former(options)
    if out is None:
        _train(options, console, former, None)
        return
    _check_out(out, options, former is not None)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(hold(out))
        except CheckpointError as error:
            raise FailureError(str(error)) from error
        # Checked again under the lock: another writer may have finished since.
        _check_out(out, options, former is not None)
        _train(options, console, _former(options), out)


def _train(options: dict[str, Any], console: Console, former: Description | None, out: Path | None) -> None:
    train = _train_config(options, former)
    every = options.get("save_every", 60.0)
    if not every > 0:
        raise ConfigError("--save-every must be above 0 seconds.")
    if former is None:
        # Report errors that do not depend on the data before loading it.
        _, knobs = _models(options, (1, 64, 64))
    else:
        knobs = _knobs_now(options, former)
    data = _data(options, former, console)
    models = former.config.models if former is not None else _models(options, data.shape)[0]
    config = RunConfig(data=data.config, models=models, train=train)

    from trainer.commands.run_loop import RunLoop  # imports torch

    with naming_the_run(options["resume"]) if former is not None else contextlib.nullcontext():
        loop = RunLoop(config, data, knobs, console, out=out, every=every, keep_codes=options.get("codes", True))
    if former is not None:
        loop.resume(options["resume"], knobs)
        if stays := rate_that_stays(knobs.learning_rate, former.numbers["epoch"], train):
            console.say(stays)
    if out is None:
        console.say("Nothing of this run will be kept; --out DIR keeps it.")
    loop.go()


def _former(options: dict[str, Any]) -> Description | None:
    """The description of the run to resume. Raises `ConfigError` for an option that is fixed for a run."""
    if "resume" not in options:
        return None
    fixed = sorted(set(options) - _ON_RESUME - {*COMMON, *family_knobs()})
    if fixed:
        name = "--" + fixed[0].replace("_", "-")
        raise ConfigError(
            "{name} cannot be changed when a run goes on; leave it out or start a new run.", name=name
        )
    description = read_description(options["resume"])
    epochs = options.get("epochs", description.config.train.epochs)
    if epochs is not None and description.numbers.get("epoch", 0) >= epochs:
        raise ConfigError(
            "The run in {path} has done its {epochs} epochs; give a larger number with --epochs.",
            path=options["resume"],
            epochs=epochs,
        )
    return description


def _check_out(out: Path, options: dict[str, Any], resuming: bool) -> None:
    """Raise `CheckpointError` if `out` cannot or must not be written."""
    existing = next((place for place in (out, *out.absolute().parents) if place.exists()), out)
    if not existing.is_dir():
        raise CheckpointError(
            "{existing} is a file, so nothing can be kept in {out}; choose another --out.",
            existing=existing,
            out=out,
        )
    same = resuming and out.resolve() == options["resume"].resolve()
    if (out / FILE).exists() and not same and not options.get("overwrite", False):
        raise CheckpointError(
            "{out} already holds a run; go on with --resume {out}, choose another --out, or add --overwrite.",
            out=out,
        )


def _train_config(options: dict[str, Any], former: Description | None) -> TrainConfig:
    chosen = {name: options[name] for name in _TRAIN if name in options}
    if former is None:
        return TrainConfig(**{"epochs": DEFAULT_EPOCHS, **chosen})
    train = former.config.train
    if "epochs" in chosen:
        train = extended(train, chosen["epochs"], former.numbers.get("epoch", 0))
    return train.replace(**chosen)


def _knobs_now(options: dict[str, Any], former: Description) -> Knobs:
    """The knobs of a resumed run: values given now apply to all models and override their own."""
    models = former.config.models
    with naming_the_run(options["resume"]):
        cards = [family(model.family).card for model in models]
        check_knobs(former.knobs, models)
    _check_used(options, cards)
    given = {name: options[name] for name in (*COMMON, *family_knobs()) if name in options}
    own = {name: value for name, value in former.knobs.own.items() if knob_of(name)[1] not in given}
    knobs = former.knobs.with_own(own).replace(**given)
    check_knobs(knobs, models)
    return knobs


def _check_used(options: Mapping[str, Any], cards: Sequence[Card]) -> None:
    """Raises `ConfigError` for an option or a knob that none of the models has."""
    known = {option.name for card in cards for option in card.options}
    known |= {knob.name for card in cards for knob in card.knobs}
    for name in (*family_options(), *family_knobs()):
        if name in options and name not in known:
            raise ConfigError("None of these models has the option {name}.", name=_flag(name))


def _models(options: dict[str, Any], shape: tuple[int, int, int]) -> tuple[tuple[ModelConfig, ...], Knobs]:
    """The requested models, with all options of their families, and the knobs. Raises `ConfigError`."""
    asked = [one for text in options.get("model", ["pair"]) for one in members(text)]
    if len(asked) > MOST_MODELS:
        raise ConfigError("A run trains between one and eight models, not {count}.", count=len(asked))
    models = tuple(_model(name, options, own, shape) for name, own in asked)
    cards = [family(model.family).card for model in models]
    _check_used(options, cards)
    values = {name: options[name] for name in (*COMMON, *family_knobs()) if name in options}
    for index, (card, (_, own)) in enumerate(zip(cards, asked, strict=True)):
        for knob in card.knobs:
            if knob.name in values:
                knob.checked(values[knob.name])
            if knob.name in own:
                values[own_name(index, knob.name)] = knob.checked(number(knob.name, own[knob.name]))
    knobs = Knobs(**values)
    check_knobs(knobs, models)
    return models, knobs


def _model(
    name: str, options: Mapping[str, Any], own: Mapping[str, str], shape: tuple[int, int, int]
) -> ModelConfig:
    """One model: `options` apply to all, `own` to this one only."""
    card = family(name).card
    known = {option.name: option for option in card.options}
    knobs = [knob.name for knob in card.knobs]
    for key in own:
        if key not in (*_MODEL, *known, *knobs):
            raise ConfigError(
                "{title} has no setting {name}; it has {names}.",
                title=card.title,
                name=f"{key!r:.80}",
                names=", ".join((*_MODEL, *known, *knobs)),
            )
    chosen = {key: options[key] for key in _READ if key in options} | {
        key: read(key, own[key]) for key, read in _READ.items() if key in own
    }
    both = {**options, **own}
    # Widths that all models share do not go before those of a model's own network.
    shared = None if brings_widths(own.get("network", "")) else options.get("widths")
    kind, widths = network(both.get("network", "mlp"), own.get("widths", shared))
    special = {key: option.read(both[key]) for key, option in known.items() if key in both}
    model = ModelConfig(
        family=name, network=kind, widths=widths, shape=shape, options=FrozenMap(special), **chosen
    )
    return with_all_options(model)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _data(options: dict[str, Any], former: Description | None, console: Console) -> ImageData:
    from trainer.data.registry import config_for

    if former is None:
        config = data_config(options, "digits") or config_for("digits")
    else:
        config = former.config.data
        if "data" in options:
            # The same images at another path; all other settings as in the run.
            found = with_absolute_path(config_for(options["data"]))
            if found.name != config.name:
                raise _other_images(options, options["data"])
            config = config.replace(path=found.path, only=found.only or config.only)
        else:
            config = recorded_data(config, console)
    data = load_images(config, options, console)
    if former is not None and data.fingerprint != former.data.fingerprint:
        raise _other_images(options, data.title)
    return data


def _other_images(options: dict[str, Any], title: str) -> DataError:
    return DataError(
        "The images of {title} are not those that the run in {path} was trained on; name their place "
        "with --data, or start a new run.",
        title=title,
        path=options["resume"],
    )


def _folder(text: str) -> Path:
    """The folder called so, which an empty name, as of a shell's variable that is not set, is not."""
    if not text:
        raise argparse.ArgumentTypeError("a folder has a name")
    return Path(text)
