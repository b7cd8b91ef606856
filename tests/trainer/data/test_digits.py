"""scikit-learn's digits, read without importing it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data import registry


def test_equals_scikit_learns_own_reading(monkeypatch):
    from sklearn.datasets import load_digits

    data = registry.load(DataConfig(), Path())
    bunch = load_digits()
    order = np.random.default_rng(0).permutation(1797)
    np.testing.assert_array_equal(data.images.reshape(-1, 64), np.rint(bunch.data[order] * 255 / 16))
    np.testing.assert_array_equal(data.labels, bunch.target[order])
    assert data.shape == (1, 8, 8)
    assert data.train_count == 1617
    assert data.label_names == tuple("0123456789")
    assert data.images.max() == 255

    # If the file is not at its expected path, scikit-learn's own loader gives the same result.
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert registry.load(DataConfig(), Path()).fingerprint == data.fingerprint


def test_seed_moves_the_split_and_count_limits():
    first = registry.load(DataConfig(), Path())
    again = registry.load(DataConfig(), Path())
    other = registry.load(DataConfig(seed=1), Path())
    few = registry.load(DataConfig(count=100, held_out=0.5), Path())
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert few.images.shape == (100, 1, 8, 8)
    assert few.train_count == 50
    assert registry.load(DataConfig(count=10, colour="colour"), Path()).shape == (3, 8, 8)
