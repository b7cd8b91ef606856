"""The declarations of a model family: everything that other code needs to know about its models. Torch-free."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trainer.knobs import MAX_BETA, Knobs, knob_of
from trainer.posteriors import POSTERIORS, Posterior
from trainer.prior import Prior
from trainer.records import ConfigError, FrozenMap
from trainer.sentences import Sentence
from trainer.traits import NONE, Traits

#: What names that people type look like: of families, and of options and knobs.
_FAMILY_NAME = re.compile(r"[A-Za-z][\w-]{0,63}", re.ASCII)
_SETTING_NAME = re.compile(r"[A-Za-z]\w{0,63}", re.ASCII)
#: Names the command line reserves: short names of models, and settings that every model and run has.
_SHORT_NAMES = ("ae", "vae", "pair")
RESERVED = frozenset(
    (
        "help", "json", "traceback", "model", "family", "network", "widths", "latent", "likelihood", "variance",
        "shape", "options", "data", "data_folder", "download", "size", "colour", "fit", "white", "count",
        "held_out", "data_seed", "epochs", "batch", "learning_rate", "lr", "noise", "warm_up", "final_epochs",
        "final_rate", "binarise", "seed", "device", "threads", "out", "resume", "overwrite", "save_every",
        "no_codes", "codes", "labels",
        "epoch",  # listed beside the knobs everywhere
    )
)  # fmt: skip
#: Upper limits of what a checkpoint's description holds; see `trainer.training.description` and `trainer.knobs`.
_MOST_TERMS, _MOST_KNOBS = 32, 32
#: Units that a loss term may have.
NATS = "nats per image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A setting of a family that is fixed for a run.

    Attributes:
        name: in configurations and on the command line.
        title: what people read.
        kind: "whole", "number", "choice" or "switch".
        default: of the kind: int, float, str or bool.
        least, most: inclusive bounds of a number, whole or not.
        choices: allowed values of a choice.
        unit: shown after the value; "" for none.
        help: one sentence.
    """

    name: str
    title: str
    kind: Literal["whole", "number", "choice", "switch"]
    default: int | float | str | bool
    least: float = -math.inf
    most: float = math.inf
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str

    def read(self, text: str) -> int | float | str | bool:
        """Parse `text` as a user typed it. Raises `ConfigError` as `checked` does."""
        value: object = text
        try:
            match self.kind:
                case "switch":
                    value = {"true": True, "false": False}.get(text.lower(), text)
                case "whole":
                    value = int(text)
                case "number":
                    value = float(text)
        except ValueError:
            pass  # `checked` reports it
        return self.checked(value)

    def checked(self, value: object) -> int | float | str | bool:
        """`value`, converted and validated. Raises `ConfigError` with a sentence that names the allowed values."""
        match self.kind:
            case "switch":
                if isinstance(value, bool):
                    return value
                raise ConfigError(
                    "{title} must be true or false, not {value}.",
                    title=Sentence(self.title),
                    value=f"{value!r:.40}",
                )
            case "choice":
                if isinstance(value, str) and value in self.choices:
                    return value
                raise ConfigError(
                    "{title} must be one of {choices}, not {value}.",
                    title=Sentence(self.title),
                    choices=", ".join(self.choices),
                    value=f"{value!r:.40}",
                )
            case "whole" if isinstance(value, int) and not isinstance(value, bool):
                if self.least <= value <= self.most:
                    return value
            case "number" if isinstance(value, int | float) and not isinstance(value, bool):
                if self.least <= value <= self.most and abs(value) <= sys.float_info.max:
                    return float(value)
        values = {"title": Sentence(self.title), "least": self.least, "most": self.most, "value": f"{value!r:.40}"}
        if self.kind == "whole":
            raise ConfigError(
                "{title} must be a whole number between {least:g} and {most:g}, not {value}.", **values
            )
        raise ConfigError("{title} must be between {least:g} and {most:g}, not {value}.", **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A setting of a family that may change at any step.

    Attributes:
        name: in `trainer.knobs.Knobs`, in reports and files.
        title, sign: display name, and the symbol used where there is little room ("β").
        default: initial value.
        least, most: inclusive bounds.
        logarithmic: whether its slider has a logarithmic scale.
        help: one sentence.
    """

    name: str
    title: str
    sign: str
    default: float
    least: float
    most: float
    logarithmic: bool = False
    help: str

    def checked(self, value: float) -> float:
        """`value`, converted and validated. Raises `ConfigError`."""
        if not self.least <= value <= self.most:
            raise ConfigError(
                "{sign} must be between {least:g} and {most:g}.", sign=self.sign, least=self.least, most=self.most
            )
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a family's loss, or a figure reported beside the loss.

    Attributes:
        name: in reports and files.
        title: display name.
        unit: such as "nats per image".
        better: "lower", "higher", or "" where neither is.
        help: one sentence.
    """

    name: str
    title: str
    unit: str = NATS
    better: Literal["lower", "higher", ""] = "lower"
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The declarations of a family.

    Attributes:
        name: in configurations: `ModelConfig.family`.
        title, short: display names, such as "Variational autoencoder" and "VAE".
        about: one sentence shown where a family is chosen.
        options: settings fixed for a run.
        knobs: settings that may change at any step, besides learning rate and noise, which every family has.
        terms: what a step reports; the last one is the training objective.
        posterior: the kind of q(z|x); None where a code is a point.
        prior: the kind of p(z); None where sampling codes is no part of the model.
        stochastic: whether a training step draws random numbers.
        plain: whether encoder and decoder are the networks of `trainer.networks.description`, which the torch-free
        replica
            can run.
        training_only: prefixes of the names of tensors that only training needs.
    """

    name: str
    title: str
    short: str
    about: str
    options: tuple[Option, ...] = ()
    knobs: tuple[Knob, ...] = ()
    terms: tuple[Term, ...]
    posterior: type[Posterior] | None = None
    prior: type[Prior] | None = None
    stochastic: bool = False
    plain: bool = True
    training_only: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise `ConfigError` for declarations that would only fail later, where they are used."""
        if not _FAMILY_NAME.fullmatch(self.name) or self.name.lower() in _SHORT_NAMES:
            raise ConfigError("No family can be called {name}.", name=f"{self.name!r:.80}")
        taken = set(RESERVED)
        for name in (*(option.name for option in self.options), *(knob.name for knob in self.knobs)):
            shown = f"{name!r:.80}"
            if not _SETTING_NAME.fullmatch(name) or knob_of(name)[0] is not None:
                raise ConfigError("No option and no knob can be called {name}.", name=shown)
            if name in taken:
                raise ConfigError("{name} is the name of another setting.", name=shown)
            taken.add(name)
        for option in self.options:
            option.checked(option.default)
        for knob in self.knobs:
            if not -math.inf < knob.least < knob.most < math.inf:
                raise ConfigError("The limits of {sign} are not in order.", sign=knob.sign)
            for value in (knob.checked(knob.default), knob.least, knob.most):
                Knobs(**{knob.name: value})
        names = [term.name for term in self.terms]
        if (
            len(set(names)) != len(names)
            or names[-1:] != ["total"]
            or not all(0 < len(name) <= 64 for name in names)
        ):
            raise ConfigError("Loss terms need different names, and the last of them is called total.")
        if len(names) > _MOST_TERMS or len(self.knobs) > _MOST_KNOBS:
            raise ConfigError("A family has at most {most} loss terms and as many knobs.", most=_MOST_TERMS)
        if self.posterior is not None and self.posterior not in POSTERIORS.values():
            raise ConfigError("The posterior {name} is not known here.", name=self.posterior.__name__)

    def knob(self, name: str) -> Knob | None:
        """The knob of this name; None if the family has none."""
        return next((knob for knob in self.knobs if knob.name == name), None)

    def all_options(self, chosen: Mapping[str, bool | int | float | str]) -> FrozenMap[bool | int | float | str]:
        """All options: the chosen value, else the default. Raises `ConfigError` for an unknown name."""
        known = {option.name: option for option in self.options}
        for name in chosen:
            if name not in known:
                values = {"title": Sentence(self.title), "name": f"{name!r:.80}"}
                if not known:
                    raise ConfigError("{title} has no option called {name}; it has none.", **values)
                raise ConfigError(
                    "{title} has no option called {name}; it has {names}.", **values, names=", ".join(known)
                )
        return FrozenMap(
            {name: option.checked(chosen.get(name, option.default)) for name, option in known.items()}
        )

    @property
    def traits(self) -> Traits:
        """The part that checkpoints store, so that a model can be shown where its family is not installed."""
        return Traits(
            title=self.title,
            short=self.short,
            uses_beta=any(knob.name == "beta" for knob in self.knobs),
            posterior=next((name for name, kind in POSTERIORS.items() if kind is self.posterior), NONE),
            prior=NONE if self.prior is None else self.prior.kind,
            stochastic=self.stochastic,
            plain=self.plain,
            training_only=self.training_only,
        )


RECONSTRUCTION = Term(
    name="reconstruction",
    title="Reconstruction",
    help="−E ln p(x|z), summed over pixels: how far pictures are from their images.",
)
KL = Term(
    name="kl",
    title="KL",
    better="",
    help="KL(q(z|x) || p(z)), summed over dimensions: what the codes tell beyond the prior.",
)
TOTAL = Term(name="total", title="Total", help="What the optimiser minimises.")

BETA = Knob(
    name="beta",
    title="KL weight",
    sign="β",
    default=1.0,
    least=0.0,
    most=MAX_BETA,
    logarithmic=True,
    help="Weight of the KL divergence in the loss; 1 is the evidence lower bound.",
)
