"""Prior mass covered by posteriors, against closed forms and an independent Monte Carlo."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from scipy import stats

from tests.trainer.latent.drained import assert_in_short_pieces
from trainer.metrics.prior_coverage import prior_coverage, upper_bound


def last(means, sigmas, **options):
    """The final estimate."""
    found = [one for one in prior_coverage(means, sigmas, **options) if one is not None]
    assert [one.draws for one in found] == sorted({one.draws for one in found})
    return found[-1]


@pytest.mark.parametrize("latent", [1, 2, 5, 20, 512])
def test_a_posterior_like_the_prior_covers_its_own_mass_in_any_dimension(latent):
    found = last(np.zeros((5, latent)), np.ones((5, latent)), draws=10_000)
    exact = np.array([0.6826895, 0.9544997] if latent == 1 else [0.3934693, 0.8646647])
    errors = np.sqrt(exact * (1 - exact) / found.draws)
    assert (np.abs(np.array(found.shares) - exact) <= 4 * errors).all()
    np.testing.assert_allclose(found.errors, errors, rtol=0.2)


def test_wider_posteriors_in_many_dimensions_against_chi_squared():
    """Σ z² / σ² <= r² of one posterior about 0 with equal σ: χ² at r² σ²."""
    latent, sigma = 20, 1.2
    found = last(np.zeros((1, latent)), np.full((1, latent), sigma), masses=(0.1, 0.5), draws=20_000)
    exact = stats.chi2(latent).cdf(stats.chi2(latent).ppf([0.1, 0.5]) * sigma**2)
    assert np.abs(np.array(found.shares) - exact).max() < 4 * 0.5 / np.sqrt(found.draws)


def test_disjoint_small_posteriors_add_up():
    # Far apart compared with σ: the sum of the prior's density times the area of each ellipse.
    x, y = np.meshgrid(np.arange(-3, 3.1, 0.5), np.arange(-3, 3.1, 0.5))
    means = np.stack([x.ravel(), y.ravel()], axis=1)
    sigmas = np.tile([0.08, 0.05], (len(means), 1))
    density = stats.multivariate_normal(np.zeros(2)).pdf(means)
    found = last(means, sigmas, draws=60_000)
    for within, share, error in zip((1, 2), found.shares, found.errors, strict=True):
        assert share == pytest.approx((density * np.pi * within**2 * 0.08 * 0.05).sum(), abs=4 * error)


def test_overlapping_posteriors_against_an_independent_estimate():
    rng = np.random.default_rng(3)
    means, sigmas = rng.normal(size=(300, 3)), rng.uniform(0.05, 0.5, (300, 3))
    found = last(means, sigmas, draws=20_000)
    draws = np.random.default_rng(99).normal(size=(20_000, 3))
    nearest = np.full(len(draws), np.inf)
    for mean, spread in zip(means, sigmas, strict=True):
        nearest = np.minimum(nearest, (((draws - mean) / spread) ** 2).sum(axis=1))
    for mass, share, error in zip(found.masses, found.shares, found.errors, strict=True):
        assert share == pytest.approx((nearest <= stats.chi2(3).ppf(mass)).mean(), abs=5 * error)


def test_tiny_spreads_far_from_zero_are_exact():
    # Where z², μ²/σ² of a hundred million cancel, single precision would miss or invent hits.
    draws = np.random.default_rng(0).standard_normal((250, 2))
    found = last(draws[:1].astype(np.float64), np.full((1, 2), 1e-6), draws=250)
    assert found.shares == (1 / 250, 1 / 250)


def test_rows_that_are_not_finite_reach_nothing():
    means = np.array([[0.0, 0], [np.nan, 0], [0, 0]])
    sigmas = np.array([[1.0, 1], [1, 1], [np.inf, 1]])
    assert last(means, sigmas, draws=500) == last(means[:1], sigmas[:1], draws=500)
    assert not any(prior_coverage(means[1:], sigmas[1:]))
    assert not any(prior_coverage(means[:0], sigmas[:0]))


def test_work_at_the_largest_sizes_may_be_given_up_any_time():
    """70,000 posteriors in 512 dimensions: rows that are not finite are found in pieces too."""
    means = np.zeros((70_000, 512), np.float32)
    means[69_999, 3] = np.nan
    sigmas = np.ones_like(means)
    assert_in_short_pieces(lambda: islice(prior_coverage(means, sigmas, draws=1_000), 60), 0.3)


def test_without_a_hit_the_share_has_a_bound():
    assert upper_bound(3_000) == pytest.approx(1e-3, rel=0.01)
