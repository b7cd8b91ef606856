"""N(0, I), and Gaussians that are shifted and scaled in each dimension."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Self

import numpy as np

from trainer.arrays import Array, library
from trainer.config import ModelConfig
from trainer.noise import Noise
from trainer.posteriors import Posterior
from trainer.prior import PREFIX, Components, Divergence, Prior, as_read, register
from trainer.prior_place import PriorPlace, place_by_radius

_LOG_TWO_PI = math.log(2 * math.pi)


@register
class StandardNormal(Prior):
    """N(0, I). It has no tensors."""

    kind = "normal"
    formula = "N(0, I)"
    factorises = True
    closed = True

    def __init__(self, latent: int) -> None:
        self._latent = latent

    @classmethod
    def read(cls, config: ModelConfig, tensors: Mapping[str, Array]) -> Self:
        return cls(config.latent)

    @property
    def latent(self) -> int:
        return self._latent

    @property
    def mean(self) -> np.ndarray:
        return np.zeros(self._latent)

    @property
    def spread(self) -> np.ndarray:
        return np.ones(self._latent)

    def log_density(self, codes: Array) -> Array:
        return -0.5 * ((codes**2).sum(-1) + self._latent * _LOG_TWO_PI)

    def log_ratio(self, posterior: Posterior, noise: Array) -> Array:
        if not posterior.gaussian:
            return super().log_ratio(posterior, noise)
        # The normalising constants of p(z) and q(z|x) are the same and cancel.
        return 0.5 * (noise**2 - posterior.sample(noise) ** 2 + posterior.log_variance).sum(-1)

    def codes_of(self, noise: Noise) -> Array:
        return noise.normal

    def kl(self, posterior: Posterior, noise: Array | None = None) -> Divergence:
        """½ Σ (μ² + σ² - ln σ² - 1) (Kingma & Welling 2014), and what q lacks to a Gaussian's entropy."""
        mean, log_variance = posterior
        each = 0.5 * (mean**2 + library(log_variance).exp(log_variance) - log_variance - 1)
        each = each + posterior.negentropy if posterior.negentropy else each
        return Divergence(each)

    def components(self) -> Components:
        return Components(np.ones(1), self.mean[None], self.spread[None])

    def place(self, code: np.ndarray) -> PriorPlace:
        return place_by_radius(float(np.square(code, dtype=np.float64).sum()), self._latent)


@register
class DiagonalGaussian(Prior):
    """N(mean, diag spread²).

    Tensors: "prior.mean" (d,); "prior.log_spread" (d,), ln of the standard deviation.
    """

    kind = "gaussian"
    formula = "N(m, s²)"
    factorises = True
    closed = True

    def __init__(self, mean: Array, log_spread: Array) -> None:
        self._mean, self._log_spread = mean, log_spread

    @classmethod
    def read(cls, config: ModelConfig, tensors: Mapping[str, Array]) -> Self:
        return cls(*(as_read(tensors[PREFIX + name]) for name in ("mean", "log_spread")))

    @classmethod
    def shapes(cls, config: ModelConfig, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        return {PREFIX + name: (config.latent,) for name in ("mean", "log_spread")}

    @property
    def latent(self) -> int:
        return len(self._mean)

    @property
    def mean(self) -> Array:
        return self._mean

    @property
    def spread(self) -> Array:
        return library(self._log_spread).exp(self._log_spread)

    def log_density(self, codes: Array) -> Array:
        standardised = (codes - self._mean) / self.spread
        return -0.5 * (standardised**2 + 2 * self._log_spread + _LOG_TWO_PI).sum(-1)

    def codes_of(self, noise: Noise) -> Array:
        return self._mean + self.spread * noise.normal

    def kl(self, posterior: Posterior, noise: Array | None = None) -> Divergence:
        """½ Σ (((μ - m)² + σ²) / s² - ln (σ² / s²) - 1), and what q lacks to a Gaussian's entropy."""
        mean, log_variance = posterior
        ratio = log_variance - 2 * self._log_spread
        each = 0.5 * (((mean - self._mean) / self.spread) ** 2 + library(ratio).exp(ratio) - ratio - 1)
        each = each + posterior.negentropy if posterior.negentropy else each
        return Divergence(each)

    def components(self) -> Components:
        return Components(np.ones(1), self._mean[None], self.spread[None])

    def place(self, code: np.ndarray) -> PriorPlace:
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            standardised = (np.asarray(code, np.float64) - self._mean) / self.spread
            return place_by_radius(float((standardised**2).sum()), self.latent)
