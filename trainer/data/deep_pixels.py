"""Pictures with more than eight bits per value, decoded to their original numbers.

Pillow keeps 16 bits of grey but only the upper byte of 16-bit colour. Its unpacker for each byte order takes the
upper byte in that order, so decoding a second time with the opposite order gives the lower byte. Grey with alpha
has no such pair of unpackers; its four bytes are taken unchanged.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import ImageFile

_NATIVE_OTHER = "16B" if sys.byteorder == "little" else "16L"
_OTHER = {"16B": "16L", "16L": "16B", "16N": _NATIVE_OTHER}
_COLOUR = ("RGB", "RGBA", "RGBX")
_GREY_AND_ALPHA = "LA;16B"


def depth_of(image: ImageFile.ImageFile) -> np.dtype | None:
    """The dtype of an opened picture's values; None if eight bits suffice. Decodes nothing."""
    if image.mode == "F":
        return np.dtype(np.float32)
    if image.mode.startswith("I;16"):
        return np.dtype(np.uint16)
    if image.mode == "I":
        # Formats without 32-bit values: Pillow has converted them to 16 bits.
        return np.dtype(np.uint16 if image.format in ("PNG", "PPM") else np.int32)
    return np.dtype(np.uint16) if _lower_bytes(image) else None


def deep_values(image: ImageFile.ImageFile, again: Callable[[], ImageFile.ImageFile]) -> np.ndarray:
    """The values: (H, W) for grey, (H, W, C) for grey with alpha, colour, or colour with alpha.

    `image` has more than eight bits according to `depth_of`; `again` reopens it. Raises what decoding raises.
    """
    alike = {_unpacker(tile) for tile in image.tile} if image.mode in _COLOUR else set()
    image.load()
    if not alike:
        return np.asarray(image)
    with again() as lower:
        lower.tile = _lower_bytes(lower)
        lower.load()
        low = np.asarray(lower).astype(np.uint16)
    if alike == {_GREY_AND_ALPHA}:
        return (low[:, :, ::2] << 8) | low[:, :, 1::2]
    return (np.asarray(image).astype(np.uint16) << 8) | low


def _lower_bytes(image: ImageFile.ImageFile) -> list[Any]:
    """Pillow tiles that unpack 16-bit colour to its lower bytes; [] for any other picture."""
    tiles = []
    for tile in getattr(image, "tile", []):
        codec, extents, offset, arguments = tile
        unpacker = _unpacker(tile)
        mode, _, order = unpacker.partition(";")
        if unpacker == _GREY_AND_ALPHA:
            other = "RGBA"
        elif mode in _COLOUR and order in _OTHER:
            other = f"{mode};{_OTHER[order]}"
        else:
            return []
        changed = other if isinstance(arguments, str) else (other, *arguments[1:])
        tiles.append(ImageFile._Tile(codec, extents, offset, changed))
    return tiles


def _unpacker(tile: Any) -> str:
    arguments = tile[3]
    return arguments if isinstance(arguments, str) else str(arguments[0]) if arguments else ""
