"""The autoencoder: a code is a point, and the loss is the reconstruction loss only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.card import RECONSTRUCTION, TOTAL, Card
from trainer.config import ModelConfig
from trainer.models.family import Family, register

if TYPE_CHECKING:
    from trainer.models.latent_model import Batch, LatentModel, LossTensors


class AutoencoderFamily(Family):
    """x -> z -> x. The code head is called `mean`, as in the variational model, so that initial weights agree."""

    card = Card(
        name="autoencoder",
        title="Autoencoder",
        short="AE",
        about="Compresses each image to a point and rebuilds it from there.",
        terms=(RECONSTRUCTION, TOTAL),
    )

    def build(self, config: ModelConfig) -> LatentModel:
        from trainer.models.plain import PlainModel

        return PlainModel(config)

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        from trainer.models.latent_model import LossTensors
        from trainer.models.plain import PlainModel

        assert isinstance(model, PlainModel)
        reconstruction = model.reconstruction_loss(model.encode(batch.inputs), batch.targets)
        return LossTensors({"reconstruction": reconstruction, "total": reconstruction})


register(AutoencoderFamily())
