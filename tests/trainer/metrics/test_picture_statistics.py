"""Statistics of pictures: against plain arithmetic, and what they do not depend on."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.metrics.picture_statistics import picture_statistics


@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 32, 32), (1, 28, 28), (3, 5, 9), (1, 1, 2)])
def test_each_picture_is_independent_of_the_others(shape: tuple[int, int, int]) -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (9, *shape), np.uint8)
    together = picture_statistics(pictures)
    assert together.dtype == np.float32
    assert np.isfinite(together).all()
    assert together == pytest.approx(np.concatenate([picture_statistics(one[None]) for one in pictures]), abs=1e-5)
    assert picture_statistics(np.zeros((1, *shape), np.uint8)).shape == (1, together.shape[1])


def test_quantiles_and_mean_squares_of_the_first_resolution() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (1, 1, 16, 12), np.uint8)
    found = picture_statistics(picture)[0]
    unit = picture[0, 0] / 255
    levels = np.sort(unit.ravel())
    assert found[[0, 5]] == pytest.approx(levels[[0, 96]], abs=1e-6)
    assert found[11] == pytest.approx(((unit > 0.2) & (unit < 0.8)).mean())
    steps = np.concatenate([np.diff(unit, axis=0).ravel(), np.diff(unit, axis=1).ravel()])
    curved = 4 * unit[1:-1, 1:-1] - unit[:-2, 1:-1] - unit[2:, 1:-1] - unit[1:-1, :-2] - unit[1:-1, 2:]
    median = np.sort(np.abs(steps))[len(steps) // 2]
    assert found[15 + 5] == pytest.approx(np.log(median + 1 / 255), rel=1e-4)
    squares = np.array([(steps**2).mean(), (curved**2).mean(), unit.var()])
    assert found[37:40] == pytest.approx(np.log(squares + 1e-4), rel=1e-3)


def test_full_contrast_does_not_overflow() -> None:
    board = np.indices((32, 32)).sum(axis=0) % 2 * 255
    for channels in (1, 3):
        pictures = np.broadcast_to(board.astype(np.uint8), (1, channels, 32, 32))
        blocks = pictures.repeat(4, axis=2)[:, :, :32].repeat(4, axis=3)[..., :32]
        for one in (pictures, blocks):
            assert picture_statistics(one).max() < np.log(17)  # mean square of a Laplacian of 4 at most
