"""The interface of a model family, which engine, checkpoint and window use. Torch-free.

To add a family (denoising, adversarial, vector-quantised, ...) write one file beside this one: its `Card`, a
subclass of `Family` that builds and steps its models, and `register(MyFamily())` at its end; then list the module
in `trainer/models/__init__.py`. Import torch inside the functions only: cards are read without torch. A
family that needs two optimisers returns two and steps both; one with discrete codes encodes to their embeddings;
tensors that only its training needs are named in `Card.training_only`.

Another prior is a file in `trainer/priors`, another regulariser a class in `trainer/objectives.py`; a variational
family with them subclasses `trainer.models.variational.VariationalFamily` and has its own card.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.card import Card, Knob, Option
from trainer.config import ModelConfig
from trainer.knobs import COMMON, Knobs, knob_of
from trainer.records import ConfigError
from trainer.traits import Traits

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from trainer.models.latent_model import Batch, LatentModel, LossTensors


class Family(ABC):
    """One family of models; `card` declares their properties."""

    card: Card

    @property
    def name(self) -> str:
        """The name in configurations."""
        return self.card.name

    @property
    def title(self) -> str:
        """The display name."""
        return self.card.title

    @property
    def traits(self) -> Traits:
        """The part of the card that checkpoints contain."""
        return self.card.traits

    @property
    def usual_knobs(self) -> dict[str, float]:
        """The default values of the card's knobs, by name."""
        return {knob.name: knob.default for knob in self.card.knobs}

    @abstractmethod
    def build(self, config: ModelConfig) -> LatentModel:
        """A model of this family on the CPU; its weights are set afterwards by `trainer.models.initialise`."""

    @abstractmethod
    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        """Differentiable losses of a batch: all terms of the card."""

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        """Fresh optimisers over the model's parameters; one fused Adam by default."""
        import torch

        return (torch.optim.Adam(model.parameters(), lr=learning_rate, fused=True),)

    def step(self, model: LatentModel, optimisers: tuple[torch.optim.Optimizer, ...], batch: Batch) -> LossTensors:
        """One optimisation step on one batch; returns its losses, detached."""
        (optimiser,) = optimisers
        optimiser.zero_grad(set_to_none=True)
        losses = self.losses(model, batch)
        losses.total.backward()
        optimiser.step()
        return losses.detached()


_FAMILIES: dict[str, Family] = {}


def register(family: Family) -> None:
    """Make a family available under its name. Raises `ConfigError` if its card or its name cannot be used."""
    try:
        family.card.check()
        if family.name in _FAMILIES:
            raise ConfigError("A family of that name is registered already.")
        for other in families():
            # Options and knobs of all families share the command line's flags.
            if found := _names(other.card.options) & _names(family.card.knobs) | _names(other.card.knobs) & _names(
                family.card.options
            ):
                raise ConfigError("{name} is the name of another setting.", name=f"{min(found)!r:.80}")
    except ConfigError as error:
        raise ConfigError(
            "The model family {name} cannot be used: {reason}", name=f"{family.name!r:.80}", reason=error
        ) from None
    _FAMILIES[family.name] = family


def _names(settings: Sequence[Option | Knob]) -> set[str]:
    return {setting.name for setting in settings}


def unregister(name: str) -> None:
    """Remove a family from the registry (for tests that register one)."""
    del _FAMILIES[name]


def family(name: str) -> Family:
    """The family called `name`. Raises `ConfigError` listing the known ones."""
    try:
        return _FAMILIES[name]
    except KeyError:
        known = ", ".join(sorted(_FAMILIES))
        raise ConfigError(
            "There is no model family called {name}; known are {known}.", name=f"{name!r:.80}", known=known
        ) from None


def with_all_options(config: ModelConfig) -> ModelConfig:
    """`config` with every option of its family. Raises `ConfigError` for a family or an option that is unknown."""
    return config.replace(options=family(config.family).card.all_options(config.options))


def check_knobs(knobs: Knobs, models: Sequence[ModelConfig]) -> None:
    """Raise `ConfigError` if none of these models has a knob, or if its value is out of range."""
    for name, value in knobs.items():
        for knob in _declared(name, models):
            knob.checked(value)
    for name in unknown_knobs(knobs, models):
        raise ConfigError("The models of this run have no knob {name}.", name=f"{name!r:.80}")


def unknown_knobs(knobs: Knobs, models: Sequence[ModelConfig]) -> list[str]:
    """Names of the entries that none of these models has as a knob."""
    return [name for name in knobs if name not in _EVERYWHERE and not _declared(name, models)]


def clashing_knobs(knobs: Knobs, models: Sequence[ModelConfig]) -> list[str]:
    """Knobs of several of these models without a value that all of them accept; `fitted_knobs` removes them."""
    fitted = fitted_knobs(knobs, models)
    return [name for name in knobs if name not in fitted and _declared(name, models)]


def fitted_knobs(knobs: Knobs, models: Sequence[ModelConfig]) -> Knobs:
    """`knobs` adapted to these models: unknown ones are removed, values out of range are clipped to the limit.

    A knob is also removed if no value is within the limits of all models that have it.
    """
    values = {name: value for name, value in knobs.items() if name in _EVERYWHERE}
    for name, value in knobs.items():
        if found := _declared(name, models):
            least, most = max(knob.least for knob in found), min(knob.most for knob in found)
            values[name] = min(max(value, least), most)
            if least > most:
                del values[name]
    return Knobs(**values)


#: Knobs accepted in every run; β even if no model has it.
_EVERYWHERE = (*COMMON, "beta")


def _declared(name: str, models: Sequence[ModelConfig]) -> list[Knob]:
    """The declarations of an entry of `Knobs` in the cards of these models, one per card that has the knob."""
    member, plain = knob_of(name)
    having = models if member is None else models[member : member + 1]
    return [knob for model in having if (knob := family(model.family).card.knob(plain)) is not None]


def families() -> tuple[Family, ...]:
    """All registered families, in order of registration."""
    return tuple(_FAMILIES.values())
