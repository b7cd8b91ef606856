"""The variational autoencoder (Kingma & Welling 2014; β of Higgins et al. 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.card import BETA, Card
from trainer.config import ModelConfig
from trainer.models.family import Family, register
from trainer.objectives import Objective, objective
from trainer.posteriors import GaussianPosterior
from trainer.priors.gaussian import StandardNormal

if TYPE_CHECKING:
    from trainer.models.latent_model import Batch, LatentModel, LossTensors
    from trainer.models.prior_tensors import PriorTensors


class VariationalFamily(Family):
    """x -> q(z|x) = N(μ, diag σ²) -> z = μ + σ ε -> p(x|z); loss -E ln p(x|z) + β KL(q(z|x) || p(z)).

    A subclass with another card may have another posterior, another prior (if that has tensors, it overrides
    `prior_tensors`) and another objective.
    """

    objective: Objective = objective("kl")
    card = Card(
        name="variational",
        title="Variational autoencoder",
        short="VAE",
        about="Encodes each image as a distribution over codes, and draws all of them together towards one prior, "
        "from which new images can be sampled.",
        knobs=(BETA,),
        terms=objective.terms,
        posterior=GaussianPosterior,
        prior=StandardNormal,
        stochastic=True,
    )

    def prior_tensors(self, config: ModelConfig) -> PriorTensors:
        """The initial tensors of the card's prior."""
        from trainer.models.prior_tensors import PriorTensors

        assert self.card.prior is not None
        return PriorTensors(self.card.prior, config)

    def build(self, config: ModelConfig) -> LatentModel:
        from trainer.models.plain import PlainModel

        return PlainModel(config, posterior=self.card.posterior, prior=self.prior_tensors(config))

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        import torch

        from trainer.models.latent_model import LossTensors
        from trainer.models.plain import PlainModel

        assert isinstance(model, PlainModel)
        posterior, prior = model.heads(batch.inputs), model.prior.distribution()
        mean = posterior.mean
        noise = torch.randn(mean.shape, generator=batch.generator, dtype=mean.dtype, device=mean.device)
        reconstruction = model.reconstruction_loss(posterior.sample(noise), batch.targets)
        divergence = prior.kl(posterior, noise[None])
        weight = batch.knobs["beta"] if self.objective.weighted else 0.0
        terms = self.objective.losses(reconstruction, divergence, posterior, prior, weight)
        return LossTensors(terms, divergence.mean_each)


register(VariationalFamily())
