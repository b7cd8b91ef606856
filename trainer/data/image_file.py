"""Reads one untrusted picture file: its header, and its pixels fitted into a square."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
from PIL import Image, ImageFile

from trainer.data.deep_pixels import depth_of
from trainer.data.frames import frames_left_out, lacks_rows, pages_of
from trainer.data.images import DataError
from trainer.data.picture import Decoded, Picture, Reading, visit
from trainer.data.picture_opening import (
    UNREADABLE,
    UnusableImageError,
    opened,
    strict_pillow,
    too_many,
    with_repairs,
)
from trainer.data.transparency import flattened, is_transparent
from trainer.data.white_level import scale_of

#: Highest number of pixels a picture may declare: Pillow's own limit, about 9,459 x 9,459.
MAX_PIXELS = 89_478_485

_USUAL = Reading()
_T = TypeVar("_T")
_GREY_MODES = ("1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N")


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture file declares about one of its pictures.

    Attributes:
        width, height: in pixels.
        may_be_coloured: whether its mode can hold colour.
        may_be_transparent: whether it has transparency.
        depth: dtype of values with more than eight bits; None for eight bits.
        page: index of the page in the file.
    """

    width: int
    height: int
    may_be_coloured: bool
    may_be_transparent: bool = False
    depth: np.dtype | None = None
    page: int = 0


def probe(path: Path, *, former: bool = False) -> tuple[tuple[Header, ...], int]:
    """The pictures in the file `path`, at least one, and the number of animation frames left out. Decodes nothing.

    `former` reads the first page only, as the first version did. Raises one of `UNREADABLE`.
    """

    def look(file: BinaryIO) -> tuple[tuple[Header, ...], int]:
        with opened(file) as image:
            if former:
                return (_header(image, 0),), 0
            return tuple(_header(image, page) for page in pages_of(image)), frames_left_out(image)

    return with_repairs(path, look, former=former)


def pictures_in(path: Path) -> int:
    """Number of separate pictures in the file `path`; 0 if it cannot be read. Never raises."""
    try:
        with strict_pillow():
            return len(probe(path)[0])
    except UNREADABLE:
        return 0


def _header(image: ImageFile.ImageFile, page: int) -> Header:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise too_many(width, height)
    if width < 1 or height < 1:
        raise UnusableImageError("it has no pixels")
    if lacks_rows(image):
        raise UnusableImageError("damaged or cut short")
    return Header(width, height, image.mode not in _GREY_MODES, is_transparent(image), depth_of(image), page)


def square_pixels(path: Path, side: int, fit: str, channels: int, reading: Reading = _USUAL) -> np.ndarray:
    """The first picture of `path` fitted into a square: uint8 (channels, side, side); see `square_pages`.

    Raises one of `UNREADABLE`.
    """
    (pixels,) = square_pages(path, (0,), side, fit, channels, reading)
    if isinstance(pixels, BaseException):
        raise pixels
    return pixels


def square_pages(
    path: Path, pages: Sequence[int], side: int, fit: str, channels: int, reading: Reading
) -> Iterator[np.ndarray | BaseException]:
    """Yield each of the ascending `pages` of the file `path` fitted into a square, uint8 (channels, side, side).

    An unreadable page yields an exception out of `UNREADABLE` instead. `fit` is "crop" (the centre), "pad" (with
    black) or "stretch". Transparent parts are composited on the set's background, values are scaled to its white
    level, and the EXIF orientation is applied.
    """
    # Decode at no less than twice the target, so that the antialiased resize has enough detail.
    draft = (2 * side, 2 * side)
    for found in visit(
        path, pages, lambda picture: picture.decoded(reading, draft), Decoded.is_same, former=reading.former
    ):
        try:
            yield found if isinstance(found, BaseException) else _square(found, side, fit, channels, reading)
        except UnusableImageError as error:
            yield error


def _square(found: Decoded, side: int, fit: str, channels: int, reading: Reading) -> np.ndarray:
    square = _fit(_flat(found.image, channels, reading), side, fit)
    if found.turn is not None:
        square = square.transpose(found.turn)
    pixels = np.asarray(square, np.uint8)
    return pixels[None] if channels == 1 else pixels.transpose(2, 0, 1)


def picture_pixels(path: Path, longest: int) -> np.ndarray:
    """The whole first picture of `path`, upright: uint8 (H, W, 1) or (H, W, 3). Raises one of `UNREADABLE`.

    Reduced so that neither side is longer than `longest`. White level and background are chosen from this picture
    alone.
    """
    header = probe(path)[0][0]
    scales = {}
    if header.depth is not None:
        try:
            low, high = _first(visit(path, (header.page,), Picture.value_range))
            scales[header.depth] = scale_of(header.depth, low, high, "it")
        except DataError as error:
            raise UnusableImageError("values below 0") from error
    reading = Reading(scales, background=None)

    def work(picture: Picture) -> Decoded:
        return picture.decoded(reading, (longest, longest))

    results = visit(path, (header.page,), work, Decoded.is_same)
    found = _first(results)
    flat = _flat(found.image, 3 if header.may_be_coloured else 1, reading)
    scale = longest / max(flat.size)
    if scale < 1:
        width, height = flat.size
        small = max(1, round(width * scale)), max(1, round(height * scale))
        flat = _resized(flat, *small, (0, 0, width, height))
    if found.turn is not None:
        flat = flat.transpose(found.turn)
    pixels = np.asarray(flat, np.uint8)
    return pixels[:, :, None] if pixels.ndim == 2 else pixels


def _first(results: Iterator[_T | BaseException]) -> _T:
    result = next(results)
    if isinstance(result, BaseException):
        raise result
    return result


def _flat(image: Image.Image, channels: int, reading: Reading) -> Image.Image:
    """The picture in mode L or RGB."""
    if image.mode.startswith("I") or image.mode == "F":
        image = Image.fromarray(_high_byte(image))
    return flattened(image, channels, reading.background, obeyed=reading.former)


def _high_byte(image: Image.Image) -> np.ndarray:
    """uint8 (H, W) of a deep picture by the first version's rule: the high byte of 16 bits, whatever they hold."""
    values = np.asarray(image).astype(np.float64)
    if image.mode == "F":
        if not (np.isfinite(values).all() and values.min() >= 0 and values.max() <= 1):
            raise UnusableImageError("floating-point values outside 0 to 1")
        return np.rint(values * 255).astype(np.uint8)
    if values.min() < 0 or values.max() > 65_535:
        raise UnusableImageError("values beyond 16 bits")
    return np.rint(values / 257).astype(np.uint8)


def _fit(image: Image.Image, side: int, fit: str) -> Image.Image:
    width, height = image.size
    if fit == "stretch":
        return _resized(image, side, side, (0, 0, width, height))
    if fit == "crop":
        edge = min(width, height)
        left, top = (width - edge) // 2, (height - edge) // 2
        return _resized(image, side, side, (left, top, left + edge, top + edge))
    scale = side / max(width, height)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    background = Image.new(image.mode, (side, side))
    small = _resized(image, *inner, (0, 0, width, height))
    background.paste(small, ((side - inner[0]) // 2, (side - inner[1]) // 2))
    return background


def _resized(image: Image.Image, width: int, height: int, box: tuple[int, int, int, int]) -> Image.Image:
    if image.size == (width, height) == (box[2] - box[0], box[3] - box[1]):
        return image
    # Pillow widens the filter when shrinking, so that no pixel is skipped. `reducing_gap` adds a cheap first
    # reduction of large pictures without a visible difference.
    return image.resize((width, height), Image.Resampling.BICUBIC, box=box, reducing_gap=3.0)
