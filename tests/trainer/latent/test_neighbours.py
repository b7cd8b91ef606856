"""Nearest codes against scipy's tree and plain sorting."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from trainer.latent.neighbours import Neighbours


@pytest.mark.parametrize("latent", [1, 2, 20])
@pytest.mark.parametrize("offset", [0.0, 1000.0])
def test_agrees_with_a_tree(latent, offset):
    random = np.random.default_rng(0)
    codes = (random.standard_normal((3000, latent)) + offset).astype(np.float32)
    tree = cKDTree(codes.astype(np.float64))
    neighbours = Neighbours(codes)
    for query in (random.standard_normal((20, latent)) + offset).astype(np.float32):
        expected, _ = tree.query(query.astype(np.float64), k=5)
        indices, distances = neighbours.nearest(query, 5)
        np.testing.assert_allclose(distances, expected, atol=2e-4)
        assert (np.diff(distances) >= 0).all()
        assert len(set(indices.tolist())) == 5
        index, distance = neighbours.nearest(query)
        assert np.linalg.norm(codes[index[0]] - query) == pytest.approx(distance[0], abs=1e-3)
        assert distance[0] == pytest.approx(expected[0], abs=1e-3)


def test_a_code_finds_itself():
    codes = np.random.default_rng(1).standard_normal((500, 4)).astype(np.float32)
    index, distance = Neighbours(codes).nearest(codes[17])
    assert index.tolist() == [17]
    assert distance[0] < 1e-6


def test_non_finite_codes_are_never_found():
    codes = np.array([[np.nan, 0], [0, 0], [np.inf, 1], [5, 5]], np.float32)
    indices, distances = Neighbours(codes).nearest(np.array([0.1, 0]), k=10)
    assert indices.tolist() == [1, 3]
    assert np.isfinite(distances).all()


def test_nothing_to_find():
    empty = Neighbours(np.empty((0, 3), np.float32))
    assert len(empty) == 0
    assert empty.nearest(np.zeros(3))[0].size == 0
    some = Neighbours(np.zeros((4, 3), np.float32))
    assert some.nearest(np.array([np.nan, 0, 0]))[0].size == 0
    with pytest.raises(ValueError, match="shape"):
        Neighbours(np.zeros(5, np.float32))
