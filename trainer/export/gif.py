"""Writes animations as GIF with one palette for all frames, so that colours do not flicker. Torch-free."""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import GifImagePlugin, Image

from trainer.export.partial_file import partial_file
from trainer.export.settings_text import settings_text
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Frames that the palette is computed from, and the maximum number of pixels of each.
_LOOKED_AT = 8
_PIXELS = 120_000


def write_gif(
    path: Path, frame: Callable[[int], np.ndarray], count: int, speed: float, settings: dict[str, Any]
) -> Iterator[Progress | None]:
    """Write frames 0 to `count` - 1, uint8 (H, W, 3), at `speed` frames per second, as an endless loop.

    `settings` go into the comment. Of each frame only the bounding box of its changes is stored. Yields progress.
    Raises `OSError`.
    """
    palette = yield from _palette(frame, count)
    former: np.ndarray | None = None
    with partial_file(path) as file:
        for number in range(count):
            pixels = frame(number)
            yield None
            indices = np.asarray(Image.fromarray(pixels).quantize(palette=palette, dither=Image.Dither.NONE))
            if former is None:
                _begin(file, pixels.shape[1], pixels.shape[0], palette, settings_text(settings))
            # GIF delays are whole hundredths of a second; carry the rounding error over to the next frame.
            hundredths = round(100 * (number + 1) / speed) - round(100 * number / speed)
            _frame(file, indices, former, max(2, hundredths))
            former = indices
            yield Progress(number + 1, count, Sentence("frames"), Sentence("Writing"))
        file.write(b";")


def _palette(frame: Callable[[int], np.ndarray], count: int) -> Generator[None, None, Image.Image]:
    """A Pillow image whose palette suits a few evenly spaced frames."""
    looks = []
    for number in sorted({round(place) for place in np.linspace(0, count - 1, min(_LOOKED_AT, count))}):
        pixels = frame(number).reshape(-1, 3)
        looks.append(pixels[:: max(1, len(pixels) // _PIXELS)])
        yield None
    colours, counts = np.unique(np.concatenate(looks).view([("", np.uint8)] * 3).ravel(), return_counts=True)
    # Weight a colour by the square root of its count, so that large flat areas do not take the whole palette.
    often = np.maximum(1, np.sqrt(counts)).astype(np.int64)
    flat = np.repeat(colours.view(np.uint8).reshape(-1, 3), often, axis=0)
    yield None
    width = 256
    flat = np.concatenate([flat, np.repeat(flat[-1:], -len(flat) % width, axis=0)]).reshape(-1, width, 3)
    return Image.fromarray(flat).quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _begin(file: BinaryIO, width: int, height: int, palette: Image.Image, comment: str) -> None:
    colours = bytes(palette.getpalette() or b"")[:768].ljust(768, b"\0")
    file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + colours)
    file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")  # loop endlessly
    text = comment.encode("ascii")
    file.write(b"!\xfe")
    for start in range(0, len(text), 255):
        block = text[start : start + 255]
        file.write(bytes([len(block)]) + block)
    file.write(b"\0")


def _frame(file: BinaryIO, indices: np.ndarray, former: np.ndarray | None, hundredths: int) -> None:
    left, top = 0, 0
    part = indices
    if former is not None:
        rows = np.flatnonzero((indices != former).any(axis=1))
        columns = np.flatnonzero((indices != former).any(axis=0))
        if len(rows):
            top, left = int(rows[0]), int(columns[0])
            part = indices[top : rows[-1] + 1, left : columns[-1] + 1]
        else:
            part = indices[:1, :1]
    image = Image.fromarray(np.ascontiguousarray(part))
    # Mode "P" without a local palette, so that the global one applies.
    image = image if image.mode == "P" else Image.frombytes("P", image.size, image.tobytes())
    for data in GifImagePlugin.getdata(image, (left, top), duration=10 * hundredths, disposal=1):
        file.write(data)
