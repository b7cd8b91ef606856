"""Sharpness by hand and beside SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import laplace

from trainer.metrics.sharpness import laplacian_variance, mid_grey_share


def test_a_single_bright_pixel():
    picture = np.zeros((1, 1, 5, 5), np.float32)
    picture[0, 0, 2, 2] = 1
    # Inside: 4 once, -1 four times, 0 four times.
    assert laplacian_variance(picture) == pytest.approx([(16 + 4) / 9])
    assert mid_grey_share(picture) == pytest.approx([0])


def test_scipys_laplacian_of_the_mean_of_the_channels():
    pictures = np.random.default_rng(0).random((3, 3, 9, 7), np.float32)
    expected = [laplace(one.mean(axis=0).astype(float))[1:-1, 1:-1].var() for one in pictures]
    assert laplacian_variance(pictures) == pytest.approx(expected, rel=1e-5)
    assert mid_grey_share(pictures) == pytest.approx(((pictures > 0.2) & (pictures < 0.8)).mean(axis=(1, 2, 3)))


def test_a_blurred_picture_is_less_sharp_and_a_flat_one_not_at_all():
    sharp = np.random.default_rng(0).integers(0, 2, (1, 1, 16, 16)).astype(np.float32)
    blurred = (sharp + np.roll(sharp, 1, 2) + np.roll(sharp, 1, 3)) / 3
    assert laplacian_variance(blurred)[0] < laplacian_variance(sharp)[0] / 2
    assert mid_grey_share(sharp) == 0 < mid_grey_share(blurred)
    assert laplacian_variance(np.full((1, 3, 4, 4), 0.5, np.float32)) == 0
    assert laplacian_variance(np.zeros((1, 1, 2, 9), np.float32)) is None
