"""The base of all models in torch: an encoder, a decoder, and the losses of a step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from trainer.config import ModelConfig
from trainer.posteriors import Posterior
from trainer.prior import Prior


@dataclass(frozen=True, slots=True)
class Batch:
    """The inputs of a step or of a computation of losses.

    Attributes:
        inputs: images to encode: float32 (n, C, H, W) in [0, 1], possibly with added noise.
        targets: the same images without noise, to be reconstructed.
        knobs: values of the card's knobs as applied, by name; on a GPU tensors that a captured step reads.
        generator: for the family's random numbers, such as the posterior sample; None for torch's default.
    """

    inputs: Tensor
    targets: Tensor
    knobs: Mapping[str, Tensor | float] = field(default_factory=dict)
    generator: torch.Generator | None = None


@dataclass(frozen=True, slots=True)
class LossTensors:
    """Losses of one batch, still on the device; nats per image unless the family's card says otherwise.

    Attributes:
        terms: scalars by the names of the card's terms, all of them.
        kl_per_dimension: (d,), the terms of "kl"; None without a posterior, and if the prior does
            not factorise over dimensions.
    """

    terms: dict[str, Tensor]
    kl_per_dimension: Tensor | None = None

    @property
    def total(self) -> Tensor:
        """The total that the optimiser minimises."""
        return self.terms["total"]

    def __getitem__(self, name: str) -> Tensor:
        return self.terms[name]

    def detached(self) -> LossTensors:
        """The same losses, detached from the graph."""
        each = self.kl_per_dimension
        return LossTensors(
            {name: value.detach() for name, value in self.terms.items()}, None if each is None else each.detach()
        )


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

    def prior_distribution(self) -> Prior | None:
        """p(z) with the current weights; None for a model without a prior."""
        return None

    def reconstruction(self, codes: Tensor, targets: Tensor, variance: float | None = None) -> Tensor | None:
        """-ln p(x|z) of each image, (n,), in nats; None for a model without such a density.

        `targets`: (n, C, H, W), or (1, C, H, W): one image for all codes.
        `variance`: the learned σ² of likelihood "gaussian-learned"; `ValueError` if it is missing.
        """
        return None

    def draw(self, codes: Tensor, seed: int, variance: float | None = None) -> Tensor | None:
        """One random draw of p(x|z) for each code, (n, C, H, W), not clipped, all with the noise of `seed`.

        None for a model without such a density. `variance` as in `reconstruction`.
        """
        return None
