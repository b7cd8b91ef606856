"""Animations as GIF: one palette for all frames, so that nothing flickers. Torch-free, without Qt."""

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

#: Frames that the palette is made from, and at most so many pixels of each.
_LOOKED_AT = 8
_PIXELS = 120_000


def write_gif(
    path: Path, frame: Callable[[int], np.ndarray], count: int, speed: float, settings: dict[str, Any]
) -> Iterator[Progress | None]:
    """Write frames 0 to `count` - 1, uint8 (H, W, 3), at `speed` frames a second, repeated for ever.

    The settings stand in the comment. Of each frame only the part that differs from the one before is stored.
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
            # Hundredths of a second are coarse: what a frame is cut short the next one makes up for.
            hundredths = round(100 * (number + 1) / speed) - round(100 * number / speed)
            _frame(file, indices, former, max(2, hundredths))
            former = indices
            yield Progress(number + 1, count, Sentence("frames"), Sentence("Writing"))
        file.write(b";")


def _palette(frame: Callable[[int], np.ndarray], count: int) -> Generator[None, None, Image.Image]:
    """A picture with the colours that some frames, spread evenly, have in common."""
    looks = []
    for number in sorted({round(place) for place in np.linspace(0, count - 1, min(_LOOKED_AT, count))}):
        pixels = frame(number).reshape(-1, 3)
        looks.append(pixels[:: max(1, len(pixels) // _PIXELS)])
        yield None
    colours, counts = np.unique(np.concatenate(looks).view([("", np.uint8)] * 3).ravel(), return_counts=True)
    # Large flat areas would take all places: a colour counts with the root of how often it is there.
    often = np.maximum(1, np.sqrt(counts)).astype(np.int64)
    flat = np.repeat(colours.view(np.uint8).reshape(-1, 3), often, axis=0)
    yield None
    width = 256
    flat = np.concatenate([flat, np.repeat(flat[-1:], -len(flat) % width, axis=0)]).reshape(-1, width, 3)
    return Image.fromarray(flat).quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _begin(file: BinaryIO, width: int, height: int, palette: Image.Image, comment: str) -> None:
    colours = bytes(palette.getpalette() or b"")[:768].ljust(768, b"\0")
    file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + colours)
    file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")  # for ever
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
    # "P" without a palette of its own: the file's holds.
    image = image if image.mode == "P" else Image.frombytes("P", image.size, image.tobytes())
    for data in GifImagePlugin.getdata(image, (left, top), duration=10 * hundredths, disposal=1):
        file.write(data)
