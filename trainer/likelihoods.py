"""Likelihoods p(x|z) as objects, in NumPy and in torch. Torch is imported only for training.

In nats per image: summed over pixels, averaged over images where a scalar is given. Averaging over pixels instead
would multiply β by D. Densities are full, with their constants, so that values compare across likelihoods; a
density's loss may be negative.

A likelihood gets the outputs of the decoder's heads, one array per name in `outputs`, each (n, ...): logits
or means, and for a variance per pixel its raw logarithm.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from trainer.arrays import Array, library
from trainer.config import LEARNED, ModelConfig

_LOG_TWO_PI = math.log(2 * math.pi)

# Factors in [1/2, 1] multiplied before a logarithm is taken: their product stays far above float32's smallest.
_FACTORS = 64

# σ is never below about 1/400, under one grey level: otherwise a pixel that is always black could gain any number
# of nats, and one reconstructed exactly an infinite number.
MIN_LOG_VARIANCE = -12.0
MIN_VARIANCE = math.exp(MIN_LOG_VARIANCE)


class Likelihood(ABC):
    """p(x|z), given the decoder's outputs for z.

    Attributes:
        name: in configurations.
        outputs: names of the decoder's heads.
    """

    name: ClassVar[str]
    outputs: ClassVar[tuple[str, ...]] = ("output",)

    @property
    def known(self) -> bool:
        """Whether its learned state is known; if not, only `mean` and `loss` work, the others raise
        `ValueError`.
        """
        return True

    def mean(self, outputs: Sequence[Array]) -> Array:
        """The mean picture, (n, ...), not clipped."""
        return outputs[0]

    @abstractmethod
    def log_density(self, outputs: Sequence[Array], targets: Array) -> Array:
        """ln p(x|z) of each image: (n,).

        `targets`: pixels in [0, 1], of the outputs' shape, or (1, ...): one image for all outputs.
        """

    @abstractmethod
    def loss(self, outputs: Sequence[Array], targets: Array) -> Array:
        """-ln p(x|z), mean over images: the differentiable scalar that training minimises; torch only."""

    @abstractmethod
    def sample(self, outputs: Sequence[Array], noise: Array) -> Array:
        """One draw of p(x|z) per image, of the outputs' shape and not clipped; `noise` comes from `noise_of`."""

    def noise_of(self, generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        """The random numbers for `sample`: float32 of this shape."""
        return generator.standard_normal(shape, dtype=np.float32)

    @abstractmethod
    def cotangents(self, outputs: Sequence[Array], targets: Array) -> tuple[Array, ...]:
        """The derivative of -ln p(x|z) with respect to each output, of its shape."""


class Bernoulli(Likelihood):
    """Pixels that are 0 or 1, from logits. For grey levels this is a cross-entropy, not a likelihood."""

    name = "bernoulli"

    def mean(self, outputs: Sequence[Array]) -> Array:
        return sigmoid(outputs[0])

    def log_density(self, outputs: Sequence[Array], targets: Array) -> Array:
        # softplus(l) = max(l, 0) - ln sigmoid(|l|), and several sigmoids are multiplied before a logarithm.
        logits = outputs[0].reshape(len(outputs[0]), -1)
        pixels = targets.reshape(len(targets), -1)
        likelier = sigmoid(abs(logits))
        groups = math.gcd(likelier.shape[1], _FACTORS)
        products = likelier.reshape(len(logits), groups, -1).prod(1)
        return library(products).log(products).sum(1) - (logits.clip(min=0) - logits * pixels).sum(1)

    def loss(self, outputs: Sequence[Array], targets: Array) -> Array:
        from trainer.pixel_sums import cross_entropy

        return cross_entropy(outputs[0], targets) / len(targets)

    def sample(self, outputs: Sequence[Array], noise: Array) -> Array:
        return 1.0 * (noise < self.mean(outputs))

    def noise_of(self, generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        return generator.random(shape, dtype=np.float32)

    def cotangents(self, outputs: Sequence[Array], targets: Array) -> tuple[Array, ...]:
        return (self.mean(outputs) - targets,)


class FixedGaussian(Likelihood):
    """N(m, σ² I) with one given σ²."""

    name = "gaussian"

    def __init__(self, variance: float) -> None:
        self._variance = variance

    @property
    def variance(self) -> float:
        """σ²."""
        return self._variance

    def log_density(self, outputs: Sequence[Array], targets: Array) -> Array:
        errors = self._errors(outputs, targets)
        return -(errors / (2 * self.variance) + 0.5 * _pixels(targets) * (_LOG_TWO_PI + math.log(self.variance)))

    def loss(self, outputs: Sequence[Array], targets: Array) -> Array:
        from trainer.pixel_sums import squared_error

        constant = 0.5 * _pixels(targets) * (_LOG_TWO_PI + math.log(self.variance))
        return squared_error(outputs[0], targets) / (2 * self.variance * len(targets)) + constant

    def sample(self, outputs: Sequence[Array], noise: Array) -> Array:
        return outputs[0] + math.sqrt(self.variance) * noise

    def cotangents(self, outputs: Sequence[Array], targets: Array) -> tuple[Array, ...]:
        return ((outputs[0] - targets) / self.variance,)

    def _errors(self, outputs: Sequence[Array], targets: Array) -> Array:
        """Squared error of each image, summed over pixels: (n,)."""
        return _summed((outputs[0] - targets) ** 2)


class LearnedGaussian(FixedGaussian):
    """N(m, σ² I) with one σ² learned on the training images, where its optimum is the squared error per value.

    σ² is trained state (Rybkin et al. 2021): images that are scored with it must not choose it. Fitted to the
    scored images it would be too good by D/2 (r - 1 - ln r) nats, r = MSE of these / MSE of the training images.
    """

    name = LEARNED

    def __init__(self, variance: float | None = None) -> None:
        super().__init__(math.nan if variance is None else max(variance, MIN_VARIANCE))

    @property
    def known(self) -> bool:
        return not math.isnan(self._variance)

    @property
    def variance(self) -> float:
        if not self.known:
            raise ValueError("a learned σ² belongs to the model: give the one it has learned")
        return self._variance

    @staticmethod
    def fitted(squared_error: float) -> float:
        """The σ² learned from training images with this mean squared error per value."""
        return max(squared_error, MIN_VARIANCE)

    def loss(self, outputs: Sequence[Array], targets: Array) -> Array:
        """The loss at the σ² that is best for this batch of training images: D/2 (ln(2π MSE) + 1).

        Its gradient is that of a fixed σ² at the optimum.
        """
        import torch

        from trainer.pixel_sums import squared_error

        pixels = _pixels(targets)
        error = squared_error(outputs[0], targets) / (pixels * len(targets))
        # Below the floor σ² is fixed at the floor, so that value and gradient stay finite and correct.
        variance = error.detach().clamp_min(MIN_VARIANCE)
        return 0.5 * pixels * (error / variance + torch.log(variance) + _LOG_TWO_PI)

    def _errors(self, outputs: Sequence[Array], targets: Array) -> Array:
        errors = super()._errors(outputs, targets)
        return errors.astype(np.float64) if library(errors) is np else errors.double()


class PixelGaussian(Likelihood):
    """N(m, diag σ²(z)) with a variance per pixel."""

    name = "gaussian-pixel"
    outputs = ("output", "output_log_variance")

    def log_density(self, outputs: Sequence[Array], targets: Array) -> Array:
        log_variance = floored(outputs[1])
        precision = library(log_variance).exp(-log_variance)
        terms = log_variance + (outputs[0] - targets) ** 2 * precision
        return -0.5 * (_summed(terms) + _pixels(targets) * _LOG_TWO_PI)

    def loss(self, outputs: Sequence[Array], targets: Array) -> Array:
        import torch

        log_variance = floored(outputs[1])
        terms = torch.addcmul(log_variance, (outputs[0] - targets).square(), torch.exp(-log_variance))
        return 0.5 * (terms.sum() / len(targets) + _pixels(targets) * _LOG_TWO_PI)

    def sample(self, outputs: Sequence[Array], noise: Array) -> Array:
        log_variance = floored(outputs[1])
        return outputs[0] + library(log_variance).exp(0.5 * log_variance) * noise

    def cotangents(self, outputs: Sequence[Array], targets: Array) -> tuple[Array, ...]:
        log_variance = floored(outputs[1])
        difference, precision = outputs[0] - targets, library(log_variance).exp(-log_variance)
        # The soft floor's own slope is a sigmoid.
        slope = sigmoid(outputs[1] - MIN_LOG_VARIANCE)
        return difference * precision, 0.5 * (1 - difference**2 * precision) * slope


_KINDS: dict[str, type[Likelihood]] = {
    kind.name: kind for kind in (Bernoulli, FixedGaussian, LearnedGaussian, PixelGaussian)
}


def outputs_of(config: ModelConfig) -> tuple[str, ...]:
    """Names of the decoder's heads that the likelihood of `config` needs."""
    return _KINDS[config.likelihood].outputs


def likelihood_of(config: ModelConfig, variance: float | None = None) -> Likelihood:
    """The likelihood of `config`; `variance`: the learned σ² of "gaussian-learned", None if unknown."""
    kind = _KINDS[config.likelihood]
    if kind is LearnedGaussian:
        return LearnedGaussian(variance)
    return FixedGaussian(config.variance) if kind is FixedGaussian else kind()


def floored(log_variance: Array) -> Array:
    """Log-variances with a soft floor at MIN_LOG_VARIANCE, as Rybkin et al. (2021) clip them."""
    return MIN_LOG_VARIANCE + softplus(log_variance - MIN_LOG_VARIANCE)


def softplus(values: Array) -> Array:
    """ln(1 + e^v) without overflow."""
    if library(values) is np:
        return np.maximum(values, 0) + np.log1p(np.exp(-np.abs(values)))
    # log1p takes fifteen times as long as a sigmoid on a CPU.
    return values.relu() - values.abs().sigmoid().log()


def sigmoid(values: Array) -> Array:
    """1 / (1 + e^-v); in NumPy as a hyperbolic tangent, which cannot overflow."""
    if library(values) is np:
        return 0.5 * (1 + np.tanh(0.5 * values))
    return values.sigmoid()


def _summed(terms: Array) -> Array:
    """The sum over the pixels of each image: (n, ...) -> (n,)."""
    return terms.reshape(len(terms), -1).sum(1)


def _pixels(images: Array) -> int:
    return math.prod(images.shape[1:])
