"""Samples of the aggregated posterior: one per image, with the right variance, deterministic."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.latent.drained import drained
from trainer.latent.aggregated import aggregated


def test_draws_have_the_means_and_spreads_of_their_posteriors() -> None:
    codes = np.zeros((40_000, 3), np.float32)
    codes[:, 0] = np.random.default_rng(0).choice([-2, 2], len(codes))
    sigmas = np.broadcast_to(np.array([0.1, 1.0, 0.5], np.float32), codes.shape)
    drawn = drained(aggregated(codes, sigmas, 40_000))
    assert drawn.shape == (40_000, 3)
    assert drawn.std(axis=0) == pytest.approx([np.hypot(2, 0.1), 1, 0.5], rel=0.02)
    assert drawn.mean(axis=0) == pytest.approx([0, 0, 0], abs=0.05)


def test_without_a_posterior_the_codes_themselves() -> None:
    codes = np.arange(20, dtype=np.float32)[:, None]
    assert sorted(drained(aggregated(codes, None, 100))[:, 0]) == list(range(20))
    some = drained(aggregated(codes, None, 7))[:, 0]
    assert len(set(some.tolist())) == 7
    assert list(some) != sorted(some)  # any prefix is a random subset


def test_same_seed_same_draws_and_codes_stay_as_they_are() -> None:
    codes = np.random.default_rng(0).standard_normal((500, 4)).astype(np.float32)
    before, sigmas = codes.copy(), np.ones_like(codes)
    first, second = (drained(aggregated(codes, sigmas, 300)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, drained(aggregated(codes, sigmas, 300, seed=1)))
    assert np.array_equal(codes, before)


def test_rows_that_are_not_finite_are_left_out() -> None:
    codes, sigmas = np.zeros((10, 2), np.float32), np.ones((10, 2), np.float32)
    codes[3, 0], sigmas[5, 1] = np.nan, np.inf
    assert len(drained(aggregated(codes, sigmas, 100))) == 8
    assert len(drained(aggregated(codes, None, 100))) == 9
    assert drained(aggregated(np.empty((0, 2), np.float32), None, 100)).shape == (0, 2)


def test_many_wide_codes_are_drawn_in_pieces() -> None:
    """Finite rows are selected in blocks of a million values."""
    codes = np.zeros((20_000, 512), np.float32)
    assert sum(1 for _ in aggregated(codes, codes + 1, 5_000)) >= 12
