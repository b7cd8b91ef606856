"""Means, spreads and correlations of codes, and their errors against repeated draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trainer.metrics.moments import mean_absolute_correlation, offset, spread, varying_dimensions


def draws(count: int, seed: int) -> np.ndarray:
    """Three correlated dimensions off the middle."""
    mixing = np.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [-0.5, -0.4, 1.0]])
    return np.random.default_rng(seed).standard_normal((count, 3)) @ mixing.T + [0.3, 0.0, -0.5]


def test_they_are_numpys_and_scipys() -> None:
    codes = draws(300, 0)
    assert offset(codes).value == pytest.approx(math.sqrt(np.mean(codes.mean(0) ** 2)))
    assert offset(codes).each == pytest.approx(codes.mean(0))
    assert spread(codes).each == pytest.approx(codes.std(0, ddof=1))
    assert spread(codes).value == pytest.approx(codes.std(0, ddof=1).mean())
    pairs = [abs(stats.pearsonr(codes[:, j], codes[:, k])[0]) for j, k in ((0, 1), (0, 2), (1, 2))]
    assert mean_absolute_correlation(codes).value == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("moment", [offset, spread, mean_absolute_correlation])
def test_the_error_is_the_spread_of_repeated_draws(moment) -> None:
    found = [moment(draws(400, seed)) for seed in range(300)]
    assert np.mean([one.error for one in found]) == pytest.approx(np.std([one.value for one in found]), rel=0.15)


def test_independent_dimensions_correlate_by_chance() -> None:
    codes = np.random.default_rng(0).standard_normal((2000, 20))
    assert mean_absolute_correlation(codes).value == pytest.approx(math.sqrt(2 / (math.pi * 2000)), rel=0.2)


def test_dimensions_that_do_not_vary() -> None:
    codes = draws(50, 0)
    codes[:, 1] = 0.1
    assert varying_dimensions(codes.astype(np.float32)).tolist() == [0, 2]
    assert spread(codes).each[1] == pytest.approx(0, abs=1e-12)
    assert spread(np.ones((5, 2))).error == 0
    assert offset(np.zeros((5, 2))).error is None
    assert varying_dimensions(np.ones((5, 2), np.float32)).size == 0
