"""Projected posteriors, their union on a grid and the mixture's density, against closed forms and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trainer.latent import plane as planes
from trainer.latent.posterior_shapes import Shapes, prior_radii, projected, semi_axes
from trainer.latent.splatting import Grid, mixture_density, nearest_distances


def run(steps):
    """Run a generator to the end and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def covariances(rng, count, low, high):
    """Random covariances (count, 3) with semi-axes between `low` and `high`."""
    angle = rng.uniform(0, math.pi, count)
    a, b = rng.uniform(low, high, (2, count)) ** 2
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([a * c * c + b * s * s, (a - b) * c * s, a * s * s + b * c * c], axis=1).astype(np.float32)


def distances(shapes, grid):
    """Mahalanobis distances of all grid points from all Gaussians, (rows, columns, n), by brute force."""
    x = grid.left + grid.cell * np.arange(grid.columns)
    y = grid.bottom + grid.cell * np.arange(grid.rows)
    places = np.stack(np.meshgrid(x, y), axis=-1)
    found = []
    for centre, (xx, xy, yy) in zip(shapes.centres, shapes.covariances.astype(float), strict=True):
        inverse = np.linalg.inv([[xx, xy], [xy, yy]])
        away = places - centre
        found.append(np.sqrt(np.einsum("...i,ij,...j->...", away, inverse, away)))
    return np.stack(found, axis=-1)


def test_the_projected_covariance_is_that_of_projected_draws():
    rng = np.random.default_rng(0)
    codes = rng.normal(size=(500, 20)).astype(np.float32)
    plane = planes.pca(codes)
    spread = rng.uniform(0.1, 2, (1, 20)).astype(np.float32)
    shapes = projected(plane.project(codes[:1]), spread, plane)
    draws = plane.project((codes[0] + spread * rng.normal(size=(400_000, 20))).astype(np.float32))
    np.testing.assert_allclose(shapes.centres[0], draws.mean(axis=0), atol=0.02)
    measured = np.cov(draws.T)
    np.testing.assert_allclose(shapes.covariances[0], [measured[0, 0], measured[0, 1], measured[1, 1]], atol=0.02)
    longer, shorter, angle = semi_axes(shapes.covariances)
    values, vectors = np.linalg.eigh(measured)
    np.testing.assert_allclose([shorter[0], longer[0]], np.sqrt(values), rtol=0.02)
    assert abs(math.cos(angle[0]) * vectors[0, 1] + math.sin(angle[0]) * vectors[1, 1]) == pytest.approx(
        1, abs=0.01
    )


def test_one_axis_and_what_is_not_finite():
    points = np.array([[0, 0], [np.nan, np.nan], [1, 0]], np.float32)
    shapes = projected(points, np.array([[0.5], [0.5], [np.inf]], np.float32), planes.raw(1))
    assert shapes.left_out == 2
    np.testing.assert_array_equal(shapes.covariances, [[0.25, 0, 0]])
    with pytest.raises(ValueError, match="sigmas must have shape"):
        projected(points, np.ones((3, 2), np.float32), planes.raw(1))


def test_the_ring_holds_95_percent():
    assert prior_radii(2)[2] == pytest.approx(math.sqrt(stats.chi2(2).ppf(0.95)))
    assert prior_radii(1)[2] == pytest.approx(stats.norm.ppf(0.975))


@pytest.mark.parametrize(("low", "high"), [(0.02, 0.05), (0.1, 0.3), (0.05, 1.5)])
def test_the_union_agrees_with_brute_force(low, high):
    rng = np.random.default_rng(1)
    shapes = Shapes(rng.normal(0, 1, (40, 2)).astype(np.float32), covariances(rng, 40, low, high))
    grid = Grid(-2.5, -2.5, 0.02, 251, 251)
    found = run(nearest_distances(shapes, grid, 2.5))
    exact = distances(shapes, grid).min(axis=-1)
    for within in (1.0, 2.0):
        # Cells on the boundary may fall on either side.
        wrong = (found <= within) != (exact <= within)
        assert wrong.mean() < 0.02 * (exact <= within).mean() + 0.001
    near = exact < 2.2
    assert np.abs(found - exact)[near].mean() < 0.03


def test_one_ellipse_covers_its_area_whatever_the_cells():
    shape = Shapes(np.zeros((1, 2), np.float32), np.array([[1.0, 0.3, 0.25]], np.float32))
    area = math.pi * math.sqrt(1.0 * 0.25 - 0.09)
    for cell in (0.1, 0.01):
        count = round(6 / cell) + 1
        found = run(nearest_distances(shape, Grid(-3, -3, cell, count, count), 2.5))
        assert (found <= 1).sum() * cell**2 == pytest.approx(area, rel=0.04)
        assert (found <= 2).sum() * cell**2 == pytest.approx(4 * area, rel=0.04)


def test_a_posterior_smaller_than_a_cell_is_still_seen():
    shapes = Shapes(np.array([[0.13, -0.27]], np.float32), np.full((1, 3), [1e-8, 0, 1e-8], np.float32))
    found = run(nearest_distances(shapes, Grid(-1, -1, 0.1, 21, 21), 2.5))
    assert 1 <= (found <= 2).sum() <= 9


def test_an_ellipse_far_larger_than_the_view_covers_it_all():
    shapes = Shapes(np.zeros((1, 2), np.float32), np.array([[1e8, 0, 1e8]], np.float32))
    assert (run(nearest_distances(shapes, Grid(-1, -1, 0.01, 201, 201), 2.5)) < 0.01).all()


def test_the_mixture_agrees_with_scipy():
    rng = np.random.default_rng(2)
    shapes = Shapes(rng.normal(0, 1, (30, 2)).astype(np.float32), covariances(rng, 30, 0.15, 0.9))
    grid = Grid(-4, -4, 0.05, 161, 161)
    found = run(mixture_density(shapes, grid))
    x = grid.left + grid.cell * np.arange(grid.columns)
    places = np.stack(np.meshgrid(x, x), axis=-1)
    exact = np.mean(
        [
            stats.multivariate_normal(centre, [[xx, xy], [xy, yy]]).pdf(places)
            for centre, (xx, xy, yy) in zip(shapes.centres, shapes.covariances.astype(float), strict=True)
        ],
        axis=0,
    )
    assert np.abs(found - exact).max() < 0.03 * exact.max()
    assert found.sum() * grid.cell**2 == pytest.approx(1, abs=0.02)
