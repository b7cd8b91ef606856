"""A VAE whose penalty only looks like a KL divergence: E[|μ|² + |σ - 1|²], without a barrier at σ = 0."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from trainer.models.family import register
from trainer.models.variational import VariationalFamily
from trainer.objectives import Objective

if TYPE_CHECKING:
    from trainer.arrays import Array
    from trainer.posteriors import Posterior
    from trainer.prior import Divergence, Prior


class NaivePenalty(Objective):
    """Mean over images of Σ_u μ_u² + (σ_u - 1)², no factor ½; the true KL is reported beside it."""

    name = "naive"
    title = "Naive penalty"

    def penalty(self, divergence: Divergence, posterior: Posterior, prior: Prior) -> Array:
        return (posterior.mean**2 + (posterior.spread - 1) ** 2).sum(1).mean()


class NaiveFamily(VariationalFamily):
    """The variational family but for its objective."""

    objective: Objective = NaivePenalty()
    card = dataclasses.replace(
        VariationalFamily.card,
        name="naive",
        title="VAE with a naive penalty",
        short="naive VAE",
        terms=NaivePenalty.terms,
    )


register(NaiveFamily())
