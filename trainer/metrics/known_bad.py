"""Pictures known not to belong to a data set, which a useful test of pictures must detect. Torch-free.

Four kinds, made from real images uint8 (n, C, H, W): *fade*, the mean of two images, like the output of a decoder
between two codes; *mean*, that of many images, like the output of a decoder that ignores its code; *noise*, grey
noise with the images' brightness and contrast; *foreign*, images of another data set.
"""

from __future__ import annotations

import numpy as np

from trainer.data.moons import render_moons

KINDS = ("fade", "mean", "noise", "foreign")
#: Number of images averaged for a mean image: minimum, maximum, and as a share of all images.
_LEAST, _MOST, _SHARE = 20, 100, 0.1
#: Values that brightness and contrast are measured on.
_VALUES = 1_000_000


def pictures(
    kind: str, images: np.ndarray, count: int, rng: np.random.Generator, gratings: bool = False
) -> np.ndarray:
    """`count` pictures of one of `KINDS`, uint8; `gratings`: foreign ones are gratings instead of moons."""
    if kind == "foreign":
        return foreign(images.shape[1:], count, rng, gratings=gratings)
    return {"fade": fades, "mean": means, "noise": noise}[kind](images, count, rng)


def fades(images: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` means of two different images, uint8."""
    first = rng.integers(0, len(images), count)
    second = (first + rng.integers(1, len(images), count)) % len(images)
    total = images[first].astype(np.uint16)
    total += images[second]
    total += rng.integers(0, 2, (count, 1, 1, 1), dtype=np.uint16)  # halves are rounded down or up
    return (total // 2).astype(np.uint8)


def means(images: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` means of many images, uint8."""
    size = min(len(images), _MOST, max(_LEAST, round(_SHARE * len(images))))
    chosen = (rng.choice(len(images), size, replace=False) for _ in range(count))
    return np.rint([images[rows].mean(axis=0, dtype=np.float64) for rows in chosen]).astype(np.uint8)


def noise(images: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` pictures of independent normal grey levels, the same in all channels, uint8."""
    _, channels, height, width = images.shape
    some = images[: max(1, _VALUES // (channels * height * width))]  # images come in random order
    drawn = rng.normal(some.mean(dtype=np.float64), some.std(dtype=np.float64), (count, 1, height, width))
    return np.repeat(np.rint(np.clip(drawn, 0, 255)).astype(np.uint8), channels, axis=1)


def foreign(shape: tuple[int, ...], count: int, rng: np.random.Generator, *, gratings: bool) -> np.ndarray:
    """`count` pictures of another data set, uint8 (count, *shape): rendered moons, or sine gratings."""
    channels, height, width = shape
    if gratings:
        return np.repeat(_gratings(height, width, count, rng), channels, axis=1)
    side = max(height, width)
    rows, columns = (side - height) // 2, (side - width) // 2
    moons = render_moons(rng.random(count), side)[:, :, rows : rows + height, columns : columns + width]
    return np.repeat(moons, channels, axis=1)


def _gratings(height: int, width: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Sine gratings with two to six periods per picture, in any direction."""
    angle, phase = rng.uniform(0, np.pi, (count, 1, 1)), rng.uniform(0, 2 * np.pi, (count, 1, 1))
    turns = 2 * np.pi * rng.uniform(2, 6, (count, 1, 1)) / max(height, width)
    down, across = np.mgrid[:height, :width]
    wave = np.sin(turns * (np.cos(angle) * across + np.sin(angle) * down) + phase)
    return np.rint(127.5 + 127.5 * wave).astype(np.uint8)[:, None]
