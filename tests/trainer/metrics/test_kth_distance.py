"""Distances to the k-th code, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from trainer.metrics.kth_distance import kth_distances
from trainer.progress import CancelledError, Monitor


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
@pytest.mark.parametrize("far", [0.0, 1e4])
def test_it_is_the_kth_neighbour(latent: int, far: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.metrics.kth_distance._AT_ONCE", 5_000)
    rng = np.random.default_rng(0)
    others = rng.standard_normal((300, latent)) + far
    codes = rng.standard_normal((70, latent)) + far
    expected, _ = NearestNeighbors(n_neighbors=10, algorithm="brute").fit(others - far).kneighbors(codes - far)
    found = kth_distances(codes, others, 10)
    np.testing.assert_allclose(found, expected[:, -1], rtol=1e-6)


def test_the_own_code_is_left_out() -> None:
    others = np.random.default_rng(1).standard_normal((100, 3))
    expected, _ = NearestNeighbors(n_neighbors=5).fit(others).kneighbors()
    np.testing.assert_allclose(kth_distances(others, others, 5, own=np.arange(100)), expected[:, -1])
    nearer = kth_distances(others[:2], others, 1, own=np.array([0, -1]))
    assert nearer[0] > 0
    assert nearer[1] == 0


def test_by_hand() -> None:
    others = np.array([[0.0], [1.0], [3.0], [np.nan]])
    assert kth_distances(np.array([[0.0], [4.0]]), others, 2).tolist() == [1.0, 3.0]


def test_equal_codes_are_at_distance_nought() -> None:
    assert kth_distances(np.ones((3, 4)), np.ones((20, 4)), 10).tolist() == [0.0, 0.0, 0.0]


def test_what_has_none_is_nan() -> None:
    others = np.random.default_rng(2).standard_normal((10, 2))
    assert np.isnan(kth_distances(others[:2], others[:4], 5)).all()
    assert np.isnan(kth_distances(others[:2], others[:2], 2, own=np.array([0, 1]))).all()
    assert np.isnan(kth_distances(np.full((1, 2), np.inf), others, 1)).all()
    assert np.isnan(kth_distances(others[:1], np.full((5, 2), np.nan), 1)).all()
    assert kth_distances(np.empty((0, 2)), others, 1).shape == (0,)
    with pytest.raises(ValueError, match="1"):
        kth_distances(others, others, 0)


def test_it_can_be_cancelled() -> None:
    with pytest.raises(CancelledError):
        kth_distances(np.ones((3, 2)), np.ones((3, 2)), 1, monitor=Monitor(is_cancelled=lambda: True))
