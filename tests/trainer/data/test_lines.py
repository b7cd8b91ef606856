"""Lines: the definition pixel by pixel, symmetry, seeded uniform angles."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError
from trainer.data.lines import DEFAULT_COUNT, load_lines, render_line, render_lines
from trainer.data.loading import Loading
from trainer.progress import CancelledError


@pytest.mark.parametrize("angle", np.linspace(0, 2 * np.pi, 13)[:-1] + 0.1)
def test_a_line_has_the_area_of_a_strip_2_wide_and_15_long(angle: float):
    assert render_line(angle).sum() == pytest.approx(30, rel=0.02)
    rows, columns = np.mgrid[:32, :32] - 15.5
    middle = [(render_line(angle) * axis).sum() / render_line(angle).sum() for axis in (columns, -rows)]
    np.testing.assert_allclose(middle, 7.5 * np.array([math.cos(angle), math.sin(angle)]), atol=0.15)


def test_lines_along_the_axes_are_exact():
    right = np.zeros((32, 32))
    right[15:17, 16:31] = 1
    np.testing.assert_array_equal(render_line(0), right)
    np.testing.assert_array_equal(render_line(np.pi / 2), np.rot90(right))  # anticlockwise: up
    np.testing.assert_array_equal(render_line(0, 64), np.kron(right, np.ones((2, 2))))


def test_pixels_agree_with_the_definition_sampled_one_by_one():
    angle = 0.7
    image = render_line(angle)
    for row, column in [(15, 16), (16, 16), (15, 15), (10, 22), (9, 23), (6, 27), (5, 27), (20, 10), (12, 18)]:
        lit = 0
        for i in range(4):
            for j in range(4):
                x, y = column + (j + 0.5) / 4 - 16, 16 - row - (i + 0.5) / 4
                along, aside = (
                    x * math.cos(angle) + y * math.sin(angle),
                    y * math.cos(angle) - x * math.sin(angle),
                )
                lit += 0 <= along <= 15 and abs(aside) <= 1
        assert image[row, column] == lit / 16


def test_registry_data_are_the_renders_of_their_own_factors():
    config = DataConfig(name="lines", count=300, seed=3, size=16)
    data = registry.load(config, Path())
    assert (data.shape, data.factor_names, data.train_count) == ((1, 16, 16), ("angle",), 270)
    assert data.factors.dtype == np.float32
    np.testing.assert_array_equal(data.images, render_lines(data.factors[:, 0], 16))
    np.testing.assert_array_equal(data.images, registry.load(config, Path()).images)
    assert not np.array_equal(data.factors, registry.load(config.replace(seed=4), Path()).factors)
    coloured = registry.load(config.replace(colour="colour"), Path())
    np.testing.assert_array_equal(coloured.images, np.repeat(data.images, 3, axis=1))


def test_angles_are_uniform_over_the_whole_turn():
    data = registry.load(DataConfig(name="lines", size=8), Path())
    assert data.count == DEFAULT_COUNT
    counts, _ = np.histogram(data.factors, 10, (0, 2 * np.pi))
    assert counts.sum() == DEFAULT_COUNT
    assert ((counts - 1000) ** 2 / 1000).sum() < 27.9  # χ² with 9 degrees of freedom exceeds it in .1 % of cases


def test_rendering_is_stopped_and_what_does_not_fit_is_refused():
    with pytest.raises(CancelledError):
        load_lines(DataConfig(name="lines"), Loading(folder=Path(), cancelled=lambda: True))
    with pytest.raises(DataError, match=r"lines of 256 x 256 pixels together needs .*TB of memory"):
        registry.load(DataConfig(name="lines", count=10**9, size=256), Path())
