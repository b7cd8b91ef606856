"""Gaussians, mixtures and kernel densities of codes: closed forms, scikit-learn, sampling, bad codes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KernelDensity as ReferenceKernels

from tests.trainer.latent.drained import assert_in_short_pieces, drained, with_progress
from trainer.arrays import log_sum_exp
from trainer.latent.density import (
    GAUSSIAN,
    DensityError,
    Gaussian,
    fit_gaussian,
    usable_codes,
)
from trainer.latent.kernel_density import LEAST_CODES, KernelDensity, fit_kernel_density
from trainer.latent.mixture import MOST_ITERATIONS, MOST_VALUES, Mixture, fit_mixture, most_codes
from trainer.noise import draw_noise
from trainer.priors.gaussian import StandardNormal

MEANS = np.array([[0.0, 0.0], [6.0, 1.0], [-4.0, 5.0]])
COVARIANCES = np.array([[[1.0, 0.6], [0.6, 1.0]], [[0.3, 0.0], [0.0, 2.0]], [[0.5, -0.2], [-0.2, 0.4]]])
WEIGHTS = np.array([0.5, 0.3, 0.2])


def clusters(count=3000, seed=0):
    truth = Mixture(WEIGHTS, MEANS, COVARIANCES)
    return truth.sample(draw_noise(count, 2, seed))


def test_a_gaussian_is_the_closed_form():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(4, 4))
    mean, covariance = rng.normal(size=4), root @ root.T + np.eye(4)
    codes = rng.normal(size=(50, 4))
    expected = multivariate_normal(mean, covariance).logpdf(codes)
    np.testing.assert_allclose(Gaussian(mean, covariance).log_density(codes), expected, rtol=1e-10)


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_the_standard_normal_is_the_prior(latent):
    codes = np.random.default_rng(0).normal(size=(10, latent))
    expected = -0.5 * (codes**2).sum(1) - 0.5 * latent * math.log(2 * math.pi)
    np.testing.assert_allclose(StandardNormal(latent).log_density(codes), expected, rtol=1e-12)


def test_a_fitted_gaussian_has_the_codes_moments():
    codes = clusters()
    fitted = drained(fit_gaussian(codes))
    np.testing.assert_allclose(fitted.mean, codes.mean(0), rtol=1e-5)
    np.testing.assert_allclose(fitted.covariance, np.cov(codes.T, bias=True), rtol=1e-4)


@pytest.mark.parametrize("components", [1, 3, 10])
def test_a_mixture_is_as_good_as_scikit_learns(components):
    codes, held_out = clusters(), clusters(1000, seed=9)
    ours = drained(fit_mixture(codes, components))
    reference = GaussianMixture(components, reg_covar=1e-6, random_state=0, n_init=3, tol=1e-5, max_iter=500)
    reference.fit(codes.astype(np.float64))
    # The likelihood has several maxima; a good one is within 0.02 nats of the best of three.
    assert ours.log_density(codes).mean() >= reference.score(codes) - 0.02
    assert ours.log_density(held_out).mean() >= reference.score(held_out) - 0.02
    assert ours.converged
    assert ours.weights.sum() == pytest.approx(1)


def test_a_mixtures_density_is_scikit_learns():
    reference = GaussianMixture(3, random_state=0).fit(clusters().astype(np.float64))
    ours = Mixture(reference.weights_, reference.means_, reference.covariances_)
    codes = np.random.default_rng(1).normal(size=(100, 2)) * 8
    np.testing.assert_allclose(ours.log_density(codes), reference.score_samples(codes), rtol=1e-9)


def test_a_mixture_finds_the_clusters():
    fitted = drained(fit_mixture(clusters(20_000), 3))
    order = [int(np.linalg.norm(fitted.means - mean, axis=1).argmin()) for mean in MEANS]
    assert sorted(order) == [0, 1, 2]
    np.testing.assert_allclose(fitted.weights[order], WEIGHTS, atol=0.02)
    np.testing.assert_allclose(fitted.means[order], MEANS, atol=0.08)
    np.testing.assert_allclose(fitted.covariances[order], COVARIANCES, atol=0.1)


def test_fitting_a_mixture_is_seeded_tells_progress_and_does_not_depend_on_scale():
    codes = clusters(1000)
    first, progress = with_progress(fit_mixture(codes, 4, seed=3))
    again = drained(fit_mixture(codes, 4, seed=3))
    np.testing.assert_array_equal(first.means, again.means)
    assert progress
    assert progress[-1].done == first.iterations <= progress[-1].total == MOST_ITERATIONS
    small = drained(fit_mixture(1e-4 * codes + 5, 4, seed=3))
    np.testing.assert_allclose((small.means - 5) * 1e4, first.means, atol=0.05)


def test_a_kernel_density_is_scikit_learns():
    codes = clusters(500)
    queries = np.random.default_rng(2).normal(size=(300, 2)) * 4
    # A single leaf: scikit-learn's tree pruning loses precision at small densities.
    reference = ReferenceKernels(bandwidth=0.4, leaf_size=500).fit(codes.astype(np.float64))
    ours = KernelDensity(codes, 0.4)
    np.testing.assert_allclose(ours.log_density(queries), reference.score_samples(queries), rtol=1e-7)


def test_the_bandwidth_is_nearly_the_best_there_is():
    codes, held_out = clusters(4000), clusters(1000, seed=5)
    fitted, progress = with_progress(fit_kernel_density(codes))
    best = max(KernelDensity(fitted.kernels, h).log_density(held_out).mean() for h in np.geomspace(0.02, 3, 24))
    assert fitted.log_density(held_out).mean() >= best - 0.03
    assert progress[-1].done == progress[-1].total


@pytest.mark.parametrize("kind", ["gaussian", "mixture", "kernels"])
def test_samples_have_the_density_they_are_drawn_from(kind):
    density = {
        "gaussian": Gaussian(MEANS[1], COVARIANCES[0]),
        "mixture": Mixture(WEIGHTS, MEANS, COVARIANCES),
        "kernels": KernelDensity(clusters(400), 0.5),
    }[kind]
    samples = density.sample(draw_noise(40_000, 2, 1))
    assert samples.dtype == np.float32
    # Importance sampling: E[q(z)/p(z)] over z ~ p is 1 for any density q with support in p's.
    about = Gaussian(samples.mean(0), np.cov(samples.T) / 4)
    ratio = np.exp(about.log_density(samples) - density.log_density(samples))
    assert ratio.mean() == pytest.approx(1, abs=4 * ratio.std() / 200)


def test_the_same_noise_gives_the_same_samples_and_fewer_are_their_beginning():
    noise, fewer = draw_noise(100, 2, 7), draw_noise(10, 2, 7)
    np.testing.assert_array_equal(noise.normal[:10], fewer.normal)
    np.testing.assert_array_equal(noise.uniform[:10], fewer.uniform)
    density = KernelDensity(clusters(50), 0.1)
    np.testing.assert_array_equal(density.sample(noise)[:10], density.sample(fewer))
    np.testing.assert_array_equal(density.sample(noise[3:9]), density.sample(noise)[3:9])
    assert len(noise[3:9]) == 6
    # The uniform numbers do not depend on the number of dimensions.
    np.testing.assert_array_equal(draw_noise(10, 20, 7).uniform, fewer.uniform)
    assert (draw_noise(100, 2, 8).normal != noise.normal).any()


def test_two_models_kernels_are_on_the_same_images():
    first = clusters(300)
    second = np.hstack([first, first[:, :1]]) * 3
    ours, theirs = drained(fit_kernel_density(first)), drained(fit_kernel_density(second))
    np.testing.assert_allclose(3 * ours.kernels, theirs.kernels[:, :2], rtol=1e-6)


FITS = {
    "gaussian": lambda codes: drained(fit_gaussian(codes)),
    "mixture": lambda codes: drained(fit_mixture(codes, 10)),
    "kernels": lambda codes: drained(fit_kernel_density(codes)),
}


@pytest.mark.parametrize("kind", FITS)
def test_too_few_codes_are_said_in_a_sentence(kind):
    with pytest.raises(DensityError, match=r"^A .* needs at least \d+ codes of 2 dimensions, and there are 2\.$"):
        FITS[kind](clusters(2))
    with pytest.raises(DensityError, match="there are 0 besides 30 that are not finite"):
        FITS[kind](np.full((30, 2), np.nan))


@pytest.mark.parametrize("kind", FITS)
@pytest.mark.parametrize("value", [0.0, 1.0, -1e6])
def test_collapsed_codes_are_said_in_a_sentence(kind, value):
    with pytest.raises(DensityError, match="All codes are the same one"):
        FITS[kind](np.full((100, 2), value, np.float32))


@pytest.mark.parametrize("kind", FITS)
def test_codes_that_are_not_finite_are_left_out(kind):
    codes = clusters(500)
    spoilt = np.vstack([codes, [[np.nan, 0], [np.inf, 1]]]).astype(np.float32)
    queries = codes[:5]
    np.testing.assert_allclose(FITS[kind](spoilt).log_density(queries), FITS[kind](codes).log_density(queries))
    assert drained(usable_codes(spoilt, 3, GAUSSIAN)).left_out == 2


@pytest.mark.parametrize("kind", FITS)
@pytest.mark.parametrize("latent", [1, 20])
def test_other_sizes_and_an_inactive_unit(kind, latent):
    codes = np.random.default_rng(0).normal(size=(800, latent)).astype(np.float32)
    codes[:, latent // 2 :] *= 1e-4 if latent > 1 else 1
    fitted = FITS[kind](codes)
    assert np.isfinite(fitted.log_density(codes)).all()
    assert fitted.sample(draw_noise(5, latent, 0)).shape == (5, latent)


def test_a_unit_that_never_changes_does_no_harm():
    codes = np.random.default_rng(0).normal(size=(800, 3)).astype(np.float32)
    codes[:, 1] = 0.25
    for fit in FITS.values():
        samples = fit(codes).sample(draw_noise(200, 3, 0))
        assert np.isfinite(samples).all()
    assert abs(drained(fit_gaussian(codes)).sample(draw_noise(200, 3, 0))[:, 1] - 0.25).max() < 0.02


def test_more_components_than_clusters_converge():
    few = np.repeat(np.random.default_rng(0).normal(size=(5, 2)), 40, axis=0)
    fitted = drained(fit_mixture(few + 1e-3 * np.random.default_rng(1).normal(size=few.shape), 20))
    assert np.isfinite(fitted.log_density(few)).all()


def test_two_codes_apart_are_too_few_for_a_gaussian_of_512_dimensions():
    with pytest.raises(DensityError, match="513 codes of 512 dimensions, and there are 100"):
        drained(fit_gaussian(np.random.default_rng(0).normal(size=(100, 512))))
    fitted = drained(fit_kernel_density(np.random.default_rng(0).normal(size=(100, 512))))
    assert np.isfinite(fitted.log_density(np.zeros((1, 512)))).all()
    assert LEAST_CODES <= 100


@pytest.mark.parametrize("kind", FITS)
def test_512_dimensions_can_be_interrupted_within_a_tenth_of_a_second(kind):
    codes = np.random.default_rng(0).normal(size=(5200, 512)).astype(np.float32)
    fits = {
        "gaussian": fit_gaussian,
        "mixture": lambda codes: fit_mixture(codes, 10),
        "kernels": fit_kernel_density,
    }
    # The initialisation before the first iteration counts, too.
    assert_in_short_pieces(lambda: fits[kind](codes), 0.15, enough=2.0)


def test_a_rescaled_mixture_is_that_of_rescaled_codes():
    codes = clusters(50)
    centre, unit = np.array([3.0, -2.0]), 0.2
    given = Mixture(WEIGHTS, MEANS, COVARIANCES.copy())
    given.rescale(unit, centre)
    anew = Mixture(WEIGHTS, centre + unit * MEANS, unit**2 * COVARIANCES)
    moved = centre + unit * codes
    np.testing.assert_allclose(given.log_density(moved), anew.log_density(moved), rtol=1e-10)
    np.testing.assert_allclose(given.covariances, anew.covariances)
    noise = draw_noise(20, 2, 0)
    np.testing.assert_allclose(given.sample(noise), anew.sample(noise), rtol=1e-6)


def test_mixtures_are_fitted_to_as_many_codes_as_the_memory_allows():
    assert most_codes(10, 2) == 10_000
    assert most_codes(50, 100) == 4 * 50 * 101
    assert most_codes(30, 512) == MOST_VALUES // 512 == 15_625
    with pytest.raises(
        DensityError, match=r"A mixture of 50 Gaussians in 512 .* choose fewer components \(at most 30\)\.$"
    ):
        most_codes(50, 512)
    with pytest.raises(DensityError, match=r"\(at most 1\)"):
        most_codes(2, 2_800)


def test_log_sum_exp_of_extremes():
    values = np.array([[-np.inf, -np.inf], [1000.0, 1000.0], [-1e5, -1e5 - 800]])
    np.testing.assert_allclose(log_sum_exp(values), [-np.inf, 1000 + math.log(2), -1e5])


def test_a_component_that_keeps_no_code_is_dropped():
    """With three distinct codes k-means can initialise at most three components."""
    codes = np.repeat(np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]), 100, axis=0)
    mixture = drained(fit_mixture(codes, 8))
    assert len(mixture.weights) == 3
    assert mixture.weights == pytest.approx([1 / 3] * 3)
    assert sorted(map(tuple, np.round(mixture.means, 6).tolist())) == [(0, 0), (0, 4), (4, 0)]
    # All samples lie at the codes: a component without codes would produce others.
    drawn = mixture.sample(draw_noise(500, 2, 0))
    assert np.linalg.norm(drawn[:, None] - codes[::100], axis=2).min(axis=1).max() < 0.05
