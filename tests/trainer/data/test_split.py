"""Subsets of a data set are seeded random choices, except with the rules of the first version."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from trainer.config import DataConfig
from trainer.data.arrays import load_array
from trainer.data.loading import Loading
from trainer.data.registry import config_for, load
from trainer.data.split import held_out_share, official_rows, subset, train_rows
from trainer.records import ConfigError


def test_a_subset_is_ascending_without_repetition_and_seeded():
    rows = subset(300, 1000, seed=0)
    assert len(rows) == 300
    assert (np.diff(rows) > 0).all()
    assert rows.min() >= 0
    assert rows.max() < 1000
    np.testing.assert_array_equal(rows, subset(300, 1000, seed=0))
    assert not np.array_equal(rows, subset(300, 1000, seed=1))
    assert not np.array_equal(rows, subset(300, 1000, seed=0, part=1))
    np.testing.assert_array_equal(subset(5, 3, seed=0), [0, 1, 2])


def test_every_row_is_as_likely_as_another():
    counts = np.bincount(np.concatenate([subset(20, 100, seed) for seed in range(400)]), minlength=100)
    # Sampling without replacement has 1 - 20/100 of the variance of independent samples.
    assert stats.chi2.sf(float(((counts - 80) ** 2 / (80 * 0.8)).sum()), 99) > 1e-4


def sorted_split(tmp_path: Path) -> Path:
    """An official split with sorted labels."""
    path = tmp_path / "sorted.npz"
    labels = np.repeat(np.arange(10), 40)
    images = np.repeat(25 * labels[:, None], 16, axis=1).reshape(-1, 4, 4).astype(np.uint8)
    np.savez(path, x_train=images, y_train=labels, x_test=images[::4], y_test=labels[::4])
    return path


def test_a_part_of_sorted_labels_has_every_class(tmp_path: Path):
    config = DataConfig(name="array", path=str(sorted_split(tmp_path)), count=250)
    data = load_array(config, Loading(folder=tmp_path))
    assert data.labels is not None
    assert (data.count, data.train_count) == (250, 200)
    for part in (data.labels[:200], data.labels[200:]):
        assert len(np.unique(part)) == 10
    np.testing.assert_array_equal(data.images[:, 0, 0, 0], 25 * data.labels)
    again = load_array(config.replace(seed=1), Loading(folder=tmp_path))
    assert again.fingerprint != data.fingerprint


def test_descriptions_of_the_first_version_mean_the_first_rows(tmp_path: Path):
    config = DataConfig(name="array", path=str(sorted_split(tmp_path)), count=250)
    written = config.to_json()
    assert json.loads(json.dumps(written))["rules"] == 2
    del written["rules"]  # as the first version wrote it
    former = DataConfig.from_json(written)
    assert former.rules == 1
    data = load_array(former, Loading(folder=tmp_path))
    assert data.labels is not None
    np.testing.assert_array_equal(data.labels[:200], np.repeat(np.arange(5), 40))
    np.testing.assert_array_equal(official_rows(60, 40, DataConfig(count=10, rules=1))[1], np.arange(4))
    assert DataConfig.from_json(former.to_json()) == former


def test_rules_of_a_later_version_are_refused():
    with pytest.raises(ConfigError, match="rules of a later version"):
        DataConfig(rules=3)


@pytest.mark.parametrize(
    ("count", "asked", "training"),
    [
        (10, None, 9),
        (1_499, None, 1_349),
        (1_500, None, 1_200),  # 300 held out are a fifth
        (2_000, None, 1_700),
        (3_000, None, 2_700),  # a tenth are as many
        (60_000, None, 54_000),
        (1_500, 0.1, 1_350),
        (1_500, 0.0, 1_500),
        (2, None, 1),
    ],
)
def test_enough_images_are_held_out_to_measure_on(count: int, asked: float | None, training: int):
    assert train_rows(count, asked) == training
    # The share that a run keeps gives the same split.
    assert train_rows(count, held_out_share(count, asked)) == training


def test_every_size_is_split_by_its_share_as_without_one():
    for count in range(2, 5_000):
        assert train_rows(count, held_out_share(count, None)) == train_rows(count, None)


def test_data_come_with_the_share_that_was_held_out(tmp_path: Path):
    np.save(tmp_path / "images.npy", np.arange(1_600 * 64, dtype=np.uint32).astype(np.uint8).reshape(1_600, 8, 8))
    config = config_for(str(tmp_path / "images.npy"))
    assert config.held_out is None
    data = load(config.replace(white=255.0), tmp_path)
    assert data.count - data.train_count == 300
    assert data.config.held_out == 300 / 1_600
    again = load(DataConfig.from_json(data.config.to_json()), tmp_path)
    assert again.config == data.config
    assert again.fingerprint == data.fingerprint
    few = load(data.config.replace(rows="0-99"), tmp_path)  # all of them were for training
    assert few.count - few.train_count == round(100 * 300 / 1_600)
    assert load(config.replace(held_out=0.1, white=255.0), tmp_path).train_count == 1_440
