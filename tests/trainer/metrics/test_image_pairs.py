"""Pairs of images, the speed of features along a path, and real images that do not count as near."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.metrics.image_pairs import image_pairs
from trainer.metrics.perceptual_path_length import EPSILON, PLACES, short_steps, squared_speeds
from trainer.metrics.yardsticks import FeatureDistance


def test_no_image_is_in_two_pairs_and_the_same_seed_gives_the_same() -> None:
    pairs, apart = image_pairs(101, 500, 0)
    assert pairs.shape == (50, 2)
    assert len(np.unique(pairs)) == 100
    assert not apart
    np.testing.assert_array_equal(pairs, image_pairs(101, 500, 0)[0])
    assert not np.array_equal(pairs, image_pairs(101, 500, 1)[0])
    assert len(image_pairs(101, 7, 0)[0]) == 7


def test_pairs_are_of_two_known_classes_where_there_are_any() -> None:
    labels = np.random.default_rng(0).integers(-1, 4, 400)
    pairs, apart = image_pairs(400, 500, 0, labels)
    assert apart
    assert 90 < len(pairs) < 140  # 12/25 of 200
    first, second = labels[pairs].T
    assert (first != second).all()
    assert (labels[pairs] >= 0).all()
    for alike in (np.zeros(400, int), np.full(400, -1)):
        pairs, apart = image_pairs(400, 500, 0, alike)
        assert (len(pairs), apart) == (200, False)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_images(count: int) -> None:
    assert len(image_pairs(count, 500, 0)[0]) == count // 2


def test_steps_are_spread_over_the_path() -> None:
    steps = short_steps(2000, 0)
    before, after = steps[:, ::2], steps[:, 1::2]
    assert steps.shape == (2000, 2 * PLACES)
    np.testing.assert_allclose(after - before, EPSILON)
    assert before.min() >= 0
    assert after.max() <= 1
    part = np.minimum(before * PLACES / (1 - EPSILON), PLACES - 1e-9).astype(int)
    np.testing.assert_array_equal(part, np.tile(np.arange(PLACES), (2000, 1)))
    assert before.mean() == pytest.approx(0.5, abs=0.01)


def test_the_mean_squared_speed_of_features_has_a_closed_form() -> None:
    """Features (3 t, t²) move at speed² 9 + 4 t²: 9 + 4/3 on average; straight ones of length 5 at 25."""
    steps = short_steps(4000, 0)
    bent = squared_speeds(np.stack([3 * steps, steps**2], axis=-1))
    assert bent.mean() == pytest.approx(9 + 4 / 3, abs=0.02)
    straight = squared_speeds(steps[..., None] * np.array([3.0, 4.0]))
    np.testing.assert_allclose(straight, 25, rtol=1e-6)
    np.testing.assert_array_equal(squared_speeds(np.ones((5, 2 * PLACES, 3), np.float32)), 0)


def test_real_images_that_do_not_count_are_not_the_nearest() -> None:
    real = np.array([[3, 4], [3, 3], [0, 1], [30, 40]], np.float32)
    distance = FeatureDistance(real)
    given = np.array([[3, 4], [3, 4]], np.float32)
    np.testing.assert_allclose(distance.of(given), 0)
    np.testing.assert_allclose(distance.of(given, np.array([[0, 3], [0, 1]])), [1 / 5, 18**0.5 / 5], rtol=1e-6)
