"""Distance of pictures to real ones: known nearest distances, calibration, what cannot be measured."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.latent.drained import drained
from trainer.metrics.features import FeatureNet, feature_net_for
from trainer.metrics.picture_distance import PictureDistance

SHAPE = (1, 1, 2)


def flat_net() -> FeatureNet:
    """Features are the pixels themselves."""
    return FeatureNet("pixels", "", SHAPE, lambda pictures: np.pad(pictures.reshape(-1, 2), ((0, 0), (0, 62))))


def images(*places: tuple[int, int]) -> np.ndarray:
    return np.array(places, np.uint8).reshape(-1, *SHAPE)


def test_known_distances() -> None:
    """On a line at 0, 10, 20 and 40 the others are 10, 10, 10 and 20 away."""
    real = PictureDistance(flat_net(), images((0, 0), (10, 0), (20, 0), (40, 0)))
    assert real.unit == pytest.approx(10 / 255)
    assert real.references == pytest.approx([1, 1, 1, 2])
    found = real.of(images((0, 0), (0, 5), (45, 0), (70, 0)))
    assert found == pytest.approx([0, 0.5, 0.5, 3], abs=1e-5)
    assert real.farther(np.array([0.5, 1.5, 3.0, np.nan])) == pytest.approx([1, 0.25, 0, np.nan], nan_ok=True)


def test_real_pictures_are_like_real_ones() -> None:
    """Fresh draws of the same kind have the distances that the real ones have to each other."""
    rng = np.random.default_rng(0)
    pictures = rng.integers(0, 256, (3_000, 1, 28, 28), dtype=np.uint8)
    real = PictureDistance(feature_net_for((1, 28, 28)), pictures[:2_000])
    found = real.of(pictures[2_000:])
    assert np.median(found) == pytest.approx(1, abs=0.05)
    assert real.farther(found).mean() == pytest.approx(0.5, abs=0.05)
    assert real.of(np.zeros((1, 1, 28, 28), np.uint8))[0] > 2


def test_floats_are_as_good_as_bytes() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (50, 3, 8, 8), dtype=np.uint8)
    real = PictureDistance(feature_net_for((3, 8, 8)), pictures)
    assert real.of(pictures / np.float32(255)) == pytest.approx(real.of(pictures), abs=1e-3)


def test_subset_is_seeded_and_measured_in_pieces() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (700, *SHAPE), dtype=np.uint8)
    whole = PictureDistance(flat_net(), pictures, most=300)
    pieces = drained(PictureDistance.measured(flat_net(), pictures, most=300))
    assert whole.count == 300
    assert np.array_equal(whole.references, pieces.references)


def test_too_few_and_constant_images() -> None:
    assert "two images" in PictureDistance(flat_net(), images((0, 0))).reason
    same = PictureDistance(flat_net(), images((7, 7), (7, 7), (7, 7)))
    assert "same" in same.reason
    assert np.isnan(same.of(images((0, 0)))).all()


def test_copies_do_not_shrink_the_unit() -> None:
    real = PictureDistance(flat_net(), images(*[(0, 0)] * 6, (10, 0), (20, 0)))
    assert real.unit == pytest.approx(10 / 255)
