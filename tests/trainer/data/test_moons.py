"""Moons: the exact generating factor, and the error of the cross-fade between half and full moon."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError
from trainer.data.memory import check_memory
from trainer.data.moons import (
    DEFAULT_COUNT,
    evenly_spaced,
    moons_from,
    random_fractions,
    render_moon,
    render_moons,
)


def test_half_full_cross_fade_misses_the_three_quarter_moon_by_0445():
    cross_fade = (render_moon(0.5) + render_moon(1.0)) / 2
    assert np.mean((cross_fade - render_moon(0.75)) ** 2) == pytest.approx(0.0445, abs=5e-5)


@pytest.mark.parametrize("fraction", np.linspace(0, 1, 21))
def test_lit_area_is_the_fraction_of_the_disc(fraction: float):
    full = render_moon(1.0)
    assert full.sum() == pytest.approx(np.pi * 100, rel=0.01)
    assert render_moon(fraction).sum() / full.sum() == pytest.approx(fraction, abs=0.012)


def test_pixels_agree_with_the_definition_sampled_one_by_one():
    fraction = 0.3
    image = render_moon(fraction)
    for row, column in [(4, 14), (10, 17), (13, 20), (14, 22), (20, 16), (0, 0), (14, 5)]:
        lit = 0
        for i in range(4):
            for j in range(4):
                y, x = row + (i + 0.5) / 4 - 14, column + (j + 0.5) / 4 - 14
                inside = x * x + y * y <= 100
                lit += inside and x >= np.sqrt(max(100 - y * y, 0)) * (1 - 2 * fraction)
        assert image[row, column] == lit / 16


def test_extremes_and_symmetry():
    assert render_moon(0).sum() <= 1  # at most samples on the limb
    np.testing.assert_array_equal(render_moon(0.4), render_moon(0.4)[::-1])
    assert render_moon(0.5)[:, :14].sum() == 0
    assert render_moon(0.7, 64).shape == (64, 64)
    assert render_moon(1.0, 56).sum() == pytest.approx(4 * render_moon(1.0).sum(), rel=0.01)


def test_registry_data_is_the_render_of_its_own_factors():
    data = registry.load(DataConfig(name="moons", count=300, seed=3), Path())
    assert data.factor_names == ("lit fraction",)
    assert data.factors.dtype == np.float32
    np.testing.assert_allclose(np.sort(data.factors[:, 0]), np.linspace(0, 1, 300), atol=1e-7)
    again = render_moons(evenly_spaced(300)[np.random.default_rng(3).permutation(300)])
    np.testing.assert_array_equal(data.images, again)
    assert data.train_count == 270
    assert registry.load(DataConfig(name="moons"), Path()).count == DEFAULT_COUNT


def test_own_phases():
    nine = moons_from(evenly_spaced(9, 0.5, 1.0), DataConfig(name="moons"))
    assert nine.count == 9
    assert nine.factors.min() == 0.5
    random = random_fractions(50, seed=1)
    np.testing.assert_array_equal(random, random_fractions(50, seed=1))
    assert moons_from(random, DataConfig(name="moons", size=32, colour="colour")).shape == (3, 32, 32)


def test_too_many_moons_are_refused_before_they_are_made():
    with pytest.raises(DataError, match=r"moons of 256 x 256 pixels together needs .*TB of memory"):
        registry.load(DataConfig(name="moons", count=10**9, size=256), Path())


def test_memory_sentence_names_the_thing_and_the_sizes():
    check_memory(1000, "This")
    with pytest.raises(DataError, match=r"This needs 1\.0 TB of memory and only .* are free; choose fewer"):
        check_memory(10**12, "This")
