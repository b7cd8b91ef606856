"""Moons: discs lit up to a known phase, the simplest data with one exact generating factor.

On 28 x 28 pixels a moon is a disc of radius 10 around the centre, lit where x >= w(y) (1 - 2 f) with
w(y) = sqrt(10² - y²) the half width of the disc at height y, with 4 x 4 samples per pixel. Every row is lit over
the share f of its width, so the disc is lit over the share f of its area: f = 0 is a new, 1/2 a half, 3/4 a
gibbous, 1 a full moon. The mean squared difference between the average of half and full moon and the true 3/4 moon
is 0.0445.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataInfo, ImageData
from trainer.data.in_blocks import rendered
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.data.split import shuffled
from trainer.sentences import Sentence

TITLE = "Moons"
SIZE = 28
DEFAULT_COUNT = 2000
FACTOR = "lit fraction"
_RADIUS = 10 / 28  # share of the image side
_SAMPLES = 4
_BLOCK = 256


def render_moon(fraction: float, size: int = SIZE) -> np.ndarray:
    """One moon with lit fraction `fraction` in [0, 1]: float64 (size, size) in [0, 1], row 0 at the top."""
    return _render(np.array([fraction], dtype=np.float64), size)[0]


def render_moons(fractions: np.ndarray, size: int = SIZE) -> np.ndarray:
    """Moons for `fractions` (N,) in [0, 1]: uint8 (N, 1, size, size), in that order."""
    fractions = np.asarray(fractions, dtype=np.float64)
    images = np.empty((len(fractions), 1, size, size), np.uint8)
    for start in range(0, len(fractions), _BLOCK):
        block = _render(fractions[start : start + _BLOCK], size)
        images[start : start + _BLOCK, 0] = np.rint(block * 255)
    return images


def evenly_spaced(count: int, first: float = 0.0, last: float = 1.0) -> np.ndarray:
    """float64 (count,): evenly spaced lit fractions from `first` to `last`."""
    return np.linspace(first, last, count)


def random_fractions(count: int, seed: int) -> np.ndarray:
    """float64 (count,): lit fractions drawn uniformly from [0, 1) with `seed`."""
    return np.random.default_rng(seed).random(count)


def moons_from(fractions: np.ndarray, config: DataConfig) -> ImageData:
    """Moons with lit `fractions` (N,), N >= 2, and `config`'s size, split and seed."""
    fractions = np.asarray(fractions, dtype=np.float64)
    return _moons(fractions, config, Loading(folder=Path()))


def load_moons(config: DataConfig, loading: Loading) -> ImageData:
    """`config.count` moons (default 2,000) of evenly spaced phases from new to full, in seeded order."""
    count = config.count or DEFAULT_COUNT
    _check_room(count, config)  # before even the fractions are allocated
    return _moons(evenly_spaced(count), config, loading)


def _check_room(count: int, config: DataConfig) -> None:
    size = config.size or SIZE
    channels = 3 if config.colour == "colour" else 1
    phases = 4 * 8  # bytes per image: fractions, permutation, permuted fractions, factor
    check_memory(
        count * (phases + 2 * channels * size * size), f"{count:,} moons of {size} x {size} pixels together"
    )


def _moons(fractions: np.ndarray, config: DataConfig, loading: Loading) -> ImageData:
    count = len(fractions)
    size = config.size or SIZE
    _check_room(count, config)
    order = shuffled(count, config.seed)
    ordered = fractions[order]
    return rendered(
        render_moons,
        ordered,
        size,
        config,
        loading,
        Sentence("Rendering moons"),
        title=TITLE,
        names=(FACTOR,),
        order=order,
    )


def _render(fractions: np.ndarray, size: int) -> np.ndarray:
    """float64 (N, size, size): the lit share of each pixel's samples."""
    centres = (np.arange(size * _SAMPLES) + 0.5) / _SAMPLES - size / 2
    y, x = centres[:, None], centres[None, :]
    radius = _RADIUS * size
    half_width = np.sqrt(np.maximum(radius**2 - y**2, 0.0))
    disc = x**2 + y**2 <= radius**2
    lit = disc & (x >= half_width * (1 - 2 * fractions[:, None, None]))
    return lit.reshape(len(fractions), size, _SAMPLES, size, _SAMPLES).mean(axis=(2, 4))


def _info(_folder: Path) -> DataInfo:
    return DataInfo.rendered("moons", TITLE, SIZE, DEFAULT_COUNT, (FACTOR,))


SOURCES = (Source(name="moons", load=load_moons, info=_info),)
