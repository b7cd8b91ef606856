"""Priors against scipy, numerical integration and Monte Carlo, with parameters in NumPy and in torch."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy import stats

from trainer.config import ModelConfig
from trainer.noise import Noise, draw_noise
from trainer.posteriors import GaussianPosterior
from trainer.prior import Prior, register
from trainer.priors.gaussian import DiagonalGaussian, StandardNormal
from trainer.priors.mixture import GaussianMixture
from trainer.priors.registry import prior_kind, prior_of
from trainer.records import ConfigError

LATENT = 3
MEAN, SPREAD = np.array([3.0, -1.0, 0.5]), np.array([0.5, 2.0, 1.0])
WEIGHTS = np.array([0.3, 0.7])
MEANS, SPREADS = np.array([[-2.0, 0.0, 1.0], [2.0, 1.0, 0.0]]), np.array([[0.5, 1.0, 2.0], [1.0, 0.4, 0.7]])


def shifted() -> DiagonalGaussian:
    return DiagonalGaussian(MEAN, np.log(SPREAD))


def mixture() -> GaussianMixture:
    return GaussianMixture(5 + np.log(WEIGHTS), MEANS, np.log(SPREADS))


PRIORS = {"normal": lambda: StandardNormal(LATENT), "gaussian": shifted, "mixture": mixture}


def in_torch(prior: Prior) -> Prior:
    """The same with float32 tensors, as a model has it."""
    config = ModelConfig(latent=prior.latent)
    shapes = prior.shapes(config, {"prior.logits": (2,)})
    values = {
        "prior.mean": MEAN, "prior.log_spread": np.log(SPREAD), "prior.logits": np.log(WEIGHTS),
        "prior.means": MEANS, "prior.log_sigmas": np.log(SPREADS),
    }  # fmt: skip
    assert all(values[name].shape == shape for name, shape in shapes.items())
    tensors = {name: torch.from_numpy(values[name]).float() for name in shapes}
    found = prior_of(prior.kind, config, tensors)
    assert found is not None
    return found


def scipy_density(kind: str, codes: np.ndarray) -> np.ndarray:
    if kind == "normal":
        return stats.norm.logpdf(codes).sum(-1)
    if kind == "gaussian":
        return stats.norm(MEAN, SPREAD).logpdf(codes).sum(-1)
    parts = [stats.multivariate_normal(m, np.diag(s**2)).pdf(codes) for m, s in zip(MEANS, SPREADS, strict=True)]
    return np.log(WEIGHTS @ np.array(parts))


@pytest.mark.parametrize("kind", PRIORS)
def test_log_densities_are_those_of_scipy(kind: str) -> None:
    codes = np.random.default_rng(0).normal(scale=2, size=(40, LATENT))
    expected = scipy_density(kind, codes)
    prior = PRIORS[kind]()
    np.testing.assert_allclose(prior.log_density(codes), expected, rtol=1e-10)
    np.testing.assert_allclose(prior.log_density(codes.reshape(4, 10, 3)), expected.reshape(4, 10), rtol=1e-10)
    tensor = in_torch(prior).log_density(torch.from_numpy(codes))
    np.testing.assert_allclose(tensor.numpy(), expected, rtol=1e-5)


@pytest.mark.parametrize("kind", PRIORS)
def test_draws_have_its_mean_and_spread_and_share_their_noise(kind: str) -> None:
    prior, count = PRIORS[kind](), 60_000
    drawn = prior.draw(count, np.random.default_rng(0))
    assert (np.abs(drawn.mean(0) - prior.mean) < 4 * prior.spread / math.sqrt(count)).all()
    np.testing.assert_allclose(drawn.std(0), prior.spread, rtol=0.02)
    # The mean log density of its own draws is minus its entropy, here by draws of scipy's.
    if kind == "mixture":
        rng = np.random.default_rng(1)
        chosen = rng.choice(2, count, p=WEIGHTS)
        other = rng.normal(MEANS[chosen], SPREADS[chosen])
        error = prior.log_density(other).std() * math.sqrt(2 / count)
        assert prior.log_density(drawn).mean() == pytest.approx(prior.log_density(other).mean(), abs=4 * error)
        assert (drawn[:, 0] > 0).mean() == pytest.approx(
            (WEIGHTS * stats.norm.sf(0, MEANS[:, 0], SPREADS[:, 0])).sum(), abs=0.01
        )
    noise = draw_noise(9, LATENT, 4)
    np.testing.assert_allclose(prior.sample(noise)[:5], prior.sample(noise[:5]))
    assert prior.sample(noise).dtype == np.float32
    tensors = Noise(torch.from_numpy(noise.normal).float(), torch.from_numpy(noise.uniform).float())
    np.testing.assert_allclose(in_torch(prior).codes_of(tensors).numpy(), prior.sample(noise), atol=1e-5)
    again = prior.draw(9, np.random.default_rng(3), np.float32)
    np.testing.assert_array_equal(again, prior.draw(9, np.random.default_rng(3), np.float32))


def test_the_standard_normal_draws_the_generators_own_numbers() -> None:
    drawn, plain = (np.random.default_rng(7) for _ in range(2))
    prior = StandardNormal(4)
    for _ in range(2):
        np.testing.assert_array_equal(prior.draw(5, drawn), plain.standard_normal((5, 4)))


@pytest.mark.parametrize("kind", ["normal", "gaussian"])
def test_closed_divergences_agree_with_torch_and_with_monte_carlo(kind: str) -> None:
    rng = np.random.default_rng(0)
    posterior = GaussianPosterior(rng.normal(size=(6, LATENT)), rng.normal(size=(6, LATENT)))
    prior = PRIORS[kind]()
    found = prior.kl(posterior)
    assert found.each is not None
    assert not found.estimated
    mean, spread = (prior.mean, prior.spread)
    theirs = torch.distributions.kl_divergence(
        torch.distributions.Normal(*(torch.from_numpy(a) for a in (posterior.mean, posterior.spread))),
        torch.distributions.Normal(torch.from_numpy(mean), torch.from_numpy(spread)),
    ).numpy()
    np.testing.assert_allclose(found.each, theirs, rtol=1e-9)
    np.testing.assert_allclose(found.rows, theirs.sum(1), rtol=1e-9)
    assert found.mean == pytest.approx(theirs.sum(1).mean())
    # By the way that a prior without a closed form takes.
    estimate = Prior.kl(prior, posterior, rng.normal(size=(50_000, 6, LATENT)))
    assert estimate.estimated
    assert estimate.errors is not None
    assert (np.abs(estimate.rows - found.rows) < 4 * estimate.errors).all()
    tensors = GaussianPosterior(*(torch.from_numpy(part).float() for part in posterior))
    np.testing.assert_allclose(in_torch(prior).kl(tensors).each.numpy(), theirs, rtol=1e-4, atol=1e-5)


def test_a_mixtures_divergence_is_that_of_quadrature() -> None:
    prior = GaussianMixture(np.log(WEIGHTS), MEANS[:, :1], np.log(SPREADS[:, :1]))
    posterior = GaussianPosterior(np.array([[0.5], [-2.0]]), np.log(np.array([[0.3], [1.0]])))
    z = np.linspace(-12, 12, 200_001)
    density = WEIGHTS @ np.array([stats.norm(m[0], s[0]).pdf(z) for m, s in zip(MEANS, SPREADS, strict=True)])
    found = prior.kl(posterior, np.random.default_rng(0).normal(size=(100_000, 2, 1)))
    assert found.estimated
    assert found.each is None
    for row, (mean, variance) in enumerate(((0.5, 0.3), (-2.0, 1.0))):
        q = stats.norm(mean, math.sqrt(variance)).pdf(z)
        inside = q > 1e-300
        exact = np.trapezoid(np.where(inside, q * np.log(np.where(inside, q, 1) / density), 0), z)
        assert found.errors[row] < 0.01
        assert found.rows[row] == pytest.approx(exact, abs=4 * found.errors[row])
    with pytest.raises(ValueError, match="needs draws"):
        prior.kl(posterior)


def test_one_component_at_the_origin_is_the_standard_normal() -> None:
    rng = np.random.default_rng(0)
    one = GaussianMixture(np.zeros(1), np.zeros((1, 4)), np.zeros((1, 4)))
    posterior = GaussianPosterior(rng.normal(size=(200, 4)), rng.normal(size=(200, 4)))
    closed = StandardNormal(4).kl(posterior)
    found = one.kl(posterior, rng.normal(size=(400, 200, 4)))
    error = math.sqrt(float((found.errors**2).sum())) / 200
    assert found.mean == pytest.approx(float(closed.mean), abs=3 * error)
    np.testing.assert_allclose(one.spread, 1)


def test_a_mixtures_estimate_has_the_gradient_of_the_exact_divergence() -> None:
    """Of the mean towards which training pulls a posterior; the exact one by central differences of quadrature."""
    prior = GaussianMixture(
        *(torch.from_numpy(a).double() for a in (np.log(WEIGHTS), MEANS[:, :1], np.log(SPREADS[:, :1])))
    )
    mean = torch.full((1, 1), 0.5, dtype=torch.float64, requires_grad=True)
    log_variance = torch.full((1, 1), math.log(0.3), dtype=torch.float64)
    noise = torch.randn(200_000, 1, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    (ours,) = torch.autograd.grad(prior.kl(GaussianPosterior(mean, log_variance), noise).mean, mean)
    z = np.linspace(-12, 12, 100_001)

    def exact(at: float) -> float:
        q = stats.norm(at, math.sqrt(0.3))
        mixed = WEIGHTS @ np.array([stats.norm(m[0], s[0]).pdf(z) for m, s in zip(MEANS, SPREADS, strict=True)])
        return float(np.trapezoid(q.pdf(z) * (q.logpdf(z) - np.log(mixed)), z))

    slope = (exact(0.51) - exact(0.49)) / 0.02
    assert ours.item() == pytest.approx(slope, abs=0.02)


def test_places_in_a_shifted_gaussian_are_those_of_its_standardised_radius() -> None:
    code = MEAN + SPREAD * np.array([1.0, -2.0, 0.5])
    place = shifted().place(code.astype(np.float32))
    squared = 1 + 4 + 0.25
    assert place.radius == pytest.approx(math.sqrt(squared), rel=1e-6)
    assert place.farther == pytest.approx(stats.chi2.sf(squared, LATENT), rel=1e-6)
    assert place.draws == 0


def test_places_in_a_mixture_are_shares_of_its_draws_by_density() -> None:
    prior = mixture()
    fresh = prior.log_density(prior.draw(20_000, np.random.default_rng(99)))
    for code in (MEANS[1], MEANS.mean(0), np.full(3, 9.0)):
        place = prior.place(code)
        denser = float((fresh > prior.log_density(code[None])[0]).mean())
        assert place.nearer == pytest.approx(denser, abs=0.02)
        assert place.nearer + place.farther == pytest.approx(1)
        assert math.isnan(place.radius)
        assert place.draws == 10_000
    assert math.isnan(prior.place(np.array([np.nan, 0, 0])).nearer)


def test_components_are_the_density_itself() -> None:
    codes = np.random.default_rng(0).normal(size=(20, LATENT))
    for make in PRIORS.values():
        prior = make()
        parts = prior.components()
        assert parts is not None
        each = stats.norm(parts.means[:, None], parts.sigmas[:, None]).pdf(codes).prod(-1)
        np.testing.assert_allclose(np.log(parts.weights @ each), prior.log_density(codes), rtol=1e-9)


def test_unknown_and_taken_names() -> None:
    with pytest.raises(ConfigError, match="no prior called 'swiss roll'; known are gaussian, mixture, normal"):
        prior_kind("swiss roll")
    assert prior_of("none", ModelConfig(), {}) is None
    with pytest.raises(ValueError, match="registered already"):
        register(StandardNormal)
