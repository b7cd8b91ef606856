"""The variational autoencoder (Kingma & Welling 2014; β of Higgins et al. 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.card import BETA, KL, RECONSTRUCTION, TOTAL, Card
from trainer.config import ModelConfig
from trainer.models.family import Family, register

if TYPE_CHECKING:
    from trainer.models.latent_model import Batch, LatentModel, LossTensors


class VariationalFamily(Family):
    """x -> q(z|x) = N(μ, diag σ²) -> z = μ + σ ε -> p(x|z); loss -E ln p(x|z) + β KL(q(z|x) || N(0, I))."""

    card = Card(
        name="variational",
        title="Variational autoencoder",
        short="VAE",
        about="Encodes each image as a cloud of points near a common prior, so that new images can be drawn.",
        knobs=(BETA,),
        terms=(RECONSTRUCTION, KL, TOTAL),
        posterior="gaussian",
        prior="normal",
        stochastic=True,
    )

    def build(self, config: ModelConfig) -> LatentModel:
        from trainer.models.plain import PlainModel

        return PlainModel(config, posterior=True)

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        import torch

        from trainer.models.latent_model import LossTensors
        from trainer.models.plain import PlainModel
        from trainer.training.losses import sample_and_kl

        assert isinstance(model, PlainModel)
        mean, log_variance = model.heads(batch.inputs)
        noise = torch.randn(mean.shape, generator=batch.generator, dtype=mean.dtype, device=mean.device)
        codes, kl_per_dimension = sample_and_kl(mean, log_variance, noise)
        reconstruction = model.reconstruction_loss(codes, batch.targets)
        kl = kl_per_dimension.sum()
        total = reconstruction + batch.knobs["beta"] * kl
        return LossTensors({"reconstruction": reconstruction, "kl": kl, "total": total}, kl_per_dimension)


register(VariationalFamily())
