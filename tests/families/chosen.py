"""A variational autoencoder with an option of each kind and a knob of its own, which only scales its loss."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from trainer.card import Knob, Option
from trainer.models.family import register
from trainer.models.variational import VariationalFamily

if TYPE_CHECKING:
    from trainer.models.latent_model import Batch, LatentModel, LossTensors


class ChosenFamily(VariationalFamily):
    """The total is multiplied by 1 + "gamma"."""

    card = dataclasses.replace(
        VariationalFamily.card,
        name="chosen",
        title="Chosen VAE",
        short="cVAE",
        options=(
            Option(name="parts", title="Parts", kind="whole", default=3, least=1, most=9, help="Nothing."),
            Option(name="slack", title="Slack", kind="number", default=0.5, least=0, most=2, help="Nothing."),
            Option(name="manner", title="Manner", kind="choice", default="a", choices=("a", "b"), help="Nothing."),
            Option(name="twice", title="Twice", kind="switch", default=False, help="Nothing."),
        ),
        knobs=(
            *VariationalFamily.card.knobs,
            Knob(name="gamma", title="Gamma", sign="γ", default=0.5, least=0, most=10, help="Scales the loss."),
        ),
    )

    def losses(self, model: LatentModel, batch: Batch) -> LossTensors:
        from trainer.models.latent_model import LossTensors

        losses = super().losses(model, batch)
        return LossTensors({**losses.terms, "total": losses.total * (1 + batch.knobs["gamma"])})


register(ChosenFamily())
