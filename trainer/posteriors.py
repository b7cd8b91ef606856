"""Posteriors q(z|x) as objects, in NumPy and in torch, with their μ and σ. Torch-free.

One of another shape is a subclass of `Posterior`, a line in `POSTERIORS`, and named in the cards of its families.
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
    """z = mean + σ u for each image, both (n, d); u has a fixed shape, and independent dimensions of variance 1.

    Of another shape than N(0, I), `standard`, `log_density_of`, `log_density` and `negentropy` are the subclass's.
    """

    __slots__ = ()
    #: Entropy in nats that a dimension lacks to a Gaussian of the same σ.
    negentropy: ClassVar[float] = 0.0
    #: Whether it is a Gaussian, whose regions of highest density are ellipsoids, and ellipses on any plane.
    gaussian: ClassVar[bool] = False

    @classmethod
    def of_sigmas(cls, mean: Array, spread: Array) -> Self:
        """The one with this σ, (n, d)."""
        return cls(mean, 2 * library(spread).log(spread))

    @property
    def spread(self) -> Array:
        """σ, (n, d)."""
        return library(self.log_variance).exp(0.5 * self.log_variance)

    @staticmethod
    def standard(noise: Array) -> Array:
        """u of noise ~ N(0, I), of its shape."""
        raise NotImplementedError

    def sample(self, noise: Array) -> Array:
        """Codes of noise ε ~ N(0, I), (..., n, d); differentiable with respect to the parameters."""
        return self.mean + self.spread * self.standard(noise)

    def log_density_of(self, noise: Array) -> Array:
        """ln q(z|x) in nats of the very codes that `sample(noise)` gives: (..., n)."""
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
        # From the noise, since a code loses it to rounding where σ is small beside μ.
        return -0.5 * (noise**2 + self.log_variance).sum(-1) - self.mean.shape[-1] * _HALF_LOG_TWO_PI

    def log_density(self, codes: Array) -> Array:
        return self.log_density_of((codes - self.mean) / self.spread)


#: By the names that cards, traits and files use.
POSTERIORS: dict[str, type[Posterior]] = {"gaussian": GaussianPosterior}
