"""A choice among the rows of a data set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data.images import DataError
from trainer.data.registry import load
from trainer.data.row_choice import chosen, ranges
from trainer.records import ConfigError


@pytest.mark.parametrize(
    ("rows", "text"), [([], ""), ([4], "4"), ([0, 1, 2, 5, 7, 8], "0-2,5,7-8"), (range(100), "0-99")]
)
def test_ranges(rows: list[int], text: str):
    assert ranges(np.array(rows, np.int64)) == text


@pytest.mark.parametrize("name", ["moons", "digits"])
def test_chosen_rows_keep_labels_factors_numbers_and_split(name: str, tmp_path: Path):
    whole = load(DataConfig(name=name, count=200), tmp_path)
    rows = np.sort(np.random.default_rng(0).choice(200, 50, replace=False))
    part = load(chosen(whole.config, rows), tmp_path)
    np.testing.assert_array_equal(part.images, whole.images[rows])
    for kept, of in ((part.labels, whole.labels), (part.factors, whole.factors)):
        assert (kept is None) == (of is None)
        if kept is not None and of is not None:
            np.testing.assert_array_equal(kept, of[rows])
    np.testing.assert_array_equal(part.places(np.arange(50)), whole.places(rows))
    assert part.train_count == (rows < whole.train_count).sum()
    assert part.label_names == whole.label_names
    assert part.config.rows == ranges(rows)
    assert DataConfig.from_json(part.config.to_json()) == part.config
    # And a choice among these.
    again = load(chosen(part.config, np.array([3, 4, 49])), tmp_path)
    np.testing.assert_array_equal(again.images, whole.images[rows[[3, 4, 49]]])


def test_a_choice_of_one_part_of_the_split_is_split_again(tmp_path: Path):
    config = DataConfig(name="moons", count=200, rows="0-19")
    part = load(config, tmp_path)
    assert (part.count, part.train_count) == (20, 18)
    assert any("training images" in str(remark) for remark in part.remarks)
    assert part.fingerprint == load(config, tmp_path).fingerprint
    assert sorted(part.places(np.arange(20))) == sorted(
        load(config.replace(rows=""), tmp_path).places(np.arange(20))
    )


@pytest.mark.parametrize("rows", ["7", "0-999", "5-3", "0-10/11"])
def test_rows_that_are_not_there(rows: str, tmp_path: Path):
    with pytest.raises(DataError):
        load(DataConfig(name="moons", count=200, rows=rows), tmp_path)


@pytest.mark.parametrize("rows", ["a", "-3", "1,", "/1", "1/", "1 ,2", "٣", "1" * 13])
def test_what_is_no_choice_is_refused(rows: str):
    with pytest.raises(ConfigError):
        DataConfig(rows=rows)
