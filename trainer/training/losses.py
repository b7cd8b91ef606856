"""Losses in nats per image: every likelihood term summed over pixels, KL over latent dimensions, both averaged
over images. Averaging over pixels instead would multiply β by D.

The densities are full, with their constants, so that values compare across likelihoods; a density's loss may be
negative. Functions of one scalar result are the training path and are differentiable once; those that end in
`_rows` give one value an image, for evaluation.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

LOG_TWO_PI = math.log(2 * math.pi)

# σ is never below about 1/400, under one grey level: a pixel that is always black would else be worth any number
# of nats, and one reconstructed exactly an infinite one.
MIN_LOG_VARIANCE = -12.0
MIN_VARIANCE = math.exp(MIN_LOG_VARIANCE)

# Factors in [1/2, 1] multiplied before a logarithm is taken: their product stays far above float32's smallest.
_FACTORS = 64


class _BernoulliSum(Function):
    """Σ softplus(l) - x·l over all entries.

    softplus(l) = max(l, 0) - ln max(p, 1 - p) with p = sigmoid(l), which the gradient p - x needs anyway. Written
    so because log1p takes fifteen times as long as sigmoid on a CPU and was a sixth of a training step; and
    the logarithms of 64 factors cost one if the factors, none below a half, are multiplied first.
    """

    @staticmethod
    def forward(ctx: Any, logits: Tensor, targets: Tensor) -> Tensor:
        flat, target = logits.reshape(-1), targets.reshape(-1)
        probability = torch.sigmoid(flat)
        likelier = (probability - 0.5).abs_().add_(0.5)
        groups = math.gcd(likelier.numel(), _FACTORS)
        logs = likelier.view(groups, -1).prod(0).log_().sum()
        total = flat.relu().sum() - torch.dot(flat, target) - logs
        ctx.save_for_backward(probability.sub_(target).view_as(logits))
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (difference,) = ctx.saved_tensors
        return difference * gradient, None


class _SquaredErrorSum(Function):
    """Σ (m - x)² over all entries, keeping only the difference."""

    @staticmethod
    def forward(ctx: Any, mean: Tensor, targets: Tensor) -> Tensor:
        difference = mean - targets
        ctx.save_for_backward(difference)
        flat = difference.reshape(-1)
        return torch.dot(flat, flat)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        (difference,) = ctx.saved_tensors
        return difference * (2 * gradient), None


def bernoulli(logits: Tensor, targets: Tensor) -> Tensor:
    """-ln p(x|z) for Bernoulli pixels, mean over images: scalar.

    Args:
        logits: float32 (n, ...).
        targets: same number of entries; pixels in [0, 1]. For grey levels this is a cross-entropy, not a
            likelihood.
    """
    return _BernoulliSum.apply(logits, targets) / len(logits)


def gaussian(mean: Tensor, targets: Tensor, variance: float) -> Tensor:
    """-ln N(x; m, σ²) with one fixed σ², mean over images: scalar. `mean` and `targets` float32 (n, ...)."""
    pixels = mean[0].numel()
    constant = 0.5 * pixels * (LOG_TWO_PI + math.log(variance))
    return squared_error(mean, targets) / (2 * variance * len(mean)) + constant


def gaussian_learned(mean: Tensor, targets: Tensor) -> Tensor:
    """-ln N(x; m, σ²) at σ² = mean squared error of this batch, its optimum (Rybkin et al. 2021): scalar.

    D/2 (ln(2π MSE) + 1); its gradient is that of a fixed σ² at the optimum. σ² is at least exp(MIN_LOG_VARIANCE).
    """
    pixels = mean[0].numel()
    error = squared_error(mean, targets) / (pixels * len(mean))
    return learned_from_error(error, pixels)


def learned_from_error(error: Tensor, pixels: int) -> Tensor:
    """-ln N of an image of `pixels` values, on average, at σ² = `error`, the squared error a value: scalar."""
    # Below the floor the density goes on with σ² fixed there, so value and gradient stay finite and true.
    variance = error.detach().clamp_min(MIN_VARIANCE)
    return 0.5 * pixels * (error / variance + torch.log(variance) + LOG_TWO_PI)


def learned_variance(mean: Tensor, targets: Tensor) -> Tensor:
    """The σ² of "gaussian-learned" for these images: their mean squared error, at least MIN_VARIANCE; scalar."""
    return (mean - targets).square().mean().clamp_min(MIN_VARIANCE)


def floored(log_variance: Tensor) -> Tensor:
    """Log-variances with a soft floor at MIN_LOG_VARIANCE, as Rybkin et al. (2021) clip them."""
    return MIN_LOG_VARIANCE + _softplus(log_variance - MIN_LOG_VARIANCE)


def gaussian_pixel(mean: Tensor, log_variance: Tensor, targets: Tensor) -> Tensor:
    """-ln N(x; m, σ²(z)) with a variance a pixel, mean over images: scalar. All float32 (n, ...)."""
    pixels = mean[0].numel()
    terms = torch.addcmul(log_variance, (mean - targets).square(), torch.exp(-log_variance))
    return 0.5 * (terms.sum() / len(mean) + pixels * LOG_TWO_PI)


def squared_error(mean: Tensor, targets: Tensor) -> Tensor:
    """Σ (m - x)² over images and pixels: scalar."""
    return _SquaredErrorSum.apply(mean, targets)


def sample_and_kl(mean: Tensor, log_variance: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    """Reparameterised codes z = μ + σ ε, (n, d), and KL(q(z_u|x) || N(0, 1)) averaged over images, (d,).

    KL = ½ (μ² + σ² - ln σ² - 1) (Kingma & Welling 2014). `mean`, `log_variance`, `noise`: float32 (n, d).
    """
    deviation = torch.exp(0.5 * log_variance)
    codes = torch.addcmul(mean, deviation, noise)
    kl = torch.addcmul(mean.square(), deviation, deviation) - log_variance
    return codes, 0.5 * (kl.mean(0) - 1)


def kl_rows(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL(q(z_u|x) || N(0, 1)) of each image and dimension: (n, d)."""
    return 0.5 * (mean.square() + log_variance.exp() - log_variance - 1)


def bernoulli_rows(logits: Tensor, targets: Tensor) -> Tensor:
    """-ln p(x|z) of each image for Bernoulli pixels: (n,)."""
    return (_softplus(logits) - logits * targets).flatten(1).sum(1)


def gaussian_rows(mean: Tensor, targets: Tensor, variance: float | Tensor) -> Tensor:
    """-ln N(x; m, σ²) of each image with one σ²: (n,)."""
    pixels = mean[0].numel()
    variance = torch.as_tensor(variance, dtype=mean.dtype, device=mean.device)
    errors = (mean - targets).square().flatten(1).sum(1)
    return errors / (2 * variance) + 0.5 * pixels * (LOG_TWO_PI + torch.log(variance))


def rows_from_errors(errors: Tensor, pixels: int, variance: float) -> Tensor:
    """-ln N(x; m, σ²) of each image of `pixels` values from its summed squared error: both (n,)."""
    return errors / (2 * variance) + 0.5 * pixels * (LOG_TWO_PI + math.log(variance))


def gaussian_pixel_rows(mean: Tensor, log_variance: Tensor, targets: Tensor) -> Tensor:
    """-ln N(x; m, σ²(z)) of each image with a variance a pixel: (n,)."""
    terms = log_variance + (mean - targets).square() * torch.exp(-log_variance)
    return 0.5 * (terms.flatten(1).sum(1) + mean[0].numel() * LOG_TWO_PI)


def _softplus(logits: Tensor) -> Tensor:
    return logits.relu() - torch.log(torch.sigmoid(logits.abs()))
