"""Lines: one line from the centre at any angle, data with one periodic factor (Berthelot et al. 2019).

On 32 x 32 pixels a line is a strip 2 wide and 15 long that begins in the centre. Its angle is drawn uniformly from
[0, 2π): 0 points right, π/2 up. A pixel is as bright as the share of its 4 x 4 samples that lie in the strip.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataInfo, ImageData
from trainer.data.in_blocks import rendered
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.sentences import Sentence

TITLE = "Lines"
SIZE = 32
DEFAULT_COUNT = 10_000
FACTOR = "angle"
#: Length and half the width, as shares of the image side.
_LENGTH, _HALF_WIDTH = 15 / 32, 1 / 32
_SAMPLES = 4


def render_line(angle: float, size: int = SIZE) -> np.ndarray:
    """One line at `angle` in radians: float64 (size, size) in [0, 1], row 0 at the top."""
    return _lit_samples(angle, size) / _SAMPLES**2


def render_lines(angles: np.ndarray, size: int = SIZE) -> np.ndarray:
    """Lines at `angles` (N,) in radians: uint8 (N, 1, size, size), in that order."""
    images = np.empty((len(angles), 1, size, size), np.uint8)
    for image, angle in zip(images, np.asarray(angles, np.float64).tolist(), strict=True):
        image[0] = np.rint(_lit_samples(angle, size) * (255 / _SAMPLES**2))
    return images


def load_lines(config: DataConfig, loading: Loading) -> ImageData:
    """`config.count` lines (default 10,000), their angles drawn independently with `config.seed`."""
    count, size = config.count or DEFAULT_COUNT, config.size or SIZE
    channels = 3 if config.colour == "colour" else 1
    angles_bytes = 8 + 4  # per image: as drawn, and as factor
    check_memory(
        count * (angles_bytes + 2 * channels * size * size),
        Sentence("{count:,} lines of {size} x {size} pixels together", count=count, size=size),
    )
    # Rounded as they are stored, so that an image is exactly that of its factor.
    angles = (np.random.default_rng(config.seed).random(count) * (2 * math.pi)).astype(np.float32)
    return rendered(
        render_lines, angles, size, config, loading, Sentence("Rendering lines"), title=TITLE, names=(FACTOR,)
    )


def _lit_samples(angle: float, size: int) -> np.ndarray:
    """How many of the samples of each pixel lie in the strip: uint8 (size, size), 0 to 16."""
    across = (np.arange(size * _SAMPLES) + 0.5) / _SAMPLES - size / 2
    x, y = across[None, :], -across[:, None]
    along = x * math.cos(angle) + y * math.sin(angle)
    aside = y * math.cos(angle) - x * math.sin(angle)
    lit = (along >= 0) & (along <= _LENGTH * size) & (np.abs(aside) <= _HALF_WIDTH * size)
    samples = lit.view(np.uint8).reshape(size, _SAMPLES, size, _SAMPLES)
    # Rows first: several times as fast as both at once.
    return samples.sum(axis=1, dtype=np.uint8).sum(axis=2, dtype=np.uint8)


def _info(_folder: Path) -> DataInfo:
    return DataInfo.rendered("lines", TITLE, SIZE, DEFAULT_COUNT, (FACTOR,))


SOURCES = (Source(name="lines", load=load_lines, info=_info),)
