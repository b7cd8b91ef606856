"""What a model family is: the one door through which the engine, the checkpoint and the window see models.

To add a family (denoising, adversarial, vector-quantised, ...) write one file beside this one: a subclass of
`LatentModel`, a subclass of `Family` that builds and steps it, and `register(MyFamily())` at its end; then name
the module in `trainer/models/__init__.py`. Nothing else changes: the engine calls `optimisers` and `step`, the
window asks `traits` what applies. A family that needs two optimisers returns two and steps both; one with
discrete codes encodes to their embeddings.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NamedTuple

import torch
from torch import Tensor, nn

from trainer.config import ModelConfig
from trainer.records import ConfigError
from trainer.traits import Traits


class LossTensors(NamedTuple):
    """Losses of one batch, in nats per image, still on the device.

    reconstruction, kl, total: scalars. kl_per_dimension: (d,), or (0,) without a posterior. Detached.
    """

    reconstruction: Tensor
    kl: Tensor
    total: Tensor
    kl_per_dimension: Tensor


class Posterior(NamedTuple):
    """Parameters of q(z|x): mean and log-variance, each float32 (n, d)."""

    mean: Tensor
    log_variance: Tensor


class LatentModel(nn.Module, ABC):
    """An encoder and a decoder. Images are float32 (n, C, H, W) in [0, 1]; codes are float32 (n, d)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config

    @abstractmethod
    def encode(self, images: Tensor) -> Tensor:
        """The codes the map shows: z, or the posterior mean μ. Never a sample."""

    @abstractmethod
    def decode(self, codes: Tensor) -> Tensor:
        """The mean picture of p(x|z), (n, C, H, W), not clipped."""

    def posterior(self, images: Tensor) -> Posterior | None:
        """q(z|x), or None for a model whose codes are points."""
        return None

    def reconstruction(self, codes: Tensor, targets: Tensor, variance: float | None = None) -> Tensor | None:
        """-ln p(x|z) of each image, (n,), in nats; None for a model without such a density.

        `variance` is the σ² of likelihood "gaussian-learned"; None takes its optimum over these images.
        """
        return None

    @abstractmethod
    def losses(
        self, inputs: Tensor, targets: Tensor, beta: Tensor | float, generator: torch.Generator | None
    ) -> LossTensors:
        """Differentiable losses of `targets` given `inputs` (the same images, perhaps with noise added).

        `beta` multiplies the KL divergence where the family uses it. `generator` draws the posterior sample.
        """


class Family(ABC):
    """One family of models. `name` is what configs say, `title` what people read."""

    name: str
    title: str
    traits: Traits

    @abstractmethod
    def build(self, config: ModelConfig) -> LatentModel:
        """A model of this family on the CPU; its weights are set afterwards by `trainer.models.initialise`."""

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        """Fresh optimisers over the model's parameters; one fused Adam unless a family needs otherwise."""
        return (torch.optim.Adam(model.parameters(), lr=learning_rate, fused=True),)

    def step(
        self,
        model: LatentModel,
        optimisers: tuple[torch.optim.Optimizer, ...],
        inputs: Tensor,
        targets: Tensor,
        beta: Tensor | float,
        generator: torch.Generator | None,
    ) -> LossTensors:
        """One optimisation step on one batch; returns its losses, detached."""
        (optimiser,) = optimisers
        optimiser.zero_grad(set_to_none=True)
        losses = model.losses(inputs, targets, beta, generator)
        losses.total.backward()
        optimiser.step()
        return LossTensors(*(loss.detach() for loss in losses))


_FAMILIES: dict[str, Family] = {}


def register(family: Family) -> None:
    """Make a family available under its name. Raises `ValueError` if the name is taken."""
    if family.name in _FAMILIES:
        raise ValueError(f"a family called {family.name!r} is registered already")
    _FAMILIES[family.name] = family


def unregister(name: str) -> None:
    """Forget a family (tests that register a toy one)."""
    del _FAMILIES[name]


def family(name: str) -> Family:
    """The family called `name`. Raises `ConfigError` listing the known ones."""
    try:
        return _FAMILIES[name]
    except KeyError:
        known = ", ".join(sorted(_FAMILIES))
        raise ConfigError(f"There is no model family called {name!r:.80}; known are {known}.") from None


def families() -> tuple[Family, ...]:
    """All registered families, in order of registration."""
    return tuple(_FAMILIES.values())
