"""The true posterior as it is drawn, and the two sides of ln p(x) = ELBO + KL, where p(z|x) is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from scipy.stats import multivariate_normal, norm

from trainer.metrics.exact import divergence_steps, exact, importance_steps
from trainer.metrics.joint_density import JointDensity
from trainer.metrics.posterior_regions import curve_steps, regions_steps
from trainer.posteriors import GaussianPosterior
from trainer.progress import CancelledError, Monitor, completed

#: A linear decoder's p(x, z): its posterior is this Gaussian, its evidence this constant.
MEAN, COVARIANCE, EVIDENCE = np.array([0.7, -0.3]), np.array([[0.05, 0.03], [0.03, 0.04]]), -3.2
TRUE = multivariate_normal(MEAN, COVARIANCE)


def plane(q: GaussianPosterior | None = None) -> JointDensity:
    return JointDensity.around(lambda codes: TRUE.logpdf(codes) + EVIDENCE, np.zeros(2), np.ones(2), q)


def line(q: GaussianPosterior | None = None) -> JointDensity:
    """Two peaks, of which q knows one."""

    def log_density(codes: np.ndarray) -> np.ndarray:
        found = 0.25 * norm.pdf(codes[:, 0], -1.5, 0.1) + 0.75 * norm.pdf(codes[:, 0], 1.0, 0.2)
        return np.log(found + 1e-300) - 5.0

    return JointDensity.around(log_density, np.zeros(1), np.ones(1), q)


def normal(mean: list[float], spread: list[float]) -> GaussianPosterior:
    return GaussianPosterior.of_sigmas(np.array([mean]), np.array([spread]))


def test_regions_of_a_gaussian_are_its_ellipses() -> None:
    masses = (0.1, 0.39, 0.86, 0.99)
    joint = plane()
    found = completed(regions_steps(joint, exact(joint), masses))
    precision = np.linalg.inv(COVARIANCE)
    for mass, lines in zip(masses, found.lines, strict=True):
        assert len(lines) == 1
        np.testing.assert_array_equal(lines[0][0], lines[0][-1])
        away = lines[0] - MEAN
        squares = np.einsum("ni,ij,nj->n", away, precision, away)
        np.testing.assert_allclose(np.exp(-squares / 2), 1 - mass, atol=0.012)


def test_both_curves_are_densities() -> None:
    q = normal([1.0], [0.25])
    joint = line(q)
    found = exact(joint)
    curve = completed(curve_steps(joint, found))
    assert found.log_evidence == pytest.approx(-5.0, abs=1e-3)
    assert np.trapezoid(curve.density, curve.codes) == pytest.approx(1, abs=0.01)
    assert curve.own is not None
    np.testing.assert_allclose(curve.own, norm.pdf(curve.codes, 1.0, 0.25), atol=1e-9)
    assert curve.codes[0] < -1.8
    assert completed(curve_steps(line(), exact(line()))).own is None


def test_elbo_and_divergence_are_two_sums_that_meet_the_evidence() -> None:
    q = normal([0.6, -0.2], [0.2, 0.15])
    joint = plane(q)
    found = exact(joint)
    kl, error = completed(divergence_steps(joint, found))
    own = multivariate_normal([0.6, -0.2], np.diag([0.04, 0.0225]))

    def integrand(y: float, x: float) -> float:
        place = np.array([x, y])
        return float(own.pdf(place) * (own.logpdf(place) - TRUE.logpdf(place)))

    expected = dblquad(integrand, -0.6, 1.8, -1.1, 0.7, epsabs=1e-6)[0]
    assert kl == pytest.approx(expected, abs=1e-4)
    assert found.elbo is not None
    assert abs(found.elbo + kl - found.log_evidence) <= found.error + error + (found.elbo_error or 0)
    assert error <= 1e-3


def test_in_one_dimension_against_scipy() -> None:
    q = normal([1.0], [0.15])
    joint = line(q)
    kl, _ = completed(divergence_steps(joint, exact(joint)))
    expected = quad(
        lambda z: norm.pdf(z, 1, 0.15) * (norm.logpdf(z, 1, 0.15) - norm.logpdf(z, 1, 0.2) - math.log(0.75)), 0, 2
    )[0]
    assert kl == pytest.approx(expected, abs=2e-3)


def test_the_importance_bound_meets_the_evidence_within_its_error() -> None:
    joint = plane(normal([0.6, -0.2], [0.3, 0.3]))
    bound, error = completed(importance_steps(joint, 4_000, 0))
    assert completed(importance_steps(joint, 4_000, 0)) == (bound, error)
    assert 0 < error < 0.1
    assert bound == pytest.approx(EVIDENCE, abs=4 * error)


def test_all_of_it_can_be_given_up() -> None:
    joint = plane(normal([0.6, -0.2], [0.2, 0.15]))
    found = exact(joint)
    stopped = Monitor(is_cancelled=lambda: True)
    for steps in (
        regions_steps(joint, found, (0.5,)),
        divergence_steps(joint, found),
        importance_steps(joint, 10, 0),
    ):
        with pytest.raises(CancelledError):
            completed(steps, stopped)
