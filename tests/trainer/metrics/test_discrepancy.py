"""MMD and energy distance against SciPy, double loops and closed forms of Gaussians."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, special, stats

from trainer.metrics.discrepancy import SCALES, discrepancies
from trainer.progress import CancelledError, Monitor


def samples(count: int, latent: int, seed: int = 0, *, shift: float = 0.0, scale: float = 1.0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((count, latent)), shift + scale * rng.standard_normal((count, latent))


def kernel(x: np.ndarray, y: np.ndarray) -> float:
    square = sum((a - b) ** 2 for a, b in zip(x, y, strict=True))
    constants = [2 * len(x) * scale for scale in SCALES]
    return sum(constant / (constant + square) for constant in constants) / len(constants)


def distance(x: np.ndarray, y: np.ndarray) -> float:
    return -math.dist(x, y)


def by_loops(similarity, one: np.ndarray, two: np.ndarray) -> tuple[float, float]:
    """D² without bias, and with."""
    n = len(one)
    within = sum(similarity(s[i], s[j]) for s in (one, two) for i in range(n) for j in range(n) if i != j)
    itself = sum(similarity(s[i], s[i]) for s in (one, two) for i in range(n))
    across = sum(similarity(x, y) for x in one for y in two)
    return within / (n * (n - 1)) - 2 * across / n**2, (within + itself - 2 * across) / n**2


@pytest.mark.parametrize("latent", [1, 3])
def test_both_are_what_double_loops_over_all_pairs_give(latent: int) -> None:
    one, two = samples(23, latent, shift=0.4)
    for found, similarity in zip(discrepancies(one, two), (kernel, distance), strict=True):
        unbiased, biased = by_loops(similarity, one, two)
        assert found.squared == pytest.approx(unbiased, abs=1e-6)
        assert found.root == pytest.approx(math.sqrt(biased), abs=1e-6)
        left = [by_loops(similarity, np.delete(one, i, 0), np.delete(two, i, 0)) for i in range(23)]
        for error, values in (
            (found.squared_error, [value for value, _ in left]),
            (found.root_error, [math.sqrt(value) for _, value in left]),
        ):
            assert error == pytest.approx(math.sqrt(22 * np.var(values)), rel=1e-4)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = samples(50, 2, shift=0.3)
    whole = discrepancies(one, two)
    monkeypatch.setattr("trainer.metrics.discrepancy._PAIRS", 7 * 50)
    for found, expected in zip(discrepancies(one, two), whole, strict=True):
        assert found.squared == pytest.approx(expected.squared, abs=1e-7)
        assert found.root_error == pytest.approx(expected.root_error, rel=1e-4)


@pytest.mark.parametrize(("shift", "scale"), [(0.0, 1.0), (0.5, 1.0), (1e4, 3.0)])
def test_the_energy_distance_on_a_line_is_that_of_scipy(shift: float, scale: float) -> None:
    one, two = samples(400, 1, shift=shift, scale=scale)
    energy = discrepancies(one, two)[1]
    assert energy.root == pytest.approx(stats.energy_distance(one[:, 0], two[:, 0]), rel=1e-6)


@pytest.mark.parametrize("latent", [1, 5, 20])
def test_closed_forms_of_two_gaussians_within_the_error(latent: int) -> None:
    """E|N(0, s² I)| = s √2 Γ((d + 1) / 2) / Γ(d / 2); the kernel's mean is an integral over Laplace transforms."""
    wide, count = 1.3, 1500
    one, two = samples(count, latent, scale=wide)
    spreads = (math.sqrt(2), math.sqrt(2) * wide, math.sqrt(1 + wide**2))  # of x − x', y − y', x − y

    def mean_distance(spread: float) -> float:
        return -spread * math.sqrt(2) * math.exp(special.gammaln((latent + 1) / 2) - special.gammaln(latent / 2))

    def mean_kernel(spread: float) -> float:
        # C / (C + q) = ∫ exp(−u) exp(−u q / C) du, and E exp(−t s² χ²_d) = (1 + 2 s² t)^(−d/2).
        return np.mean(
            [
                integrate.quad(
                    lambda u, c=2 * latent * s: math.exp(-u) * (1 + 2 * spread**2 * u / c) ** (-latent / 2),
                    0,
                    math.inf,
                )[0]
                for s in SCALES
            ]
        )

    for found, mean in zip(discrepancies(one, two), (mean_kernel, mean_distance), strict=True):
        exact = mean(spreads[0]) + mean(spreads[1]) - 2 * mean(spreads[2])
        assert exact > 0
        assert found.squared == pytest.approx(exact, abs=4 * found.squared_error)
        assert found.root == pytest.approx(math.sqrt(exact), rel=0.35)


def test_the_unbiased_estimate_is_0_on_average_and_its_error_is_not_too_small() -> None:
    found = [discrepancies(*samples(60, 2, seed)) for seed in range(200)]
    for of in (0, 1):
        values = np.array([one[of].squared for one in found])
        assert abs(values.mean()) < 4 * values.std() / math.sqrt(len(values))
        assert values.std() < np.mean([one[of].squared_error for one in found]) < 2 * values.std()
    apart = [discrepancies(*samples(60, 2, seed, shift=1.0)) for seed in range(200)]
    for of in (0, 1):
        spread = np.std([one[of].squared for one in apart])
        assert np.mean([one[of].squared_error for one in apart]) == pytest.approx(spread, rel=0.15)
        spread = np.std([one[of].root for one in apart])
        assert np.mean([one[of].root_error for one in apart]) == pytest.approx(spread, rel=0.15)


def test_extremes() -> None:
    same = np.ones((5, 3))
    mmd, energy = discrepancies(same, same)
    assert (mmd.root, energy.root) == pytest.approx((0, 0), abs=1e-3)
    # So far apart that the kernel across is 0: D² = E k + E k = 2.
    mmd, energy = discrepancies(same, same + 1e30)
    assert mmd.squared == pytest.approx(2)
    assert energy.squared == pytest.approx(2 * math.sqrt(3) * 1e30)
    mmd, energy = discrepancies(np.zeros((2, 1)), np.ones((2, 1)))
    assert energy.squared == pytest.approx(2)
    assert mmd.squared_error is None
    wide = np.random.default_rng(0).standard_normal((2, 30, 512))
    assert all(math.isfinite(found.root) for found in discrepancies(*wide))


def test_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="two points"):
        discrepancies(np.zeros((1, 2)), np.zeros((1, 2)))
    with pytest.raises(ValueError, match="same size"):
        discrepancies(np.zeros((4, 2)), np.zeros((3, 2)))
    with pytest.raises(ValueError, match="finite"):
        discrepancies(np.full((4, 2), np.nan), np.zeros((4, 2)))


def test_it_is_stopped() -> None:
    with pytest.raises(CancelledError):
        discrepancies(*samples(10, 2), Monitor(is_cancelled=lambda: True))
