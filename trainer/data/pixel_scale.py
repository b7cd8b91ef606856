"""Converts image arrays of the usual shapes and value ranges to uint8 (N, C, H, W).

Shapes: (N, H, W), (N, H, W, C) and (N, C, H, W) with one or three channels, and (N, D) with D a square number.
Values: one scale for the whole array, never per picture (`trainer.data.white_level`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.data.images import DataError
from trainer.data.npy_stream import ArrayFile
from trainer.data.white_level import PixelScale

_BLOCK = 2**22  # values per block
_MAX_SIDE = 512


@dataclass(frozen=True, slots=True)
class Layout:
    """How one row of an array forms a picture; `last`: the channels are the last axis."""

    channels: int
    height: int
    width: int
    last: bool

    @property
    def pixels(self) -> int:
        """Number of values in one picture."""
        return self.channels * self.height * self.width


def layout_of(shape: tuple[int, ...], where: str) -> Layout:
    """The layout of pictures in an array of `shape`. Raises `DataError` naming `where` if there is none."""
    found = _layout(shape)
    if found is None:
        raise DataError(
            "{array} has the shape {shape}; images are N x H x W, N x H x W x C or N x C x H x W with 1 or "
            "3 channels, or N x D with D a square number such as 784.",
            array=where,
            shape=shape,
        )
    if not (2 <= found.height <= _MAX_SIDE and 2 <= found.width <= _MAX_SIDE):
        raise DataError(
            "{array} holds images of {height} x {width} pixels; between 2 and {most} a side can be used.",
            array=where,
            height=found.height,
            width=found.width,
            most=_MAX_SIDE,
        )
    if shape[0] < 2:
        raise DataError("{array} holds one image only; at least two are needed.", array=where)
    return found


def is_pictures(array: ArrayFile) -> bool:
    """Whether the array can hold pictures by its dtype and shape."""
    found = _layout(array.shape) if array.dtype.kind in "buif" and array.shape[0] >= 2 else None
    return found is not None and 2 <= found.height <= _MAX_SIDE and 2 <= found.width <= _MAX_SIDE


def to_bytes(raw: np.ndarray, layout: Layout, scale: PixelScale) -> np.ndarray:
    """Convert `raw` (N, ...) to uint8 (N, C, H, W) with `scale`. A uint8 `raw` is changed in place."""
    rows = len(raw)
    if layout.last:
        planes = raw.reshape(rows, layout.height, layout.width, layout.channels).transpose(0, 3, 1, 2)
    else:
        planes = raw.reshape(rows, layout.channels, layout.height, layout.width)
    if raw.dtype == np.uint8:
        if scale.white != 255:
            greys = scale.to_bytes(np.arange(256, dtype=np.uint8))
            for block in _blocks(raw):
                block[...] = greys[block]
        return np.ascontiguousarray(planes)
    out = np.empty(planes.shape, np.uint8)
    step = max(1, _BLOCK // layout.pixels)
    for start in range(0, rows, step):
        out[start : start + step] = scale.to_bytes(planes[start : start + step])
    return out


def _layout(shape: tuple[int, ...]) -> Layout | None:
    if len(shape) == 2:
        side = math.isqrt(shape[1])
        return Layout(1, side, side, False) if side * side == shape[1] else None
    if len(shape) == 3:
        # A single colour picture H x W x 3 would otherwise be read as H pictures three pixels wide.
        return None if shape[2] in (1, 3, 4) and shape[1] > 4 else Layout(1, shape[1], shape[2], False)
    if len(shape) != 4:
        return None
    _, first, middle, last = shape
    if last in (1, 3) and not (first in (1, 3) and middle == last):
        return Layout(last, first, middle, True)
    return Layout(first, middle, last, False) if first in (1, 3) else None


def value_range(raw: np.ndarray) -> tuple[float, float]:
    """Lowest and highest value of a bool or numeric array; NaN if any value is NaN."""
    ranges = [(float(block.min()), float(block.max())) for block in _blocks(raw)]
    lows, highs = np.array(ranges).T
    return float(lows.min()), float(highs.max())


def _blocks(raw: np.ndarray) -> Iterator[np.ndarray]:
    step = max(1, _BLOCK // max(1, math.prod(raw.shape[1:])))
    for start in range(0, len(raw), step):
        yield raw[start : start + step]
