"""Effective rank against SciPy's entropy of the singular values, and where it has closed forms."""

import numpy as np
import pytest
from scipy import stats

from trainer.metrics.effective_rank import effective_rank, effective_rank_error


def test_it_is_the_exponential_of_the_singular_values_entropy() -> None:
    codes = np.random.default_rng(0).normal(size=(300, 6)) @ np.random.default_rng(1).normal(size=(6, 6)) + 5.0
    values = np.linalg.svd(codes - codes.mean(0), compute_uv=False)
    assert effective_rank(codes) == pytest.approx(np.exp(stats.entropy(values)), rel=1e-9)
    assert effective_rank(1e-4 * codes.astype(np.float32)) == pytest.approx(effective_rank(codes), rel=1e-3)


@pytest.mark.parametrize("dimensions", [1, 3, 8])
def test_dimensions_of_one_spread_all_count(dimensions: int) -> None:
    codes = np.random.default_rng(0).normal(size=(20_000, dimensions))
    codes = np.hstack([codes, np.full((20_000, 2), 7.0)])
    assert effective_rank(codes) == pytest.approx(dimensions, rel=1e-3)


def test_codes_on_a_slanted_line_use_one_dimension() -> None:
    line = np.linspace(-1, 1, 500)[:, None] * np.array([[1.0, 2.0, -3.0]]) + 0.3
    assert effective_rank(line.astype(np.float32)) == pytest.approx(1.0, abs=1e-5)


def test_what_has_no_rank() -> None:
    assert effective_rank(np.ones((50, 3))) == 0.0
    assert effective_rank(np.ones((1, 3))) is None
    assert effective_rank(np.array([[1.0, np.nan], [2.0, 3.0]])) is None


def test_the_error_is_the_spread_of_repeated_draws() -> None:
    scales = np.array([3.0, 1.0, 0.5, 0.1])
    found = [np.random.default_rng(seed).normal(size=(500, 4)) * scales for seed in range(200)]
    spread = np.std([effective_rank(codes) for codes in found])
    assert np.mean([effective_rank_error(codes) for codes in found]) == pytest.approx(spread, rel=0.15)


def test_what_has_no_error() -> None:
    assert effective_rank_error(np.ones((50, 3))) is None
    assert effective_rank_error(np.ones((2, 3))) is None
    assert effective_rank_error(np.full((5, 2), np.nan)) is None
    assert effective_rank_error(np.arange(5.0)[:, None]) == pytest.approx(0, abs=1e-12)
