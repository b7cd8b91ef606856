"""A variational autoencoder whose posteriors are boxes: uniform in each dimension, with mean μ and deviation σ."""

from __future__ import annotations

import dataclasses
import math

from trainer.arrays import Array, library
from trainer.models.family import register
from trainer.models.variational import VariationalFamily
from trainer.posteriors import POSTERIORS, Posterior

#: Half the width of a uniform distribution of variance 1.
HALF = math.sqrt(3)


class BoxPosterior(Posterior):
    """Uniform on the box of half-widths √3 σ about the mean."""

    __slots__ = ()
    negentropy = 0.5 * math.log(2 * math.pi * math.e) - math.log(2 * HALF)

    @staticmethod
    def standard(noise: Array) -> Array:
        # Φ of a normal number is uniform.
        if library(noise).__name__ == "torch":
            return HALF * library(noise).erf(noise / math.sqrt(2))
        from scipy.special import erf

        return (HALF * erf(noise / math.sqrt(2))).astype(noise.dtype)

    def log_density_of(self, noise: Array) -> Array:
        own = -(0.5 * self.log_variance + math.log(2 * HALF)).sum(-1)
        return own + 0 * noise.sum(-1)

    def log_density(self, codes: Array) -> Array:
        inside = (abs(codes - self.mean) <= HALF * self.spread).all(-1)
        own = -(0.5 * self.log_variance + math.log(2 * HALF)).sum(-1)
        return library(codes).where(inside, own + 0 * codes.sum(-1), -math.inf)


POSTERIORS.setdefault("box", BoxPosterior)


class BoxFamily(VariationalFamily):
    """q(z|x) = U(μ - √3 σ, μ + √3 σ)."""

    card = dataclasses.replace(
        VariationalFamily.card, name="box", title="Box VAE", short="bVAE", posterior=BoxPosterior
    )


register(BoxFamily())
