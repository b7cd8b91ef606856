"""The prior mass around a code's radius, against SciPy and samples."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from trainer.prior_place import PriorPlace, squared_radius
from trainer.priors.gaussian import StandardNormal


def prior_place(code: np.ndarray) -> PriorPlace:
    return StandardNormal(len(code)).place(code)


@pytest.mark.parametrize("latent", [1, 2, 3, 20, 21, 512])
@pytest.mark.parametrize("radius", [0.1, 1.0, 2.5, 1.1, 0.99])
def test_shares_are_those_of_the_chi_square_distribution(latent: int, radius: float) -> None:
    code = np.full(latent, radius, np.float32)
    squared = float((code.astype(float) ** 2).sum())
    place = prior_place(code)
    assert place.radius == pytest.approx(radius * np.sqrt(latent), rel=1e-6)
    assert place.farther == pytest.approx(chi2.sf(squared, latent), abs=1e-9)
    assert place.nearer == pytest.approx(chi2.cdf(squared, latent), abs=1e-9)
    if place.nearer < 0.4:
        assert place.nearer == pytest.approx(
            chi2.cdf(squared, latent), rel=1e-6
        )  # small values keep their relative precision


def test_is_the_share_of_drawn_codes() -> None:
    drawn = np.random.default_rng(0).standard_normal((40_000, 5))
    code = np.array([1, -1, 0.5, 0, 1.5], np.float32)
    share = (np.linalg.norm(drawn, axis=1) > np.linalg.norm(code)).mean()
    assert prior_place(code).farther == pytest.approx(share, abs=0.01)


def test_ends() -> None:
    assert (prior_place(np.zeros(2, np.float32)).nearer, prior_place(np.zeros(2, np.float32)).farther) == (0, 1)
    assert (far := prior_place(np.full(3, 1e9, np.float32))).farther == 0
    assert far.nearer == 1
    nowhere = prior_place(np.array([np.inf, 0], np.float32))
    assert np.isnan([nowhere.radius, nowhere.nearer, nowhere.farther]).all()


@pytest.mark.parametrize("latent", [1, 2, 3, 20, 21, 512])
def test_radii_are_the_quantiles_of_chi_square(latent: int) -> None:
    for mass in (0.01, 1 - np.exp(-0.5), 1 - np.exp(-2), 0.95):
        assert squared_radius(mass, latent) == pytest.approx(chi2.ppf(mass, latent), rel=1e-9)
    if latent == 2:
        assert squared_radius(1 - np.exp(-0.5), 2) == pytest.approx(1, rel=1e-12)
        assert squared_radius(1 - np.exp(-2), 2) == pytest.approx(4, rel=1e-12)
