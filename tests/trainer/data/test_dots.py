"""Dots: sum, centre of mass and likeness of pictures in closed form; the four distributions of their centres."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.dots import CLOUDS, ISLANDS, RADIUS, SPREAD, disc, islands, line, render_dots, ring
from trainer.data.images import DataError

NAMES = [cloud.name for cloud in CLOUDS]


def test_sum_and_centre_of_mass():
    generator = np.random.default_rng(0)
    for centre in disc(20, generator) * 0.6:  # far enough from the border for nothing to be cut off
        image = render_dots(centre[None])[0, 0] / 255
        places = np.arange(32) + 0.5 - 16
        assert image.sum() == pytest.approx(2 * np.pi * SPREAD**2, rel=0.005)
        found = (image.sum(0) @ places / image.sum(), -image.sum(1) @ places / image.sum())
        assert found == pytest.approx(tuple(RADIUS * centre), abs=0.05)


def test_pixels_agree_with_the_definition():
    image = render_dots(np.array([[0.25, -0.5]]))[0, 0]  # centred at column 18 and row 20 of the corners
    for row, column in [(20, 18), (19, 17), (25, 10), (0, 0), (31, 31)]:
        squared = (column + 0.5 - 18) ** 2 + (row + 0.5 - 20) ** 2
        assert image[row, column] == round(255 * np.exp(-squared / 18))


def test_likeness_of_two_pictures_falls_with_the_distance_of_their_centres():
    """The products of two dots' pixels sum to π s² exp(-d²/4 s²)."""
    one, other = render_dots(np.array([[-0.3, 0.1], [0.2, -0.2]]))[:, 0] / 255
    squared = RADIUS**2 * (0.5**2 + 0.3**2)
    assert (one * other).sum() == pytest.approx(np.pi * SPREAD**2 * np.exp(-squared / (4 * SPREAD**2)), rel=0.01)


def test_the_picture_grows_with_its_size():
    small, large = render_dots(np.array([[0.5, 0.2]]), 32), render_dots(np.array([[0.5, 0.2]]), 64)
    assert large.sum() == pytest.approx(4.0 * small.sum(), rel=0.01)
    assert np.unravel_index(large.argmax(), (64, 64)) in [(31 - 3, 39), (28, 40)]


def test_the_line_is_evenly_filled_and_has_no_width():
    centres = line(4000, np.random.default_rng(1))
    np.testing.assert_allclose(centres[:, 1] * np.sqrt(3), centres[:, 0], atol=1e-12)
    assert stats.kstest(centres[:, 1], stats.uniform(-0.5, 1).cdf).pvalue > 1e-3


def test_the_disc_has_uniform_density():
    centres = disc(4000, np.random.default_rng(2))
    assert stats.kstest((centres**2).sum(1), stats.uniform.cdf).pvalue > 1e-3  # area within a radius
    assert stats.kstest(np.arctan2(*centres.T), stats.uniform(-np.pi, 2 * np.pi).cdf).pvalue > 1e-3


def test_the_ring_has_one_radius():
    centres = ring(4000, np.random.default_rng(3))
    np.testing.assert_allclose(np.hypot(*centres.T), 1)
    assert stats.kstest(np.arctan2(*centres.T), stats.uniform(-np.pi, 2 * np.pi).cdf).pvalue > 1e-3


def test_islands_do_not_touch_and_hold_images_by_area():
    places = np.array(ISLANDS)
    apart = np.hypot(*(places[:, None, :2] - places[None, :, :2]).transpose(2, 0, 1))
    gap = apart - places[:, None, 2] - places[None, :, 2]
    assert gap[~np.eye(3, dtype=bool)].min() > 0.2
    assert (np.hypot(places[:, 0], places[:, 1]) + places[:, 2]).max() <= 1.15
    centres = islands(6000, np.random.default_rng(4))
    inside = np.hypot(*(centres[:, None] - places[None, :, :2]).transpose(2, 0, 1)) <= places[:, 2]
    assert (inside.sum(1) == 1).all()
    area = places[:, 2] ** 2
    assert stats.chisquare(inside.sum(0), 6000 * area / area.sum()).pvalue > 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_loaded_pictures_are_those_of_their_factors(name: str):
    data = registry.load(DataConfig(name=name, count=100, seed=5), Path())
    assert (data.count, data.train_count, data.shape) == (100, 90, (1, 32, 32))
    assert data.factor_names == ("x", "y")
    again = render_dots(data.factors)
    assert np.abs(again.astype(int) - data.images).max() <= 1
    assert registry.load(data.config, Path()).fingerprint == data.fingerprint
    assert registry.load(data.config.replace(seed=6), Path()).fingerprint != data.fingerprint
    coloured = registry.load(DataConfig(name=name, count=4, size=16, colour="colour"), Path())
    assert coloured.shape == (3, 16, 16)
    assert registry.load(DataConfig(name=name), Path()).count == 2000
    with pytest.raises(DataError, match=r"dots of 256 x 256 pixels together needs .*TB"):
        registry.load(DataConfig(name=name, count=10**9, size=256), Path())
