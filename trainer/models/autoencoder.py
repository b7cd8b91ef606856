"""The autoencoder: a code is a point, and the loss is the reconstruction alone."""

from __future__ import annotations

import torch
from torch import Tensor

from trainer.config import ModelConfig
from trainer.models.family import Family, LatentModel, LossTensors, register
from trainer.models.plain import PlainModel
from trainer.traits import Traits


class Autoencoder(PlainModel):
    """x -> z -> x. Its code head is called `mean`, as in the variational model, so that initial weights agree."""

    def losses(
        self, inputs: Tensor, targets: Tensor, beta: Tensor | float, generator: torch.Generator | None
    ) -> LossTensors:
        reconstruction = self.reconstruction_loss(self.encode(inputs), targets)
        return LossTensors(
            reconstruction, reconstruction.new_zeros(()), reconstruction, reconstruction.new_zeros((0,))
        )


class AutoencoderFamily(Family):
    """Plain autoencoders."""

    name = "autoencoder"
    title = "Autoencoder"
    traits = Traits(
        title=title, uses_beta=False, has_posterior=False, has_prior=False, stochastic=False, plain=True
    )

    def build(self, config: ModelConfig) -> LatentModel:
        return Autoencoder(config)


register(AutoencoderFamily())
