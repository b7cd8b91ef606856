"""Directions between groups: closed forms, and AUROC against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.trainer.latent.drained import assert_in_short_pieces, drained
from trainer.latent.directions import (
    DirectionError,
    analogy,
    auroc,
    direction_between,
    halves,
    held_out,
    score,
)


def _groups(shift: float, latent: int = 6, count: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    plus = rng.normal(size=(count, latent))
    plus[:, 0] += shift
    return plus.astype(np.float32), rng.normal(size=(count, latent)).astype(np.float32)


def _phi(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


@pytest.mark.parametrize("decimals", [8, 1, 0])
def test_auroc_is_that_of_scikit_learn_with_and_without_ties(decimals: int) -> None:
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(1)
    plus, minus = np.round(rng.normal(0.4, 1, 300), decimals), np.round(rng.normal(size=170), decimals)
    truth = np.r_[np.ones(300), np.zeros(170)]
    assert auroc(plus, minus) == pytest.approx(roc_auc_score(truth, np.r_[plus, minus]), abs=1e-12)
    assert auroc(minus, plus) == pytest.approx(1 - auroc(plus, minus), abs=1e-12)
    assert auroc(np.ones(3), np.ones(5)) == 0.5


def test_two_gaussians_score_what_theory_says() -> None:
    # Along the true direction the groups are N(δ, 1) and N(0, 1): AUROC = Φ(δ / √2).
    plus, minus = _groups(1.0)
    assert drained(held_out(plus, minus)) == pytest.approx(_phi(1 / math.sqrt(2)), abs=0.015)
    found = drained(direction_between(plus, minus))
    np.testing.assert_allclose(found.vector, [1, 0, 0, 0, 0, 0], atol=0.06)
    assert found.length == pytest.approx(1, abs=0.06)


def test_held_out_halves_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    plus, minus = _groups(0.7, count=101)
    folds = []
    plus_halves, minus_halves = halves(101, 0), halves(101, 1)
    for fit in (0, 1):
        vector = plus[plus_halves[fit]].mean(axis=0) - minus[minus_halves[fit]].mean(axis=0)
        test = np.r_[plus[plus_halves[1 - fit]], minus[minus_halves[1 - fit]]] @ vector
        truth = np.r_[np.ones(len(plus_halves[1 - fit])), np.zeros(len(minus_halves[1 - fit]))]
        folds.append(roc_auc_score(truth, test))
    assert drained(held_out(plus, minus)) == pytest.approx(np.mean(folds), abs=1e-6)


def test_halves_share_nothing_and_leave_nothing_out() -> None:
    first, second = halves(7, 3)
    assert len(first) == 4
    assert sorted([*first, *second]) == list(range(7))


def test_random_directions_score_what_theory_says() -> None:
    # Spherical codes: a direction at angle a to the true one gives Φ(δ cos a / √2); |cos a| of random directions
    # in two dimensions has its median at 45° and its 95th percentile at 4.5°.
    plus, minus = _groups(2.0, latent=2, count=3000)
    rng = np.random.default_rng(5)
    found = drained(score(plus, minus, rng.normal(size=(5000, 2)).astype(np.float32)))
    assert found.auroc == pytest.approx(_phi(2 / math.sqrt(2)), abs=0.01)
    assert found.random_median == pytest.approx(_phi(2 * math.cos(math.pi / 4) / math.sqrt(2)), abs=0.03)
    assert found.random_high == pytest.approx(_phi(2 * math.cos(math.radians(4.5)) / math.sqrt(2)), abs=0.01)
    assert (found.random, found.images, found.random_images) == (200, 6000, 3000)


def test_random_directions_have_the_codes_covariance() -> None:
    # All variance lies along the second dimension, and so do random directions, which do not separate the first.
    plus, minus = _groups(3.0, latent=2, count=1500)
    codes = (np.random.default_rng(2).normal(size=(4000, 2)) * [1e-4, 1.0]).astype(np.float32)
    found = drained(score(plus, minus, codes))
    assert found.auroc > 0.97
    assert found.random_high < 0.56


def test_labels_without_meaning_score_a_half() -> None:
    rng = np.random.default_rng(9)
    codes = rng.normal(size=(2000, 20)).astype(np.float32)
    found = drained(score(codes[:1000], codes[1000:], codes))
    assert found.auroc == pytest.approx(0.5, abs=0.05)


def test_the_smallest_groups_and_512_dimensions_are_scored() -> None:
    rng = np.random.default_rng(0)
    codes = rng.normal(size=(4, 512)).astype(np.float32)
    found = drained(score(codes[:2], codes[2:], codes))
    assert 0 <= found.auroc <= 1
    assert found.images == 4


def test_one_dimension_and_non_finite_codes() -> None:
    plus, minus = _groups(2.0, latent=1, count=50)
    plus[3] = np.nan
    found = drained(direction_between(plus, minus))
    assert (found.plus, found.minus) == (49, 50)
    assert np.isfinite(drained(score(plus, minus, np.r_[plus, minus])).auroc)


def test_groups_without_a_direction_are_refused_in_a_sentence() -> None:
    plus, minus = _groups(1.0, count=5)
    with pytest.raises(DirectionError, match="first group has 1 of the images"):
        drained(direction_between(plus[:1], minus))
    with pytest.raises(DirectionError, match="second group has 0 of the images"):
        drained(direction_between(plus, minus[:0]))
    with pytest.raises(DirectionError, match="same mean code"):
        drained(direction_between(plus, plus))
    with pytest.raises(DirectionError, match="same mean code"):
        drained(direction_between(np.full((5, 3), 0.1, np.float32), np.full((9, 3), 0.1, np.float32)))


def test_arithmetic() -> None:
    a, b, c = np.float32([[1, 2], [0.5, 0], [3, 3]])
    np.testing.assert_allclose(analogy(a, b, c), [3.5, 5])
    np.testing.assert_array_equal(analogy(a, c, c), a)


def test_many_codes_of_many_dimensions_are_scored_in_short_pieces() -> None:
    codes = np.random.default_rng(0).standard_normal((30_000, 512), dtype=np.float32)
    plus, minus = codes[:15_000], codes[15_000:]
    assert_in_short_pieces(lambda: direction_between(plus, minus), 0.15)
    assert_in_short_pieces(lambda: score(plus, minus, codes, random=50), 0.15)
