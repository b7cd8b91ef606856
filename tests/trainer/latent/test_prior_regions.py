"""Regions of priors on planes: against closed forms, against draws, and slices against the density itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import pytest
from scipy import stats

from tests.trainer.latent.drained import drained
from trainer.config import ModelConfig
from trainer.latent.plane import Plane, dimensions, pca, raw
from trainer.latent.posterior_shapes import semi_axes
from trainer.latent.prior_regions import MASSES, PriorRegions, one_gaussian, prior_regions
from trainer.noise import Noise
from trainer.prior import Prior
from trainer.priors.gaussian import DiagonalGaussian, StandardNormal
from trainer.priors.mixture import GaussianMixture

MEAN, SPREAD = np.array([3.0, -2.0, 1.0]), np.array([0.5, 2.0, 1.5])
TWO = GaussianMixture(
    np.log([0.3, 0.7]),
    np.array([[-2.0, 0.0, 0.5], [2.0, 1.0, -0.5]]),
    np.log([[0.5, 1.0, 1.0], [0.8, 0.4, 0.7]]),
)


def tilted(latent: int = 3) -> Plane:
    """A plane that no dimension lies along, through no special place."""
    return pca(np.random.default_rng(3).normal(size=(50, latent)).astype(np.float32))


def inside(lines: tuple[np.ndarray, ...], points: np.ndarray) -> np.ndarray:
    """Whether points (n, 2) are within closed lines, by counting the edges that a ray to the right crosses."""
    within = np.zeros(len(points), bool)
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            between = (y0 > points[:, 1]) != (y1 > points[:, 1])
            with np.errstate(divide="ignore", invalid="ignore"):
                crossing = x0 + (points[:, 1] - y0) * (x1 - x0) / (y1 - y0)
            within ^= between & (points[:, 0] < crossing)
    return within


@pytest.mark.parametrize("plane", [dimensions(0, 1, 3), dimensions(2, 0, 3), tilted()], ids=["01", "20", "tilted"])
def test_a_gaussians_ellipse_is_the_covariance_of_its_draws(plane: Plane) -> None:
    prior = DiagonalGaussian(MEAN, np.log(SPREAD))
    shapes = one_gaussian(prior, plane)
    assert shapes is not None
    drawn = plane.project(prior.sample(Noise(np.random.default_rng(0).normal(size=(60_000, 3)), np.zeros(60_000))))
    np.testing.assert_allclose(shapes.centres[0], drawn.mean(0), atol=0.04)
    across, mixed, up = shapes.covariances[0]
    np.testing.assert_allclose(np.cov(drawn.T.astype(float)), [[across, mixed], [mixed, up]], rtol=0.05, atol=0.03)
    # The rings of 1σ, 2σ and 2.45σ hold 39 %, 86 % and 95 % of what is seen.
    inverse = np.linalg.inv([[across, mixed], [mixed, up]])
    squares = np.einsum("ij,jk,ik->i", drawn - shapes.centres[0], inverse, drawn - shapes.centres[0])
    for radius, mass in ((1, 0.3935), (2, 0.8647), (math.sqrt(-2 * math.log(0.05)), 0.95)):
        assert (squares <= radius**2).mean() == pytest.approx(mass, abs=0.01)


def test_the_standard_normal_is_seen_as_unit_circles() -> None:
    for plane in (raw(2), tilted(7)):
        shapes = one_gaussian(StandardNormal(plane.latent), plane)
        assert shapes is not None
        longer, shorter, _ = semi_axes(shapes.covariances)
        np.testing.assert_allclose((longer, shorter), 1, rtol=1e-5)
    assert one_gaussian(TWO, dimensions(0, 1, 3)) is None


@pytest.mark.parametrize("plane", [dimensions(0, 1, 3), tilted()], ids=["dimensions", "tilted"])
def test_a_mixtures_contours_hold_these_shares_of_its_draws_whatever_the_hidden_code(plane: Plane) -> None:
    found = drained(prior_regions(TWO, plane, np.full(3, 99, np.float32)))
    assert not found.slice
    drawn = plane.project(TWO.draw(20_000, np.random.default_rng(0)).astype(np.float32))
    for mass, lines in zip(found.masses, found.lines, strict=True):
        assert inside(lines, drawn).mean() == pytest.approx(mass, abs=0.015)
    assert found.masses == MASSES


def test_one_gaussians_contours_are_its_rings() -> None:
    """By the way that other priors take."""
    found = drained(prior_regions(StandardNormal(2), raw(2), np.zeros(2, np.float32)))
    for radius, lines in zip((1, 2, 2.4477), found.lines, strict=True):
        (line,) = lines
        np.testing.assert_allclose(np.hypot(*line.T), radius, rtol=0.01)


def test_with_one_axis_a_region_is_made_of_stretches() -> None:
    prior = GaussianMixture(np.log([0.5, 0.5]), np.array([[-3.0], [3.0]]), np.log([[0.5], [1.0]]))
    found = drained(prior_regions(prior, raw(1), np.zeros(1, np.float32), masses=(0.9,)))
    edges = [float(line[0, 0]) for line in found.lines[0]]
    assert len(edges) == 4
    (left, right) = (stats.norm(-3, 0.5), stats.norm(3, 1))
    mass = sum(
        0.5 * (part.cdf(edges[place + 1]) - part.cdf(edges[place])) for part in (left, right) for place in (0, 2)
    )
    assert mass == pytest.approx(0.9, abs=0.005)
    densities = [0.5 * (left.pdf(edge) + right.pdf(edge)) for edge in edges]
    np.testing.assert_allclose(densities, densities[0], rtol=0.02)


class Ring(Prior):
    """|z| ~ N(4, .3²), the direction uniform: no mixture of Gaussians, in three dimensions."""

    kind: ClassVar[str] = "ring of a test"
    formula: ClassVar[str] = "ring"
    latent = 3
    mean = np.zeros(3)
    spread = np.full(3, 4 / math.sqrt(3))

    @classmethod
    def read(cls, config: ModelConfig, tensors: Mapping[str, Any]) -> Ring:
        return cls()

    def log_density(self, codes: Any) -> Any:
        radius = np.sqrt((codes**2).sum(-1))
        return -0.5 * ((radius - 4) / 0.3) ** 2 - 2 * np.log(np.maximum(radius, 1e-9))

    def codes_of(self, noise: Noise) -> Any:
        direction = noise.normal / np.linalg.norm(noise.normal, axis=1, keepdims=True)
        return direction * (4 + 0.3 * stats.norm.ppf(noise.uniform))[:, None]


def radii(found: PriorRegions) -> list[float]:
    return sorted(float(np.hypot(*line.T).mean()) for line in found.lines[1])


@pytest.mark.parametrize("height", [0.0, 3.0])
def test_any_other_prior_is_seen_in_the_slice_through_the_hidden_code(height: float) -> None:
    found = drained(prior_regions(Ring(), dimensions(0, 1, 3), np.array([9, 9, height], np.float32)))
    assert found.slice
    # Circles on either side of where the sphere of radius 4 meets the slice.
    inner, outer = radii(found)
    assert inner < math.sqrt(16 - height**2) < outer
    assert outer - inner < 2.5
    # Its place is told by its draws.
    place = Ring().place(np.array([4, 0, 0]))
    # Where its density, that of the radius over |z|², is more than at radius 4: a little further in.
    radius = np.linalg.norm(Ring().draw(20_000, np.random.default_rng(5)), axis=1)
    value = -0.5 * ((radius - 4) / 0.3) ** 2 - 2 * np.log(radius)
    assert place.nearer == pytest.approx(float((value > -2 * math.log(4)).mean()), abs=0.02)
    assert Ring().place(np.zeros(3) + 9).nearer == 1


@pytest.mark.parametrize("plane", [dimensions(0, 1, 3), tilted(), raw(1)], ids=["two", "tilted", "one"])
@pytest.mark.parametrize(
    ("means", "log_sigmas"),
    [(0.0, 1e38), (0.0, -1e38), (0.0, 400.0), (1.0, -400.0), (1e38, 0.0)],
)
def test_a_mixture_without_a_size_or_beyond_all_numbers_has_no_contours(
    plane: Plane, means: float, log_sigmas: float
) -> None:
    """A learned prior may go there, and a file may say so."""
    latent = plane.latent
    prior = GaussianMixture(
        np.log([0.3, 0.7]), np.array([[means] * latent, [-means] * latent]), np.full((2, latent), log_sigmas)
    )
    regions = drained(prior_regions(prior, plane, np.zeros(latent)))
    assert regions.masses == MASSES
    if log_sigmas:
        assert regions.lines == ((), (), ())
    assert all(np.isfinite(line).all() for lines in regions.lines for line in lines)


def test_a_slice_far_from_all_of_the_prior_has_no_contours() -> None:
    class Hidden(StandardNormal):
        def components(self) -> None:
            return None

        def log_density(self, codes: np.ndarray) -> np.ndarray:
            return np.full(len(codes), -np.inf)

    assert drained(prior_regions(Hidden(3), dimensions(0, 1, 3), np.zeros(3))).lines == ((), (), ())
