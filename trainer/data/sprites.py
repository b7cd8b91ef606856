"""Sprites: one white shape on black with five exact generating factors that vary independently of each other.

A sprite of scale s is a square, an ellipse (axes 2 : 1) or a heart, each of area s² and with its centre of mass at
(x, y). The heart is a square on one corner with a half disc on each of its two upper sides. Lengths are in
32nds of the picture's side: pixels, if it is 32 x 32. Every picture is sampled 4 x 4 times per pixel.

Factors:
    shape: 0 square, 1 ellipse, 2 heart; also the class.
    scale: s in [6, 9].
    orientation: in [0, 1), the share of the turn after which the shape looks the same again (90° for the square,
        180° for the ellipse, 360° for the heart), anticlockwise. So no two values give the same picture, and
        its range does not depend on the shape.
    x: in [-8, 8], from the centre to the right.
    y: in [-4, 4], from the centre upwards: half the range of x.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataInfo, ImageData
from trainer.data.in_blocks import rendered
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.data.split import shuffled
from trainer.sentences import Sentence

TITLE = "Sprites"
SIZE = 32
SHAPES = ("square", "ellipse", "heart")
FACTORS = ("shape", "scale", "orientation", "x", "y")
#: Degrees after which each shape looks the same again.
PERIODS = (90.0, 180.0, 360.0)
#: Values of each factor on the grid.
GRID = (
    np.arange(3.0),
    np.linspace(6, 9, 4),
    np.arange(12) / 12,
    np.linspace(-8, 8, 17),
    np.linspace(-4, 4, 9),
)
GRID_COUNT = int(np.prod([len(values) for values in GRID]))
_SAMPLES = 4
#: No point of a shape is farther from its centre of mass than this many times its scale.
_REACH = 0.85


def grid() -> np.ndarray:
    """All combinations of `GRID`: float64 (22032, 5), the last factor varying fastest."""
    return np.stack([values.ravel() for values in np.meshgrid(*GRID, indexing="ij")], axis=1)


def drawn(count: int, seed: int) -> np.ndarray:
    """float64 (count, 5): factors drawn with `seed`, independently and uniformly from their whole ranges."""
    generator = np.random.default_rng(seed)
    factors = np.empty((count, len(FACTORS)))
    factors[:, 0] = generator.integers(len(SHAPES), size=count)
    for place, (low, high) in enumerate(((6, 9), (0, 1), (-8, 8), (-4, 4)), start=1):
        factors[:, place] = generator.uniform(low, high, count)
    return factors


def render_sprites(factors: np.ndarray, size: int = SIZE) -> np.ndarray:
    """Sprites with `factors` float64 (N, 5): uint8 (N, 1, size, size), row 0 at the top."""
    factors = np.asarray(factors, dtype=np.float64)
    images = np.zeros((len(factors), 1, size, size), np.uint8)
    for place, one in enumerate(factors):
        _render(one, images[place, 0])
    return images


def load_sprites(config: DataConfig, loading: Loading) -> ImageData:
    """The whole grid, or `config.count` random draws, in seeded order."""
    count, size = config.count or GRID_COUNT, config.size or SIZE
    channels = 3 if config.colour == "colour" else 1
    numbers = 14 * 8  # bytes per image: factors as drawn, in order and as stored, permutation
    check_memory(
        count * (numbers + 2 * channels * size * size), f"{count:,} sprites of {size} x {size} pixels together"
    )
    order = shuffled(count, config.seed) if config.count is None else None
    factors = grid()[order] if order is not None else drawn(count, config.seed)
    data = rendered(
        render_sprites,
        factors,
        size,
        config,
        loading,
        Sentence("Rendering sprites"),
        title=TITLE,
        names=FACTORS,
        order=order,
    )
    return replace(data, labels=factors[:, 0].astype(np.int64), label_names=SHAPES)


def _render(factors: np.ndarray, image: np.ndarray) -> None:
    """Draw one sprite into `image`, uint8 (size, size) of zeros; only pixels within its reach are sampled."""
    shape, scale, orientation, x, y = factors.tolist()
    size = len(image)
    unit = size / SIZE  # pixels per 32nd of the side
    column, row, reach = size / 2 + unit * x, size / 2 - unit * y, unit * _REACH * scale
    left, right = max(int(column - reach), 0), min(int(column + reach) + 1, size)
    top, bottom = max(int(row - reach), 0), min(int(row + reach) + 1, size)
    across = (_samples(left, right) - column) / (unit * scale)
    up = (row - _samples(top, bottom)[:, None]) / (unit * scale)
    angle = np.deg2rad(orientation * PERIODS[int(shape)])
    cos, sin = np.cos(angle), np.sin(angle)
    inside = _INSIDE[int(shape)](cos * across + sin * up, cos * up - sin * across)
    share = inside.reshape(bottom - top, _SAMPLES, right - left, _SAMPLES).mean(axis=(1, 3))
    image[top:bottom, left:right] = np.rint(255 * share)


def _samples(first: int, end: int) -> np.ndarray:
    """Places of the samples of the pixels from `first` to before `end`."""
    return first + (np.arange((end - first) * _SAMPLES) + 0.5) / _SAMPLES


def _in_square(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (np.abs(x) <= 0.5) & (np.abs(y) <= 0.5)


def _in_ellipse(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.pi * (x**2 / 2 + 2 * y**2) <= 1  # half axes √2/√π and 1/√(2π)


#: Heart of area 1: radius of its half discs, which is half the side of its square.
_ROUND = 1 / np.sqrt(4 + np.pi)
#: Height of its centre of mass above the centre of its square.
_ABOVE = np.pi * np.sqrt(2) * (0.5 + 2 / (3 * np.pi)) * _ROUND**3


def _in_heart(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    y = y + _ABOVE
    right, left = (y + x) / np.sqrt(2), (y - x) / np.sqrt(2)  # along the two upper sides' normals
    square = (np.abs(right) <= _ROUND) & (np.abs(left) <= _ROUND)
    discs = ((right - _ROUND) ** 2 + left**2 <= _ROUND**2) | ((left - _ROUND) ** 2 + right**2 <= _ROUND**2)
    return square | discs


_INSIDE = (_in_square, _in_ellipse, _in_heart)


def _info(_folder: Path) -> DataInfo:
    return DataInfo.rendered("sprites", TITLE, SIZE, GRID_COUNT, FACTORS)


SOURCES = (Source(name="sprites", load=load_sprites, info=_info),)
