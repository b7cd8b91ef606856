"""Posteriors q(z|x) as objects, in NumPy and in torch, with their μ and σ. Torch-free."""

from __future__ import annotations

import math
from typing import NamedTuple

from trainer.arrays import Array, library

_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


class GaussianPosterior(NamedTuple):
    """N(mean, diag exp(log_variance)), one for each image: both (n, d)."""

    mean: Array
    log_variance: Array

    @classmethod
    def of_sigmas(cls, mean: Array, spread: Array) -> GaussianPosterior:
        """The one with this σ, (n, d)."""
        return cls(mean, 2 * library(spread).log(spread))

    @property
    def spread(self) -> Array:
        """σ, (n, d)."""
        return library(self.log_variance).exp(0.5 * self.log_variance)

    def sample(self, noise: Array) -> Array:
        """Codes μ + σ ε of noise ε ~ N(0, I), (..., n, d); differentiable with respect to the parameters."""
        return self.mean + self.spread * noise

    def log_density_of(self, noise: Array) -> Array:
        """ln q(z|x) in nats of the very codes that `sample(noise)` gives: (..., n).

        From the noise, since a code loses it to rounding where σ is small beside μ.
        """
        return -0.5 * (noise**2 + self.log_variance).sum(-1) - self.mean.shape[-1] * _HALF_LOG_TWO_PI


#: By the names that cards, traits and files use.
POSTERIORS: dict[str, type[GaussianPosterior]] = {"gaussian": GaussianPosterior}
