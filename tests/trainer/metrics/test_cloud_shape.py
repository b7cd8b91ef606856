"""Shapes of clouds: the word is right, the figures are what they are defined to be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import linalg, stats

from tests.trainer.metrics.clouds import clouds
from trainer.metrics.cloud_shape import NORMAL_MIDDLE, NORMAL_VARIATION, cloud_shape, normal_entropy


def test_four_shapes_are_distinguished_in_98_of_100() -> None:
    found = [(name, cloud_shape(points).shape) for seed in range(50) for name, points in clouds(seed).items()]
    assert len(found) == 200
    assert sum(name == shape for name, shape in found) >= 196


def test_the_figures_are_what_they_are_called() -> None:
    codes = clouds(3)["irregular"]
    found = cloud_shape(codes)
    values = np.linalg.eigvalsh(np.cov(codes.T))
    assert found.axis_ratio == pytest.approx(values[0] / values[1])
    white = (codes - codes.mean(0)) @ linalg.inv(linalg.sqrtm(np.cov(codes.T, bias=True))).real
    radius = np.linalg.norm(white, axis=1)
    assert found.middle_share == pytest.approx(np.mean(radius < 0.4 * np.median(radius)))
    assert found.radius_variation == pytest.approx(stats.variation(radius))
    ranks = np.floor(6 * stats.norm.cdf(white)).astype(int)
    counts = np.histogram2d(ranks[:, 0], ranks[:, 1], bins=6, range=[[0, 6], [0, 6]])[0]
    assert found.entropy == pytest.approx(stats.entropy(counts.ravel()) / math.log(36))


def test_a_normal_cloud_has_its_closed_forms() -> None:
    found = [cloud_shape(np.random.default_rng(seed).standard_normal((2000, 2))) for seed in range(60)]
    assert np.mean([one.middle_share for one in found]) == pytest.approx(NORMAL_MIDDLE, abs=0.003)
    assert np.mean([one.radius_variation for one in found]) == pytest.approx(NORMAL_VARIATION, abs=0.003)
    assert np.mean([one.entropy for one in found]) == pytest.approx(normal_entropy(2000), abs=0.0005)


@pytest.mark.parametrize("kind", ["line", "ring", "irregular"])
def test_errors_are_the_spread_of_repeated_draws(kind: str) -> None:
    cloud = clouds(1, 20_000)[kind]
    rng = np.random.default_rng(0)
    found = [cloud_shape(cloud[rng.integers(0, len(cloud), 2000)]) for _ in range(60)]
    # Those of whitened codes take the whitening as it is, and are therefore somewhat too large.
    for name, most in (("axis_ratio", 1.4), ("entropy", 2.5), ("radius_variation", 2.5)):
        spread = np.std([getattr(one, name) for one in found])
        assert 0.7 * spread < np.mean([getattr(one, f"{name}_error") for one in found]) < most * spread, name


def test_scale_place_and_further_dimensions_change_nothing() -> None:
    for name, points in clouds(0).items():
        expected = cloud_shape(points)
        moved = cloud_shape(1e4 * points + 1e5)
        assert moved.shape == name
        assert moved.radius_variation == pytest.approx(expected.radius_variation, rel=1e-6)
        turn = np.linalg.qr(np.random.default_rng(0).standard_normal((10, 10)))[0][:2]
        wide = cloud_shape((points @ turn).astype(np.float32))
        assert wide.axis_ratio == pytest.approx(expected.axis_ratio, rel=1e-4)
        assert wide.shape == name


def test_points_that_leave_nothing_to_say() -> None:
    assert cloud_shape(np.ones((2000, 2))) is None
    line = cloud_shape(np.linspace(-1, 1, 2000)[:, None] * [[1.0, 2.0]])
    assert line.shape == "line"
    assert line.axis_ratio == pytest.approx(0, abs=1e-12)
    two = np.repeat([[0.0, 0.0], [1.0, 1.0]], 1000, axis=0)
    assert cloud_shape(two).shape == "line"
