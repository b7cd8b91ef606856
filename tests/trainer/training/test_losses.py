"""Densities against torch.distributions, KL against Monte Carlo, gradients against automatic differentiation."""

import math

import pytest
import torch
from torch import Tensor, distributions

from trainer.training import losses


def images(seed: int, *shape: int) -> Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def rows_sum(terms: Tensor) -> Tensor:
    return terms.flatten(1).sum(1)


SHAPES = [(5, 3, 4, 4), (3, 7), (64, 784), (1, 1)]


@pytest.mark.parametrize("shape", SHAPES)
def test_bernoulli_is_the_full_density(shape: tuple[int, ...]) -> None:
    logits, targets = 4 * normal(0, *shape), images(1, *shape).round()
    expected = -rows_sum(distributions.Bernoulli(logits=logits.double()).log_prob(targets.double()))
    assert torch.allclose(losses.bernoulli_rows(logits, targets).double(), expected, rtol=1e-5, atol=1e-4)
    assert losses.bernoulli(logits, targets).item() == pytest.approx(expected.mean().item(), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_bernoulli_agrees_with_torch_on_grey_levels_and_in_its_gradient(shape: tuple[int, ...]) -> None:
    logits, targets = (4 * normal(0, *shape)).requires_grad_(), images(1, *shape)
    ours = losses.bernoulli(logits, targets)
    (gradient,) = torch.autograd.grad(3 * ours, logits)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="sum") / shape[0]
    (expected,) = torch.autograd.grad(3 * theirs, logits)
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-5)
    assert torch.allclose(gradient, expected, atol=1e-6)


@pytest.mark.parametrize("extreme", [30.0, 200.0, 1e4])
def test_bernoulli_stays_exact_and_finite_for_confident_logits(extreme: float) -> None:
    logits = torch.tensor([[extreme, -extreme, extreme, -extreme]]).repeat(2, 16).requires_grad_()
    targets = torch.tensor([[1.0, 0.0, 0.0, 1.0]]).repeat(2, 16)
    loss = losses.bernoulli(logits, targets)
    assert loss.item() == pytest.approx(32 * extreme, rel=1e-6)
    (gradient,) = torch.autograd.grad(loss, logits)
    assert torch.allclose(gradient[0, :4] * 2, torch.tensor([0.0, 0.0, 1.0, -1.0]), atol=1e-6)


def test_a_nan_anywhere_shows_in_the_loss() -> None:
    logits = torch.zeros(4, 32)
    logits[2, 5] = math.nan
    assert math.isnan(losses.bernoulli(logits, torch.zeros(4, 32)).item())


@pytest.mark.parametrize("variance", [0.02, 1.0, 3.0])
def test_gaussian_is_the_full_density(variance: float) -> None:
    mean, targets = normal(0, 6, 1, 5, 5), images(1, 6, 1, 5, 5)
    density = distributions.Normal(mean, math.sqrt(variance))
    expected = -rows_sum(density.log_prob(targets))
    assert torch.allclose(losses.gaussian_rows(mean, targets, variance), expected, rtol=1e-4)
    assert losses.gaussian(mean, targets, variance).item() == pytest.approx(expected.mean().item(), rel=1e-5)


def test_gaussian_gradient_is_that_of_the_density() -> None:
    mean, targets = normal(0, 6, 25).requires_grad_(), images(1, 6, 25)
    (ours,) = torch.autograd.grad(losses.gaussian(mean, targets, 0.05), mean)
    expected = (mean.detach() - targets) / 0.05 / 6
    assert torch.allclose(ours, expected, atol=1e-5)


def test_a_density_may_exceed_one() -> None:
    assert losses.gaussian(torch.zeros(2, 10), torch.zeros(2, 10), 1e-4).item() < 0


def test_learned_variance_is_the_best_shared_one() -> None:
    mean, targets = normal(0, 8, 30), images(1, 8, 30)
    best = losses.gaussian_learned(mean, targets).item()
    variance = (mean - targets).square().mean().item()
    assert best == pytest.approx(losses.gaussian(mean, targets, variance).item(), rel=1e-5)
    for factor in (0.9, 1.1):
        assert best < losses.gaussian(mean, targets, factor * variance).item()


def test_learned_variance_has_the_gradient_of_its_logarithm() -> None:
    mean, targets = normal(0, 8, 30).requires_grad_(), images(1, 8, 30)
    (ours,) = torch.autograd.grad(losses.gaussian_learned(mean, targets), mean)
    logarithm = 15 * torch.log((mean - targets).square().mean())
    (expected,) = torch.autograd.grad(logarithm, mean)
    assert torch.allclose(ours, expected, atol=1e-6)


def test_a_perfect_reconstruction_has_a_finite_loss() -> None:
    same = images(0, 4, 9)
    mean = same.clone().requires_grad_()
    loss = losses.gaussian_learned(mean, same)
    (gradient,) = torch.autograd.grad(loss, mean)
    assert math.isfinite(loss.item())
    assert torch.isfinite(gradient).all()


def test_gaussian_pixel_is_the_full_density() -> None:
    mean, log_variance, targets = normal(0, 6, 25), normal(1, 6, 25), images(2, 6, 25)
    expected = -rows_sum(distributions.Normal(mean, torch.exp(0.5 * log_variance)).log_prob(targets))
    assert torch.allclose(losses.gaussian_pixel_rows(mean, log_variance, targets), expected, rtol=1e-4)
    loss = losses.gaussian_pixel(mean, log_variance, targets).item()
    assert loss == pytest.approx(expected.mean().item(), rel=1e-5)


def test_the_floor_of_a_pixels_variance_is_soft() -> None:
    values = torch.tensor([-100.0, losses.MIN_LOG_VARIANCE, 0.0, 3.0])
    floored = losses.floored(values)
    assert floored.tolist() == pytest.approx([-12.0, -12 + math.log(2), 0.0, 3.0], abs=1e-4)


def test_kl_agrees_with_monte_carlo_within_three_standard_errors() -> None:
    mean, log_variance = normal(3, 1, 4), normal(4, 1, 4)
    noise = normal(5, 400_000, 4).double()
    deviation = torch.exp(0.5 * log_variance.double())
    codes = mean.double() + deviation * noise
    ratio = -0.5 * noise.square() - torch.log(deviation) + 0.5 * codes.square()
    error = ratio.std(0) / math.sqrt(len(ratio))
    exact = losses.kl_rows(mean, log_variance)[0]
    assert ((ratio.mean(0) - exact).abs() < 3 * error).all()


def test_kl_agrees_with_torch_and_sums_over_dimensions_only() -> None:
    mean, log_variance = normal(3, 7, 4), normal(4, 7, 4)
    posterior = distributions.Normal(mean, torch.exp(0.5 * log_variance))
    expected = distributions.kl_divergence(posterior, distributions.Normal(0.0, 1.0))
    assert torch.allclose(losses.kl_rows(mean, log_variance), expected, atol=1e-5)
    _, per_dimension = losses.sample_and_kl(mean, log_variance, torch.zeros(7, 4))
    assert torch.allclose(per_dimension, expected.mean(0), atol=1e-5)


def test_the_reparameterised_gradient_is_unbiased() -> None:
    # E cos(a z) = cos(a μ) exp(-a² σ² / 2) gives the exact gradient to compare with.
    mean, log_variance, frequency, draws = 0.4, -0.7, 1.7, 400_000
    means = torch.full((draws, 1), mean, dtype=torch.float64, requires_grad=True)
    log_variances = torch.full((draws, 1), log_variance, dtype=torch.float64, requires_grad=True)
    codes, _ = losses.sample_and_kl(means, log_variances, normal(6, draws, 1).double())
    estimates = torch.autograd.grad(torch.cos(frequency * codes).sum(), (means, log_variances))
    damping = math.exp(-0.5 * frequency**2 * math.exp(log_variance))
    exact = (
        -frequency * math.sin(frequency * mean) * damping,
        -0.5 * frequency**2 * math.exp(log_variance) * math.cos(frequency * mean) * damping,
    )
    for estimate, value in zip(estimates, exact, strict=True):
        error = estimate.std().item() / math.sqrt(draws)
        assert abs(estimate.mean().item() - value) < 3 * error
