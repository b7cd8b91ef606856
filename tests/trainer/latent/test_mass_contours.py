"""Contours by mass, against closed forms."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from tests.trainer.latent.test_posterior_shapes import run
from trainer.latent.mass_contours import ContourError, kernel_shapes, mass_contours
from trainer.latent.posterior_shapes import Shapes


def test_contours_of_one_gaussian_are_circles_of_known_radius():
    shapes = Shapes(np.zeros((50, 2), np.float32), np.tile(np.array([1, 0, 1], np.float32), (50, 1)))
    found = run(mass_contours(shapes))
    assert found.masses == (0.1, 0.5, 0.9)
    for mass, lines in zip(found.masses, found.lines, strict=True):
        (line,) = lines
        np.testing.assert_allclose(np.hypot(*line.T), math.sqrt(-2 * math.log(1 - mass)), rtol=0.03)


def test_contours_hold_their_share_of_draws():
    rng = np.random.default_rng(0)
    centres = np.concatenate([rng.normal(-2, 0.5, (2000, 2)), rng.normal(2, 0.3, (1000, 2))]).astype(np.float32)
    shapes = Shapes(centres, np.tile(np.array([0.04, 0, 0.04], np.float32), (3000, 1)))
    found = run(mass_contours(shapes))
    draws = centres[rng.integers(0, 3000, 20_000)] + rng.normal(0, 0.2, (20_000, 2))
    for mass, lines in zip(found.masses, found.lines, strict=True):
        inside = np.zeros(len(draws), int)
        for line in lines:
            inside += _within(draws, line)
        assert (inside % 2 == 1).mean() == pytest.approx(mass, abs=0.03)


def _within(points, line):
    """Whether points lie within a closed line, by counting the crossings of a ray."""
    x, y = points.T
    count = np.zeros(len(points), int)
    for (x0, y0), (x1, y1) in pairwise(line):
        crosses = (y0 > y) != (y1 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            count += crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return count % 2


def test_kernels_follow_silverman():
    points = np.random.default_rng(1).normal(0, (1, 3), (10_000, 2)).astype(np.float32)
    shapes, bandwidth = kernel_shapes(points)
    assert len(shapes) == 10_000
    np.testing.assert_allclose(bandwidth, np.array([1, 3]) * 10_000 ** (-1 / 6), rtol=0.04)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (np.zeros((100, 2)), "same"),
        (np.full((100, 2), np.nan), "few"),
        (np.zeros((3, 2)), "few"),
    ],
)
def test_codes_without_contours(points, reason):
    with pytest.raises(ContourError) as caught:
        kernel_shapes(points.astype(np.float32))
    assert caught.value.reason == reason


def test_one_posterior_or_none_has_no_aggregate():
    with pytest.raises(ContourError):
        run(mass_contours(Shapes(np.zeros((1, 2), np.float32), np.ones((1, 3), np.float32))))


def test_posteriors_without_extent():
    with pytest.raises(ContourError) as caught:
        run(mass_contours(Shapes(np.zeros((9, 2), np.float32), np.zeros((9, 3), np.float32))))
    assert caught.value.reason == "same"
