"""Which real images samples are compared with."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.metrics.real_rows import real_rows


@pytest.mark.parametrize(
    ("images", "train", "most", "count", "others_held_out"),
    [
        (100, 60, 10, 10, True),
        (100, 60, 20, 20, True),
        (100, 60, 21, 21, False),  # 40 are held out
        (100, 60, 1000, 40, False),
        (100, 10, 1000, 45, True),  # halves of those held out: fewer are for training
        (100, 0, 1000, 50, True),
        (2, 1, 1000, 1, False),
        (5, 5, 1000, 0, False),
    ],
)
def test_held_out_images_beside_as_many_others(images, train, most, count, others_held_out):
    wanted, others = real_rows(images, train, most)
    assert len(wanted) == len(others) == count
    assert (wanted >= train).all()
    if count:
        assert (others >= train).all() == others_held_out
    assert not np.intersect1d(wanted, others).size
    assert (np.diff(wanted) > 0).all()
    assert (np.diff(others) > 0).all()


def test_of_measured_rows_alone_and_seeded():
    measured = np.array([3, 70, 80, 81, 95])
    wanted, others = real_rows(100, 60, 1000, measured)
    assert wanted.tolist() == [70, 80, 81, 95]
    assert (others >= 60).all()
    np.testing.assert_array_equal(real_rows(100, 60, 9)[0], real_rows(100, 60, 9)[0])
    assert real_rows(100, 60, 9)[0].tolist() != real_rows(100, 60, 9, seed=1)[0].tolist()
