"""Posteriors q(z|x) as objects, in NumPy and in torch, with their μ and σ. Torch-free.

To add another shape, write a subclass of `Posterior`, add it to `POSTERIORS` and name it in the cards of families.
"""

from __future__ import annotations

import math
from typing import ClassVar, NamedTuple, Self

from trainer.arrays import Array, library

_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


class _Parameters(NamedTuple):
    mean: Array
    log_variance: Array


class Posterior(_Parameters):
    """z = mean + σ u for each image, both (n, d); u has a fixed distribution with independent dimensions of
    variance 1.

    A subclass whose u is not N(0, I) overrides `standard`, `log_density_of`, `log_density` and `negentropy`.
    """

    __slots__ = ()
    #: Entropy in nats per dimension by which it is below that of a Gaussian with the same σ.
    negentropy: ClassVar[float] = 0.0
    #: Whether it is a Gaussian, whose regions of highest density are ellipsoids, and ellipses on any plane.
    gaussian: ClassVar[bool] = False

    @classmethod
    def of_sigmas(cls, mean: Array, spread: Array) -> Self:
        """The posterior with this mean and σ, (n, d)."""
        return cls(mean, 2 * library(spread).log(spread))

    @property
    def spread(self) -> Array:
        """σ, (n, d)."""
        return library(self.log_variance).exp(0.5 * self.log_variance)

    @staticmethod
    def standard(noise: Array) -> Array:
        """Transform noise ~ N(0, I) to u, same shape."""
        raise NotImplementedError

    def sample(self, noise: Array) -> Array:
        """Codes of noise ε ~ N(0, I), (..., n, d); differentiable with respect to the parameters."""
        return self.mean + self.spread * self.standard(noise)

    def log_density_of(self, noise: Array) -> Array:
        """ln q(z|x) in nats of the codes `sample(noise)`: (..., n)."""
        raise NotImplementedError

    def log_density(self, codes: Array) -> Array:
        """ln q(z|x) in nats of codes (..., n, d): (..., n)."""
        raise NotImplementedError


class GaussianPosterior(Posterior):
    """N(mean, diag exp(log_variance))."""

    __slots__ = ()
    gaussian = True

    @staticmethod
    def standard(noise: Array) -> Array:
        return noise

    def log_density_of(self, noise: Array) -> Array:
        # Computed from the noise, which codes lose to rounding if σ is small compared with μ.
        return -0.5 * (noise**2 + self.log_variance).sum(-1) - self.mean.shape[-1] * _HALF_LOG_TWO_PI

    def log_density(self, codes: Array) -> Array:
        return self.log_density_of((codes - self.mean) / self.spread)


#: Posteriors by their names in cards, traits and files.
POSTERIORS: dict[str, type[Posterior]] = {"gaussian": GaussianPosterior}
