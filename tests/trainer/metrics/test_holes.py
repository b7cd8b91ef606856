"""Density at a point of code space: closed forms, ranks, false alarms, planes, what cannot be measured."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from tests.trainer.latent.drained import drained
from trainer.metrics.conformal import ALARM
from trainer.metrics.holes import CodeDensity


def gaussian(count: int, latent: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, latent)).astype(np.float32)


def searched(density: CodeDensity) -> np.ndarray:
    """The codes that are searched, where they were before."""
    return density._codes + density._mean


def test_distance_on_a_line() -> None:
    """The second nearest of 3.25 is 4 at 0.75; a code that is searched is not its own neighbour."""
    line = np.arange(101, dtype=np.float32)[:, None]
    density = CodeDensity(line, neighbours=2, held_back=1)
    here = sorted(searched(density)[:, 0].round().astype(int))
    assert len(here) == density.count == 100
    (kept,) = set(range(101)) - set(here)
    assert 5 < kept < 95
    assert density.distances(np.array([[3.25], [0.0], [110.0]])) == pytest.approx([0.75, 2.0, 11.0])
    # Of the two neighbours of the one held back both are at 1.
    assert density.held_back == pytest.approx([1])
    assert density.unit == pytest.approx(1)
    assert density.p(np.array([[0.5], [110.0]])) == pytest.approx([1, 0.5])
    assert density.log_ratio(np.array([[0.0], [110.0]])) == pytest.approx([-math.log(2), -math.log(11)])


@pytest.mark.parametrize("latent", [1, 2, 3, 20, 512])
def test_distances_are_those_of_another_implementation(latent: int) -> None:
    density = CodeDensity(gaussian(3_000, latent))
    fresh = gaussian(200, latent, seed=1)
    found = NearestNeighbors(n_neighbors=10).fit(searched(density)).kneighbors(fresh)[0][:, -1]
    assert density.distances(fresh) == pytest.approx(found, rel=1e-4)


@pytest.mark.parametrize("latent", [1, 2, 3])
def test_ratio_of_a_gaussian_is_its_density(latent: int) -> None:
    """The difference of log ratios at two places is that of the log densities, a dimension."""
    density = CodeDensity(gaussian(100_000, latent), neighbours=100, most=100_000)
    places = np.zeros((2, latent), np.float32)
    places[1, 0] = 1.5
    near, far = density.log_ratio(places)
    assert latent * (near - far) == pytest.approx(1.5**2 / 2, abs=0.25)


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_p_of_fresh_codes_is_uniform(latent: int) -> None:
    density = CodeDensity(gaussian(6_000, latent), held_back=1_599)
    fresh = density.p(gaussian(1_500, latent, seed=1))
    largest = np.abs(np.sort(fresh) - (np.arange(1_500) + 0.5) / 1_500).max()
    assert largest < 1.95 * math.sqrt(2 / 1_500)  # Kolmogorov and Smirnov, at 0.1 %


def posteriors(count: int, latent: int, active: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Codes and σ of a VAE with `active` dimensions in use, whose aggregated posterior is N(0, I)."""
    codes, sigmas = np.zeros((count, latent)), np.ones((count, latent))
    sigmas[:, :active] = 0.2
    codes[:, :active] = rng.normal(0, math.sqrt(1 - 0.2**2), (count, active))
    codes[:, active:] = rng.normal(0, 0.01, (count, latent - active))
    return codes.astype(np.float32), sigmas.astype(np.float32)


@pytest.mark.parametrize(
    ("latent", "active"), [(20, 20), (20, 16), (20, 12), (20, 8), (20, 0), (2, 2), (2, 0), (1, 1), (64, 30)]
)
def test_false_alarms_of_fresh_draws_are_five_in_a_thousand(latent: int, active: int) -> None:
    """Thirty data sets of their own, since those held back are chance, too: within four standard errors."""
    rng = np.random.default_rng(latent + active)
    rates = []
    for seed in range(30):
        density = CodeDensity(*posteriors(1_200, latent, active, rng), seed=seed)
        assert len(density.held_back) == 599
        codes, sigmas = posteriors(400, latent, active, rng)
        fresh = codes + sigmas * rng.standard_normal(codes.shape).astype(np.float32)
        rates.append((density.p(fresh) <= ALARM).mean())
    # Of one data set: the share that m held back let through, Beta(3, 597), and the binomial share of 400.
    error = math.sqrt((0.005 * 0.995 / 601 + 0.005 * 0.995 / 400) / 30)
    assert np.mean(rates) == pytest.approx(0.005, abs=4 * error)


@pytest.mark.parametrize(("active", "former"), [(12, 0.3), (8, 0.8), (0, 0.99)])
def test_codes_alone_would_take_the_priors_draws_for_holes(active: int, former: float) -> None:
    """A decoder has met draws of q(z|x), not their means."""
    codes, sigmas = posteriors(6_000, 20, active, np.random.default_rng(0))
    prior = gaussian(2_000, 20, seed=1)
    assert (CodeDensity(codes).p(prior) <= ALARM).mean() > former
    assert (CodeDensity(codes, sigmas).p(prior) <= ALARM).mean() < 0.02


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_no_data_far_away(latent: int) -> None:
    density = CodeDensity(gaussian(3_000, latent))
    far = np.full((2, latent), 40, np.float32)
    far[1] = 1e30
    assert density.p(far) == pytest.approx(1 / (1 + len(density.held_back)))
    assert density.log_ratio(far[:1])[0] < -1


def test_a_place_denser_than_any_is_no_fault() -> None:
    """In many dimensions the origin is closer to codes than they are to each other."""
    density = CodeDensity(gaussian(5_000, 64))
    assert density.log_ratio(np.zeros((1, 64)))[0] > 0.2
    assert density.p(np.zeros((1, 64))) == 1


def test_ring_has_a_hole() -> None:
    angle = np.random.default_rng(0).uniform(0, 2 * math.pi, 4_000)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]).astype(np.float32)
    density = CodeDensity(ring)
    assert density.p(np.zeros((1, 2))) <= ALARM
    assert density.p(ring[:100]).mean() == pytest.approx(0.5, abs=0.15)


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
    assert np.array_equal(drained(CodeDensity.measured(codes)).held_back, CodeDensity(codes).held_back)


def test_many_wide_codes_are_sifted_in_pieces() -> None:
    """Before any distance is measured: rows that are finite, some million values at a time."""
    codes = np.zeros((20_000, 512), np.float32)
    assert sum(1 for _ in CodeDensity.measured(codes)) >= 10


def test_same_subset_every_time() -> None:
    codes = gaussian(15_000, 2)
    first, second = CodeDensity(codes), CodeDensity(codes)
    assert first.count == 10_000
    assert np.array_equal(first.held_back, second.held_back)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_codes(count: int) -> None:
    density = CodeDensity(np.zeros((count, 2)))
    assert density.reason == "codes"
    assert np.isnan(density.p(np.zeros((3, 2)))).all()
    assert np.isnan(density.on_plane(np.zeros(2), np.eye(2)).distances(np.zeros((3, 2)))).all()


def test_two_codes_are_measured_though_they_tell_nothing() -> None:
    density = CodeDensity(np.array([[0.0, 0.0], [2.0, 0.0]], np.float32))
    assert (density.count, density.neighbours, len(density.held_back)) == (1, 1, 1)
    assert density.unit == 2
    assert density.p(np.array([[1.0, 0.5], [99.0, 0.0]])) == pytest.approx([1, 0.5])


@pytest.mark.parametrize("latent", [1, 2, 512])
def test_collapsed_codes(latent: int) -> None:
    """Without a posterior; with one the draws are as wide as it is."""
    codes = np.full((500, latent), 3.0, np.float32)
    codes += 1e-7 * gaussian(500, latent)
    assert not CodeDensity(codes, np.ones_like(codes)).reason
    density = CodeDensity(codes)
    assert density.reason == "same"
    assert np.isnan(density.log_ratio(np.zeros((2, latent)))).all()


def test_many_copies_of_one_code() -> None:
    """A unit of zero would make every other place infinitely sparse."""
    codes = np.concatenate([np.zeros((900, 2)), gaussian(100, 2)])
    density = CodeDensity(codes)
    assert density.unit > 0
    assert density.p(np.array([[0.0, 0.0], [50.0, 0.0]])) == pytest.approx([1, 1 / (1 + len(density.held_back))])
    assert density.log_ratio(np.zeros((1, 2))) == np.inf


def test_codes_that_are_not_finite_are_left_out() -> None:
    codes = gaussian(400, 4)
    broken = np.concatenate([codes, np.full((10, 4), np.nan), np.full((10, 4), np.inf)])
    density = CodeDensity(broken)
    assert density.count + len(density.held_back) == 400
    assert np.isnan(density.p(np.array([[np.nan, 0, 0, 0]]))).all()
    assert CodeDensity(np.full((9, 2), np.nan)).reason
    assert CodeDensity(codes * np.float32(1e30)).reason == "large"


def test_wrong_shapes_are_refused() -> None:
    density = CodeDensity(gaussian(50, 3))
    with pytest.raises(ValueError, match="shape"):
        density.distances(np.zeros((4, 2)))
    with pytest.raises(ValueError, match="shape"):
        CodeDensity(np.zeros(4))
