"""Density at a point of code space: closed forms, ranks, planes, what cannot be measured."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.trainer.latent.drained import drained
from trainer.metrics.holes import CodeDensity


def gaussian(count: int, latent: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, latent)).astype(np.float32)


def test_distance_on_a_line() -> None:
    """Codes 0, 1, ..., 100: the second nearest of 3.25 is 4 at 0.75; an image is not its own neighbour."""
    density = CodeDensity(np.arange(101, dtype=np.float32)[:, None], neighbours=2)
    assert density.distances(np.array([[3.25], [50.0], [110.0]])) == pytest.approx([0.75, 1.0, 11.0])
    assert density.unit == 1.0
    # Only the two ends have their second neighbour at 2.
    assert density.typicality(np.array([[50.0], [0.0], [50.5], [110.0]])) == pytest.approx([1, 2 / 101, 1, 0])
    assert density.log_ratio(np.array([[0.0], [110.0]])) == pytest.approx([-math.log(2), -math.log(11)])


@pytest.mark.parametrize("latent", [1, 2, 3])
def test_ratio_of_a_gaussian_is_its_density(latent: int) -> None:
    """The difference of log ratios at two places is that of the log densities, a dimension."""
    density = CodeDensity(gaussian(100_000, latent), neighbours=100, most=100_000)
    places = np.zeros((2, latent), np.float32)
    places[1, 0] = 1.5
    near, far = density.log_ratio(places)
    assert latent * (near - far) == pytest.approx(1.5**2 / 2, abs=0.25)


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_typicality_of_fresh_codes_is_uniform(latent: int) -> None:
    density = CodeDensity(gaussian(6_000, latent), references=1_500)
    fresh = density.typicality(gaussian(1_500, latent, seed=1))
    largest = np.abs(np.sort(fresh) - (np.arange(1_500) + 0.5) / 1_500).max()
    assert largest < 1.95 * math.sqrt(2 / 1_500)  # Kolmogorov and Smirnov, at 0.1 %
    assert (density.two_sided(gaussian(1_500, latent, seed=2)) < 0.05).mean() == pytest.approx(0.05, abs=0.025)


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_no_data_far_away(latent: int) -> None:
    density = CodeDensity(gaussian(3_000, latent))
    far = np.full((1, latent), 40, np.float32)
    assert density.typicality(far) == 0
    assert density.log_ratio(far)[0] < -1
    assert density.two_sided(far) == 0


def test_the_midst_of_a_shell_is_unusual_though_near() -> None:
    """In many dimensions the origin is closer to codes than they are to each other, and no code is there."""
    density = CodeDensity(gaussian(5_000, 64))
    midst = np.zeros((1, 64), np.float32)
    assert density.log_ratio(midst)[0] > 0.2
    assert density.typicality(midst) == 1
    assert density.two_sided(midst) == 0
    narrow = 0.1 * gaussian(100, 64, seed=3)  # as N(0, I) among codes ten times as wide
    assert (density.typicality(narrow) == 1).all()


@pytest.mark.parametrize(("latent", "most"), [(20, 0.3), (64, 0.05)])
def test_midpoints_between_codes_on_a_shell_are_unusual(latent: int, most: float) -> None:
    """A straight path leaves the shell: there lie no images, though the nearest are nearer than usual."""
    codes = gaussian(6_000, latent)
    density = CodeDensity(codes[:5_000])
    middle = (codes[5_000:5_200] + codes[5_200:5_400]) / 2
    assert np.median(density.typicality(middle)) > 0.95
    assert np.median(density.share(middle)) < most
    on_shell = middle * (np.linalg.norm(codes[5_000:5_200], axis=1) / np.linalg.norm(middle, axis=1))[:, None]
    assert np.median(density.share(on_shell)) > 0.35


def test_share_is_one_sided_in_a_plane() -> None:
    """Its densest places are where most images are."""
    codes, middle = gaussian(5_000, 2), np.zeros((1, 2), np.float32)
    density = CodeDensity(codes)
    assert density.share(middle)[0] == density.typicality(middle)[0] > 0.5
    assert np.array_equal(density.share(codes[:50]), density.typicality(codes[:50]))
    solid = CodeDensity(gaussian(5_000, 3))
    assert np.array_equal(solid.share(codes[:50, [0, 1, 1]]), solid.two_sided(codes[:50, [0, 1, 1]]))


def test_ring_has_a_hole() -> None:
    angle = np.random.default_rng(0).uniform(0, 2 * math.pi, 4_000)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]).astype(np.float32)
    density = CodeDensity(ring)
    assert density.typicality(np.zeros((1, 2))) == 0
    assert density.typicality(ring[:100]).mean() == pytest.approx(0.5, abs=0.15)


@pytest.mark.parametrize(("latent", "shown"), [(1, 1), (2, 2), (5, 2), (300, 2)])
def test_plane_agrees_with_code_space(latent: int, shown: int) -> None:
    codes = gaussian(800, latent) + 30
    density = CodeDensity(codes)
    axes = np.linalg.qr(gaussian(latent, shown, seed=4))[0].T
    origin = codes[7]
    points = 2 * gaussian(60, 2, seed=5)
    points[0] = 0  # the code itself
    lifted = origin + points[:, :shown] @ axes
    expected = density.distances(lifted)
    assert density.on_plane(origin, axes).distances(points) == pytest.approx(expected, rel=2e-4)


def test_tree_and_products_agree() -> None:
    codes = gaussian(500, 3)
    density = CodeDensity(codes)
    many = np.concatenate([codes[:50], gaussian(50, 3, seed=6)])
    one_by_one = np.array([density.distances(code[None])[0] for code in many])
    assert density.distances(many) == pytest.approx(one_by_one, rel=1e-5)


def test_measured_in_pieces_is_the_same() -> None:
    codes = gaussian(3_000, 8)
    assert np.array_equal(drained(CodeDensity.measured(codes)).references, CodeDensity(codes).references)


def test_many_wide_codes_are_sifted_in_pieces() -> None:
    """Before any distance is measured: rows that are finite, some million values at a time."""
    codes = np.zeros((20_000, 512), np.float32)
    assert sum(1 for _ in CodeDensity.measured(codes)) >= 10


def test_same_subset_every_time() -> None:
    codes = gaussian(15_000, 2)
    first, second = CodeDensity(codes), CodeDensity(codes)
    assert first.count == 10_000
    assert np.array_equal(first.references, second.references)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_codes(count: int) -> None:
    density = CodeDensity(np.zeros((count, 2)))
    assert "two images" in density.reason
    assert np.isnan(density.typicality(np.zeros((3, 2)))).all()
    assert np.isnan(density.on_plane(np.zeros(2), np.eye(2)).distances(np.zeros((3, 2)))).all()


def test_two_codes_are_enough() -> None:
    density = CodeDensity(np.array([[0.0, 0.0], [2.0, 0.0]]))
    assert density.neighbours == 1
    assert density.distances(np.array([[0.0, 0.0], [0.5, 0.0]])) == pytest.approx([2.0, 0.5])


@pytest.mark.parametrize("latent", [1, 2, 512])
def test_collapsed_codes(latent: int) -> None:
    codes = np.full((500, latent), 3.0, np.float32)
    codes += 1e-7 * gaussian(500, latent)
    density = CodeDensity(codes)
    assert "same code" in density.reason
    assert np.isnan(density.log_ratio(np.zeros((2, latent)))).all()


def test_many_copies_of_one_code() -> None:
    """A unit of zero would make every other place infinitely sparse."""
    codes = np.concatenate([np.zeros((900, 2)), gaussian(100, 2)])
    density = CodeDensity(codes)
    assert density.unit > 0
    assert density.typicality(np.array([[0.0, 0.0], [50.0, 0.0]])) == pytest.approx([1, 0])
    assert density.log_ratio(np.zeros((1, 2))) == np.inf


def test_codes_that_are_not_finite_are_left_out() -> None:
    codes = gaussian(400, 4)
    broken = np.concatenate([codes, np.full((10, 4), np.nan), np.full((10, 4), np.inf)])
    density = CodeDensity(broken)
    assert density.count == 400
    assert np.isnan(density.typicality(np.array([[np.nan, 0, 0, 0]]))).all()
    assert CodeDensity(np.full((9, 2), np.nan)).reason
    huge = CodeDensity(codes * np.float32(1e30))
    assert huge.reason


def test_wrong_shapes_are_refused() -> None:
    density = CodeDensity(gaussian(50, 3))
    with pytest.raises(ValueError, match="shape"):
        density.distances(np.zeros((4, 2)))
    with pytest.raises(ValueError, match="shape"):
        CodeDensity(np.zeros(4))
