"""Variational autoencoders with other priors: a shifted and scaled Gaussian, and two Gaussians."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from trainer.config import ModelConfig
from trainer.models.family import register
from trainer.models.variational import VariationalFamily
from trainer.priors.gaussian import DiagonalGaussian
from trainer.priors.mixture import GaussianMixture

if TYPE_CHECKING:
    from trainer.models.prior_tensors import PriorTensors

#: Of the first dimension, of the second, and of all others.
MEAN, SPREAD = (3.0, -2.0, 1.0), (0.5, 2.0, 1.5)
#: Of the mixture: its weights, and the means and spreads of its components the same way.
WEIGHTS = (0.3, 0.7)
MEANS = ((-2.0, 0.0, 0.5), (2.0, 1.0, -0.5))
SPREADS = ((0.5, 1.0, 1.0), (0.8, 0.4, 0.7))


def by_dimension(values: tuple[float, ...], latent: int) -> np.ndarray:
    """float64 (d,), the last value for all dimensions that have none of their own."""
    return np.array([*values, *[values[-1]] * latent][:latent])


class ShiftedFamily(VariationalFamily):
    """p(z) = N(MEAN, diag SPREAD²)."""

    card = dataclasses.replace(
        VariationalFamily.card, name="shifted", title="Shifted VAE", short="sVAE", prior=DiagonalGaussian
    )

    def prior_tensors(self, config: ModelConfig) -> PriorTensors:
        import torch

        from trainer.models.prior_tensors import PriorTensors

        mean, spread = (by_dimension(values, config.latent) for values in (MEAN, SPREAD))
        tensors = {"mean": torch.from_numpy(mean), "log_spread": torch.from_numpy(np.log(spread))}
        return PriorTensors(DiagonalGaussian, config, tensors)


class TwoGaussiansFamily(VariationalFamily):
    """p(z) = Σ WEIGHTS N(MEANS, diag SPREADS²)."""

    card = dataclasses.replace(
        VariationalFamily.card, name="two-gaussians", title="Mixture VAE", short="mVAE", prior=GaussianMixture
    )

    def prior_tensors(self, config: ModelConfig) -> PriorTensors:
        import torch

        from trainer.models.prior_tensors import PriorTensors

        tensors = {
            "logits": np.log(WEIGHTS),
            "means": np.stack([by_dimension(mean, config.latent) for mean in MEANS]),
            "log_sigmas": np.log(np.stack([by_dimension(spread, config.latent) for spread in SPREADS])),
        }
        return PriorTensors(GaussianMixture, config, {name: torch.from_numpy(a) for name, a in tensors.items()})


register(ShiftedFamily())
register(TwoGaussiansFamily())
