"""Gaussian posteriors: densities, draws and the reparameterised gradient, in NumPy and in torch."""

import math

import numpy as np
import torch
from scipy import stats

from trainer.posteriors import GaussianPosterior


def test_a_draws_density_is_that_of_scipy_and_is_not_lost_where_the_spread_is_small() -> None:
    rng = np.random.default_rng(0)
    for scale in (1.0, 1e-12):
        posterior = GaussianPosterior(3 + rng.normal(size=(5, 4)), np.log(scale * rng.uniform(0.5, 2, (5, 4))))
        noise = rng.normal(size=(7, 5, 4))
        expected = stats.norm.logpdf(noise).sum(-1) - np.log(posterior.spread).sum(-1)
        np.testing.assert_allclose(posterior.log_density_of(noise), expected)
        tensors = GaussianPosterior(*map(torch.from_numpy, posterior))
        np.testing.assert_allclose(tensors.log_density_of(torch.from_numpy(noise)).numpy(), expected)
        np.testing.assert_allclose(tensors.sample(torch.from_numpy(noise)).numpy(), posterior.sample(noise))
    spread = rng.uniform(0.5, 2, (5, 4))
    np.testing.assert_allclose(GaussianPosterior.of_sigmas(spread, spread).spread, spread)


def test_the_reparameterised_gradient_is_unbiased() -> None:
    # E cos(a z) = cos(a μ) exp(-a² σ² / 2) gives the exact gradient to compare with.
    mean, log_variance, frequency, draws = 0.4, -0.7, 1.7, 400_000
    means = torch.full((draws, 1), mean, dtype=torch.float64, requires_grad=True)
    log_variances = torch.full((draws, 1), log_variance, dtype=torch.float64, requires_grad=True)
    noise = torch.randn(draws, 1, generator=torch.Generator().manual_seed(6), dtype=torch.float64)
    codes = GaussianPosterior(means, log_variances).sample(noise)
    estimates = torch.autograd.grad(torch.cos(frequency * codes).sum(), (means, log_variances))
    damping = math.exp(-0.5 * frequency**2 * math.exp(log_variance))
    exact = (
        -frequency * math.sin(frequency * mean) * damping,
        -0.5 * frequency**2 * math.exp(log_variance) * math.cos(frequency * mean) * damping,
    )
    for estimate, value in zip(estimates, exact, strict=True):
        error = estimate.std().item() / math.sqrt(draws)
        assert abs(estimate.mean().item() - value) < 3 * error
