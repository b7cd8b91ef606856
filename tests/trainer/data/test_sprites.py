"""Sprites: area, centre of mass, symmetry and factors against closed forms; grid and random draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import DataError
from trainer.data.sprites import FACTORS, GRID_COUNT, PERIODS, SHAPES, drawn, grid, render_sprites
from trainer.metrics.mutual_information_gap import mutual_information_gap


def picture(shape: int, scale: float, orientation: float, x: float, y: float, size: int = 32) -> np.ndarray:
    """float64 (size, size) in [0, 1]."""
    return render_sprites(np.array([[shape, scale, orientation, x, y]]), size)[0, 0] / 255


def centre_of(image: np.ndarray) -> tuple[float, float]:
    """Centre of mass to the right of and above the picture's middle, in pixels."""
    places = np.arange(len(image)) + 0.5 - len(image) / 2
    return float(image.sum(0) @ places / image.sum()), float(-image.sum(1) @ places / image.sum())


@pytest.mark.parametrize("shape", range(3))
def test_area_and_centre_of_mass_are_those_of_the_factors(shape: int):
    generator = np.random.default_rng(shape)
    for _ in range(20):
        scale, turn = generator.uniform(6, 9), generator.random()
        x, y = generator.uniform(-8, 8), generator.uniform(-4, 4)
        image = picture(shape, scale, turn, x, y)
        assert image.sum() == pytest.approx(scale**2, rel=0.03)
        assert centre_of(image) == pytest.approx((x, y), abs=0.06)


@pytest.mark.parametrize("shape", range(3))
def test_a_shape_looks_the_same_after_its_own_turn_and_not_before(shape: int):
    first = picture(shape, 9, 0, 0, 0)
    quarter = 90 / PERIODS[shape]
    np.testing.assert_array_equal(picture(shape, 9, 1, 0, 0), first)
    # A quarter turn is exact on pixels: anticlockwise, for all of them.
    turned = picture(shape, 9, quarter % 1, 0, 0)
    assert np.abs(turned - np.rot90(first)).max() <= 2 / 16  # samples on the outline
    assert np.abs(turned - first).mean() < 0.001 if shape == 0 else np.abs(turned - first).mean() > 0.01
    for share in np.arange(1, 12) / 12:
        assert np.abs(picture(shape, 9, share, 0, 0) - first).mean() > 0.003


def test_pixels_agree_with_the_definition_sampled_one_by_one():
    scale, x, y = 8.0, 3.0, -2.0
    image = picture(1, scale, 1 / 6, x, y)  # an ellipse turned by 30°
    a, b = scale * np.sqrt(2 / np.pi), scale / np.sqrt(2 * np.pi)
    for row, column in [(18, 19), (15, 22), (16, 24), (20, 14), (19, 13), (0, 0), (21, 18)]:
        lit = 0
        for i in range(4):
            for j in range(4):
                right = column + (j + 0.5) / 4 - 16 - x
                up = 16 - row - (i + 0.5) / 4 - y
                along = np.cos(np.pi / 6) * right + np.sin(np.pi / 6) * up
                beside = np.cos(np.pi / 6) * up - np.sin(np.pi / 6) * right
                lit += (along / a) ** 2 + (beside / b) ** 2 <= 1
        assert image[row, column] == pytest.approx(lit / 16, abs=0.5 / 255)


def test_a_heart_is_a_square_on_its_corner_with_two_half_discs():
    heart = picture(2, 9, 0, 0, 0, size=128)
    np.testing.assert_array_equal(heart, heart[:, ::-1])  # upright: left and right are alike
    lit = np.argwhere(heart > 0.5)
    radius = 4 * 9 / np.sqrt(4 + np.pi)
    tall = radius * (1 + 1 / np.sqrt(2) + np.sqrt(2))  # from a half disc's top to the corner below
    wide = radius * (2 + np.sqrt(2))
    np.testing.assert_allclose(np.ptp(lit, axis=0) + 1, [tall, wide], atol=1.5)
    assert heart[lit[:, 0].min(), 64] == 0  # the notch above


def test_sprites_keep_inside_the_picture_and_grow_with_its_size():
    for shape in range(3):
        for x, y in ((-8, -4), (8, 4), (-8, 4), (8, -4)):
            images = render_sprites(np.array([[shape, 9, turn, x, y] for turn in np.arange(24) / 24]))[:, 0]
            np.testing.assert_allclose(images.sum((1, 2)) / 255, 81, rtol=0.03)  # nothing is cut off
    assert picture(2, 9, 0.1, 4, 2, size=64).sum() == pytest.approx(4 * 81, rel=0.02)
    assert centre_of(picture(2, 9, 0.1, 4, 2, size=64)) == pytest.approx((8, 4), abs=0.06)


def test_without_a_count_they_are_the_whole_grid():
    whole = grid()
    assert whole.shape == (GRID_COUNT, 5) == (22_032, 5)
    assert len(np.unique(whole, axis=0)) == GRID_COUNT
    np.testing.assert_allclose(np.corrcoef(whole.T), np.eye(5), atol=1e-9)
    assert np.ptp(whole[:, 3]) == 2 * np.ptp(whole[:, 4])
    # Orientation says nothing about the shape: its values are the same for each.
    turns = [set(whole[whole[:, 0] == shape, 2]) for shape in range(3)]
    assert turns[0] == turns[1] == turns[2]


def test_exact_factors_have_the_whole_gap_and_a_mixture_has_not():
    factors = grid()[np.random.default_rng(0).permutation(GRID_COUNT)[:4000]].astype(np.float32)
    assert mutual_information_gap(factors, factors).value > 0.9
    turned = factors @ np.linalg.qr(np.random.default_rng(1).normal(size=(5, 5)))[0]
    assert mutual_information_gap(turned.astype(np.float32), factors).value < 0.3


def test_with_a_count_they_are_seeded_draws_that_the_factors_render():
    data = registry.load(DataConfig(name="sprites", count=200, seed=3), Path())
    assert (data.count, data.train_count, data.shape) == (200, 180, (1, 32, 32))
    assert (data.factor_names, data.label_names) == (FACTORS, SHAPES)
    np.testing.assert_array_equal(data.labels, data.factors[:, 0])
    np.testing.assert_array_equal(data.images, render_sprites(drawn(200, 3)))
    # The factors as they are kept, rounded to 32 bits, give the same pictures but for samples on an outline.
    again = render_sprites(data.factors.astype(np.float64))
    assert (again != data.images).mean() < 1e-4
    low, high = data.factors.min(0), data.factors.max(0)
    assert (low >= [0, 6, 0, -8, -4]).all()
    assert (high <= [2, 9, 1, 8, 4]).all()
    assert registry.load(data.config, Path()).fingerprint == data.fingerprint
    assert registry.load(data.config.replace(seed=4), Path()).fingerprint != data.fingerprint
    coloured = registry.load(DataConfig(name="sprites", count=4, size=16, colour="colour"), Path())
    assert coloured.shape == (3, 16, 16)
    with pytest.raises(DataError, match=r"sprites of 256 x 256 pixels together needs .*TB"):
        registry.load(DataConfig(name="sprites", count=10**9, size=256), Path())
