"""Likelihoods against scipy.stats and torch, in NumPy and in torch; their gradients, draws and state."""

import math

import numpy as np
import pytest
import torch
from scipy import stats
from torch import Tensor

from trainer.config import LIKELIHOODS, ModelConfig
from trainer.likelihoods import (
    MIN_LOG_VARIANCE,
    LearnedGaussian,
    Likelihood,
    floored,
    likelihood_of,
    softplus,
)

SHAPES = [(5, 3, 4, 4), (3, 7), (64, 784), (1, 1)]
VARIANCE = 0.05


def images(seed: int, *shape: int) -> Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def normal(seed: int, *shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def of(kind: str, variance: float | None = VARIANCE) -> Likelihood:
    return likelihood_of(ModelConfig(likelihood=kind, variance=VARIANCE), variance)


def outputs(kind: str, *shape: int) -> tuple[Tensor, ...]:
    return tuple(2 * normal(seed, *shape) for seed in range(len(of(kind).outputs)))


def scipy_log_density(kind: str, found: tuple[np.ndarray, ...], targets: np.ndarray) -> np.ndarray:
    """ln p(x|z) of each image, by scipy.stats and from what the decoder says."""
    if kind == "bernoulli":
        terms = stats.bernoulli(1 / (1 + np.exp(-found[0]))).logpmf(targets)
    elif kind == "gaussian-pixel":
        floor = -12.0 + np.logaddexp(0, found[1] + 12.0)
        terms = stats.norm(found[0], np.exp(0.5 * floor)).logpdf(targets)
    else:
        terms = stats.norm(found[0], math.sqrt(VARIANCE)).logpdf(targets)
    return terms.reshape(len(targets), -1).sum(1)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", LIKELIHOODS)
def test_densities_are_those_of_scipy_in_torch_and_in_numpy(kind: str, shape: tuple[int, ...]) -> None:
    likelihood, found, targets = of(kind), outputs(kind, *shape), images(9, *shape).round()
    arrays = tuple(output.double().numpy() for output in found)
    expected = scipy_log_density(kind, arrays, targets.double().numpy())
    np.testing.assert_allclose(likelihood.log_density(arrays, targets.double().numpy()), expected, rtol=1e-10)
    np.testing.assert_allclose(likelihood.log_density(found, targets).numpy(), expected, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize("kind", LIKELIHOODS)
def test_the_training_loss_is_the_mean_of_the_density_with_its_gradient(kind: str) -> None:
    targets, found = images(9, 6, 25), tuple(output.requires_grad_() for output in outputs(kind, 6, 25))
    # What training takes for a learned σ² is the squared error of the batch.
    error = float((found[0] - targets).detach().square().mean())
    likelihood = of(kind, error)
    loss = likelihood.loss(found, targets)
    assert loss.item() == pytest.approx(-likelihood.log_density(found, targets).mean().item(), rel=1e-5)
    doubled = tuple(output.detach().double().requires_grad_() for output in found)
    exact = torch.autograd.grad(-likelihood.log_density(doubled, targets.double()).mean(), doubled)
    ours = torch.autograd.grad(3 * loss, found)
    cotangents = likelihood.cotangents(
        tuple(output.detach().numpy() for output in doubled), targets.double().numpy()
    )
    for mine, expected, cotangent in zip(ours, exact, cotangents, strict=True):
        np.testing.assert_allclose(mine.numpy(), 3 * expected.numpy(), rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(cotangent / 6, expected.numpy(), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("kind", LIKELIHOODS)
def test_draws_have_the_mean_and_the_spread_of_the_density(kind: str) -> None:
    likelihood, count = of(kind), 40_000
    found = tuple(0.5 * output.double().numpy() for output in outputs(kind, 1, 6))
    many = tuple(np.repeat(output, count, axis=0) for output in found)
    drawn = likelihood.sample(many, likelihood.noise_of(np.random.default_rng(0), (count, 6)))
    mean = likelihood.mean(found)[0]
    if kind == "bernoulli":
        variance = mean * (1 - mean)
        assert set(np.unique(drawn)) == {0.0, 1.0}
    elif kind == "gaussian-pixel":
        variance = np.exp(floored(found[1])[0])
    else:
        variance = np.full(6, VARIANCE)
    assert (np.abs(drawn.mean(0) - mean) < 4 * np.sqrt(variance / count)).all()
    np.testing.assert_allclose(drawn.var(0), variance, rtol=0.05)
    torch_draw = likelihood.sample(
        tuple(torch.from_numpy(output) for output in many[:1] + many[1:]),
        torch.zeros(count, 6, dtype=torch.float64),
    )
    assert torch_draw.shape == (count, 6)


@pytest.mark.parametrize("shape", SHAPES)
def test_bernoulli_agrees_with_torch_on_grey_levels_and_in_its_gradient(shape: tuple[int, ...]) -> None:
    logits, targets = (4 * normal(0, *shape)).requires_grad_(), images(1, *shape)
    ours = of("bernoulli").loss((logits,), targets)
    (gradient,) = torch.autograd.grad(3 * ours, logits)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="sum") / shape[0]
    (expected,) = torch.autograd.grad(3 * theirs, logits)
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-5)
    assert torch.allclose(gradient, expected, atol=1e-6)


@pytest.mark.parametrize("extreme", [30.0, 200.0, 1e4])
def test_bernoulli_stays_exact_and_finite_for_confident_logits(extreme: float) -> None:
    logits = torch.tensor([[extreme, -extreme, extreme, -extreme]]).repeat(2, 16).requires_grad_()
    targets = torch.tensor([[1.0, 0.0, 0.0, 1.0]]).repeat(2, 16)
    loss = of("bernoulli").loss((logits,), targets)
    assert loss.item() == pytest.approx(32 * extreme, rel=1e-6)
    (gradient,) = torch.autograd.grad(loss, logits)
    assert torch.allclose(gradient[0, :4] * 2, torch.tensor([0.0, 0.0, 1.0, -1.0]), atol=1e-6)
    assert softplus(np.array([extreme, -extreme])).tolist() == pytest.approx([extreme, 0.0], abs=1e-12)


def test_a_nan_anywhere_shows_in_the_loss() -> None:
    logits = torch.zeros(4, 32)
    logits[2, 5] = math.nan
    assert math.isnan(of("bernoulli").loss((logits,), torch.zeros(4, 32)).item())


def test_a_density_may_exceed_one() -> None:
    tight = likelihood_of(ModelConfig(likelihood="gaussian", variance=1e-4))
    assert tight.loss((torch.zeros(2, 10),), torch.zeros(2, 10)).item() < 0


def test_the_learned_variance_of_a_batch_is_the_best_shared_one() -> None:
    mean, targets = normal(0, 8, 30), images(1, 8, 30)
    best = of("gaussian-learned").loss((mean,), targets).item()
    variance = (mean - targets).square().mean().item()

    def at(value: float) -> float:
        return -LearnedGaussian(value).log_density((mean,), targets).mean().item()

    assert best == pytest.approx(at(variance), rel=1e-5)
    for factor in (0.9, 1.1):
        assert best < at(factor * variance)


def test_a_learned_variance_has_the_gradient_of_its_logarithm() -> None:
    mean, targets = normal(0, 8, 30).requires_grad_(), images(1, 8, 30)
    (ours,) = torch.autograd.grad(of("gaussian-learned").loss((mean,), targets), mean)
    logarithm = 15 * torch.log((mean - targets).square().mean())
    (expected,) = torch.autograd.grad(logarithm, mean)
    assert torch.allclose(ours, expected, atol=1e-6)


def test_a_perfect_reconstruction_has_a_finite_loss() -> None:
    same = images(0, 4, 9)
    mean = same.clone().requires_grad_()
    loss = of("gaussian-learned").loss((mean,), same)
    (gradient,) = torch.autograd.grad(loss, mean)
    assert math.isfinite(loss.item())
    assert torch.isfinite(gradient).all()


def test_without_its_state_a_learned_variance_judges_nothing() -> None:
    unknown, known = of("gaussian-learned", None), of("gaussian-learned", 0.3)
    assert not unknown.known
    assert known.known
    pictures = (np.zeros((2, 4)),)
    np.testing.assert_array_equal(unknown.mean(pictures), pictures[0])
    for judge in (unknown.log_density, unknown.cotangents):
        with pytest.raises(ValueError, match="give the one it has learned"):
            judge(pictures, np.zeros((2, 4)))
    expected = stats.norm(0, math.sqrt(0.3)).logpdf(np.ones((2, 4))).sum(1)
    np.testing.assert_allclose(known.log_density(pictures, np.ones((2, 4))), expected)


def test_the_floor_of_a_pixels_variance_is_soft() -> None:
    values = torch.tensor([-100.0, MIN_LOG_VARIANCE, 0.0, 3.0])
    expected = [-12.0, -12 + math.log(2), 0.0, 3.0]
    assert floored(values).tolist() == pytest.approx(expected, abs=1e-4)
    assert floored(values.numpy()).tolist() == pytest.approx(expected, abs=1e-4)
