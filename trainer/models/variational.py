"""The variational autoencoder (Kingma & Welling 2014; β of Higgins et al. 2017)."""

from __future__ import annotations

import torch
from torch import Tensor

from trainer.config import ModelConfig
from trainer.models.family import Family, LatentModel, LossTensors, register
from trainer.models.plain import PlainModel
from trainer.training import losses
from trainer.traits import Traits


class Variational(PlainModel):
    """x -> q(z|x) = N(μ, diag σ²) -> z = μ + σ ε -> p(x|z); loss -E ln p(x|z) + β KL(q(z|x) || N(0, I))."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config, posterior=True)

    def losses(
        self, inputs: Tensor, targets: Tensor, beta: Tensor | float, generator: torch.Generator | None
    ) -> LossTensors:
        body = self.body(inputs)
        mean, log_variance = self.mean(body), self.log_variance(body)
        noise = torch.randn(mean.shape, generator=generator, dtype=mean.dtype, device=mean.device)
        codes, kl_per_dimension = losses.sample_and_kl(mean, log_variance, noise)
        reconstruction = self.reconstruction_loss(codes, targets)
        kl = kl_per_dimension.sum()
        return LossTensors(reconstruction, kl, reconstruction + beta * kl, kl_per_dimension)


class VariationalFamily(Family):
    """Variational autoencoders with a standard normal prior."""

    name = "variational"
    title = "Variational autoencoder"
    traits = Traits(title=title, uses_beta=True, has_posterior=True, has_prior=True, stochastic=True, plain=True)

    def build(self, config: ModelConfig) -> LatentModel:
        return Variational(config)


register(VariationalFamily())
