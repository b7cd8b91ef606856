"""Dots: pictures of one soft dot whose centre is drawn from a line, a disc, a ring or three islands.

So the data have a known shape that a map of two-dimensional codes can be compared with. The centre (x, y)
is 8 x right of and 8 y above the middle of the picture, in 32nds of its side (pixels, if it is 32 x 32). At
distance r a pixel's centre has brightness exp(-r²/2·3²): the dot's sum is 18 π such squares, its centre of mass
its centre, apart from the small part that the border cuts off.

Shapes, each with uniform density:
    line: (√3/2 t, t/2) with t in [-1, 1], tilted by 30°.
    disc: x² + y² <= 1.
    ring: x² + y² = 1.
    islands: three discs of unequal size, `ISLANDS`, that do not touch: an irregular cloud with gaps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataInfo, ImageData
from trainer.data.in_blocks import rendered
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.sentences import Sentence

SIZE = 32
DEFAULT_COUNT = 2000
FACTORS = ("x", "y")
#: Pixels of a 32 x 32 picture per unit of a centre, and the dot's standard deviation.
RADIUS, SPREAD = 8.0, 3.0
#: (x, y, radius) of each island. Images are spread over them in proportion to their areas.
ISLANDS = ((-0.45, 0.3, 0.5), (0.6, 0.55, 0.3), (0.3, -0.7, 0.2))


def line(count: int, generator: np.random.Generator) -> np.ndarray:
    """float64 (count, 2): centres on the line."""
    return generator.uniform(-1, 1, (count, 1)) * [np.sqrt(3) / 2, 0.5]


def disc(count: int, generator: np.random.Generator) -> np.ndarray:
    """float64 (count, 2): centres in the disc."""
    return ring(count, generator) * np.sqrt(generator.random((count, 1)))


def ring(count: int, generator: np.random.Generator) -> np.ndarray:
    """float64 (count, 2): centres on the ring."""
    angle = generator.uniform(0, 2 * np.pi, count)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def islands(count: int, generator: np.random.Generator) -> np.ndarray:
    """float64 (count, 2): centres on the islands."""
    found = np.array(ISLANDS)
    area = found[:, 2] ** 2
    chosen = found[generator.choice(len(found), size=count, p=area / area.sum())]
    return chosen[:, :2] + chosen[:, 2:] * disc(count, generator)


def render_dots(centres: np.ndarray, size: int = SIZE) -> np.ndarray:
    """Dots with `centres` float64 (N, 2): uint8 (N, 1, size, size), row 0 at the top."""
    places = (np.arange(size) + 0.5) * (SIZE / size) - SIZE / 2
    right, up = RADIUS * np.asarray(centres, dtype=np.float64).T[..., None]
    across = np.exp(-((places - right) ** 2) / (2 * SPREAD**2))
    down = np.exp(-((places + up) ** 2) / (2 * SPREAD**2))
    return np.rint(255 * down[:, None, :, None] * across[:, None, None, :]).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Cloud:
    """One of the data sets: its registry name, title, and the distribution of centres."""

    name: str
    title: str
    centres: Callable[[int, np.random.Generator], np.ndarray]


CLOUDS = (
    Cloud("dots-line", "Dots on a line", line),
    Cloud("dots-disc", "Dots in a disc", disc),
    Cloud("dots-ring", "Dots on a ring", ring),
    Cloud("dots-islands", "Dots on islands", islands),
)


def load_dots(cloud: Cloud, config: DataConfig, loading: Loading) -> ImageData:
    """`config.count` dots (default 2,000) of `cloud`, drawn with `config.seed`."""
    count, size = config.count or DEFAULT_COUNT, config.size or SIZE
    channels = 3 if config.colour == "colour" else 1
    numbers = 8 * 8  # bytes per image: what is drawn, centres, factors
    check_memory(
        count * (numbers + 2 * channels * size * size), f"{count:,} dots of {size} x {size} pixels together"
    )
    centres = cloud.centres(count, np.random.default_rng(config.seed))
    return rendered(
        render_dots, centres, size, config, loading, Sentence("Rendering dots"), title=cloud.title, names=FACTORS
    )


def _info(cloud: Cloud, _folder: Path) -> DataInfo:
    return DataInfo.rendered(cloud.name, cloud.title, SIZE, DEFAULT_COUNT, FACTORS)


SOURCES = tuple(
    Source(name=cloud.name, load=partial(load_dots, cloud), info=partial(_info, cloud)) for cloud in CLOUDS
)
