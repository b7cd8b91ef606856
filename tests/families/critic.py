"""An adversarial autoencoder (Makhzani et al. 2016): a critic pulls the codes' distribution towards the prior.

Encoder and decoder are the plain networks; the critic is needed in training only. Two optimisers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.card import RECONSTRUCTION, TOTAL, Card, Term
from trainer.config import ModelConfig
from trainer.models.family import Family, register
from trainer.noise import Noise
from trainer.priors.gaussian import StandardNormal

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from trainer.models.latent_model import Batch, LatentModel, LossTensors


class CriticFamily(Family):
    """A plain autoencoder with a critic of its codes beside it; one optimiser for each."""

    card = Card(
        name="critic",
        title="Adversarial autoencoder",
        short="AAE",
        about="An autoencoder whose codes a critic pushes towards the prior.",
        terms=(
            RECONSTRUCTION,
            Term(
                name="fooled",
                title="Critic fooled",
                unit="nats a code",
                help="How surely the critic tells the codes from draws of the prior.",
            ),
            TOTAL,
        ),
        prior=StandardNormal,
        stochastic=True,
        training_only=("critic.",),
    )

    def build(self, config: ModelConfig) -> LatentModel:
        from torch import nn

        from trainer.models.plain import PlainModel
        from trainer.models.prior_tensors import PriorTensors

        model = PlainModel(config, prior=PriorTensors(StandardNormal, config))
        model.critic = nn.Sequential(nn.Linear(config.latent, 16), nn.ReLU(), nn.Linear(16, 1))
        return model

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        from torch.nn.functional import softplus

        from trainer.models.latent_model import LossTensors
        from trainer.models.plain import PlainModel

        assert isinstance(model, PlainModel)
        codes = model.encode(batch.inputs)
        reconstruction = model.reconstruction_loss(codes, batch.targets)
        fooled = softplus(-model.get_submodule("critic")(codes)).mean()
        return LossTensors({"reconstruction": reconstruction, "fooled": fooled, "total": reconstruction + fooled})

    def optimisers(self, model: LatentModel, learning_rate: float | Tensor) -> tuple[torch.optim.Optimizer, ...]:
        import torch

        critic = list(model.get_submodule("critic").parameters())
        others = [value for name, value in model.named_parameters() if not name.startswith("critic.")]
        return tuple(torch.optim.Adam(values, lr=learning_rate, fused=True) for values in (others, critic))

    def step(self, model: LatentModel, optimisers: tuple[torch.optim.Optimizer, ...], batch: Batch) -> LossTensors:
        import torch
        from torch.nn.functional import softplus

        autoencoder, critic = optimisers
        losses = super().step(model, (autoencoder,), batch)
        score = model.get_submodule("critic")
        codes = model.encode(batch.inputs).detach()
        normal = torch.randn(codes.shape, generator=batch.generator, device=codes.device)
        uniform = torch.rand(len(codes), generator=batch.generator, device=codes.device)
        prior = model.prior_distribution()
        assert prior is not None
        drawn = prior.codes_of(Noise(normal, uniform))
        critic.zero_grad(set_to_none=True)
        (softplus(score(codes)) + softplus(-score(drawn))).mean().backward()
        critic.step()
        return losses


register(CriticFamily())
