"""From the shapes and values that people save images in to uint8 (N, C, H, W).

Shapes: (N, H, W), (N, H, W, C), (N, C, H, W) with one or three channels, and (N, D) with D a square number.

Values, by what the whole array holds and never by one picture:

- bool: black and white;
- integers up to 1: black and white; up to 255: as they are; uint16 beyond 255: 16-bit, 65535 is white;
- floats: 0 to 1, or 0 to 255 if anything exceeds 1. Negative, larger and non-finite values are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.data.images import DataError

_BLOCK = 2**22  # values at a time
_MAX_SIDE = 512


@dataclass(frozen=True, slots=True)
class Layout:
    """How one row of an array is a picture; `last` tells that the channels come last."""

    channels: int
    height: int
    width: int
    last: bool

    @property
    def pixels(self) -> int:
        """Values in one picture."""
        return self.channels * self.height * self.width


def layout_of(shape: tuple[int, ...], where: str) -> Layout:
    """How an array of `shape` holds pictures. Raises `DataError` naming `where` if it does not."""
    found = _layout(shape)
    if found is None:
        raise DataError(
            f"{where} has the shape {shape}; images are N x H x W, N x H x W x C or N x C x H x W with 1 or 3 "
            "channels, or N x D with D a square number such as 784."
        )
    if not (2 <= found.height <= _MAX_SIDE and 2 <= found.width <= _MAX_SIDE):
        raise DataError(
            f"{where} holds images of {found.height} x {found.width} pixels; between 2 and {_MAX_SIDE} a side can "
            "be used."
        )
    if shape[0] < 2:
        raise DataError(f"{where} holds one image only; at least two are needed.")
    return found


def to_bytes(raw: np.ndarray, layout: Layout, where: str) -> np.ndarray:
    """`raw` (N, ...) as uint8 (N, C, H, W) by the rule above. A uint8 `raw` is changed in place.

    Raises `DataError` naming `where` for values outside the rule.
    """
    scale = _scale(raw, where)
    rows = len(raw)
    if layout.last:
        planes = raw.reshape(rows, layout.height, layout.width, layout.channels).transpose(0, 3, 1, 2)
    else:
        planes = raw.reshape(rows, layout.channels, layout.height, layout.width)
    if raw.dtype == np.uint8:
        if scale != 1:
            raw *= np.uint8(scale)  # black and white, 0 and 1 so far
        return np.ascontiguousarray(planes)
    out = np.empty(planes.shape, np.uint8)
    step = max(1, _BLOCK // layout.pixels)
    for start in range(0, rows, step):
        out[start : start + step] = _scaled(planes[start : start + step], scale)
    return out


def _scaled(block: np.ndarray, scale: float) -> np.ndarray:
    if block.dtype.kind in "iu" and scale in (1, 255):
        return block.astype(np.uint8) * np.uint8(scale)
    # Half precision cannot tell 254.9 from 255; single can tell all that 8 bits can.
    exact: np.ndarray = block.astype(np.float64 if block.dtype.itemsize > 4 else np.float32)
    return np.rint(exact * scale)


def _layout(shape: tuple[int, ...]) -> Layout | None:
    if len(shape) == 2:
        side = math.isqrt(shape[1])
        return Layout(1, side, side, False) if side * side == shape[1] else None
    if len(shape) == 3:
        # One colour picture saved alone, H x W x 3, looks like H pictures three pixels wide.
        return None if shape[2] in (1, 3, 4) and shape[1] > 4 else Layout(1, shape[1], shape[2], False)
    if len(shape) != 4:
        return None
    _, first, middle, last = shape
    if last in (1, 3) and not (first in (1, 3) and middle == last):
        return Layout(last, first, middle, True)
    return Layout(first, middle, last, False) if first in (1, 3) else None


def _scale(raw: np.ndarray, where: str) -> float:
    """What to multiply the values by."""
    if raw.dtype == np.bool_:
        return 255.0
    if raw.dtype.kind not in "uif":
        raise DataError(f"{where} holds text, not pixel values; choose an array of numbers.")
    low, high = _range(raw)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise DataError(f"{where} holds values that are not finite (NaN or infinity); replace them first.")
    if low < 0 or (high > 255 and raw.dtype != np.uint16):
        raise DataError(f"{where} holds values from {low:g} to {high:g}; bring them to 0 to 1 or 0 to 255 first.")
    if high <= 1:
        return 255.0
    return 1.0 if high <= 255 else 255 / 65_535


def _range(raw: np.ndarray) -> tuple[float, float]:
    """Least and greatest value; NaN if any value is."""
    ranges = [(float(block.min()), float(block.max())) for block in _blocks(raw)]
    lows, highs = np.array(ranges).T
    return float(lows.min()), float(highs.max())


def _blocks(raw: np.ndarray) -> Iterator[np.ndarray]:
    step = max(1, _BLOCK // max(1, math.prod(raw.shape[1:])))
    for start in range(0, len(raw), step):
        yield raw[start : start + step]
