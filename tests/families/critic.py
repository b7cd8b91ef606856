"""An adversarial autoencoder (Makhzani et al. 2016): a critic pulls the codes' distribution towards N(0, I).

Encoder and decoder are the plain networks; the critic is needed in training only. Two optimisers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from trainer.config import ModelConfig
from trainer.models.family import Family, LatentModel, LossTensors, register
from trainer.models.plain import PlainModel
from trainer.traits import Traits


class Critic(PlainModel):
    """A plain autoencoder with a critic of its codes beside it."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.critic = nn.Sequential(nn.Linear(config.latent, 16), nn.ReLU(), nn.Linear(16, 1))

    def losses(
        self, inputs: Tensor, targets: Tensor, beta: Tensor | float, generator: torch.Generator | None
    ) -> LossTensors:
        codes = self.encode(inputs)
        reconstruction = self.reconstruction_loss(codes, targets)
        fooled = softplus(-self.critic(codes)).mean()
        return LossTensors(
            reconstruction, reconstruction.new_zeros(()), reconstruction + fooled, reconstruction.new_zeros((0,))
        )


class CriticFamily(Family):
    """One optimiser for the autoencoder, one for its critic."""

    name = "critic"
    title = "Adversarial autoencoder"
    traits = Traits(
        title=title,
        uses_beta=False,
        has_posterior=False,
        has_prior=True,
        stochastic=True,
        plain=True,
        training_only=("critic.",),
    )

    def build(self, config: ModelConfig) -> LatentModel:
        return Critic(config)

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        assert isinstance(model, Critic)
        critic = list(model.critic.parameters())
        others = [value for name, value in model.named_parameters() if not name.startswith("critic.")]
        return tuple(torch.optim.Adam(values, lr=learning_rate, fused=True) for values in (others, critic))

    def step(
        self,
        model: LatentModel,
        optimisers: tuple[torch.optim.Optimizer, ...],
        inputs: Tensor,
        targets: Tensor,
        beta: Tensor | float,
        generator: torch.Generator | None,
    ) -> LossTensors:
        assert isinstance(model, Critic)
        autoencoder, critic = optimisers
        losses = super().step(model, (autoencoder,), inputs, targets, beta, generator)
        codes = model.encode(inputs).detach()
        drawn = torch.randn(codes.shape, generator=generator, device=codes.device)
        critic.zero_grad(set_to_none=True)
        (softplus(model.critic(codes)) + softplus(-model.critic(drawn))).mean().backward()
        critic.step()
        return losses


register(CriticFamily())
