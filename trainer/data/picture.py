"""Decodes one picture of an open file with the settings common to its data set."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

import numpy as np
from PIL import Image, ImageFile

from trainer.data.deep_pixels import deep_values, depth_of
from trainer.data.picture_opening import UNREADABLE, UnusableImageError, opened, with_repairs
from trainer.data.transparency import WHITE, brightness_shown, flattened, is_transparent
from trainer.data.white_level import PixelScale
from trainer.regular_file import open_regular

_ORIENTATION = 0x0112  # EXIF tag: how the camera was held
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BYTE = np.dtype(np.uint8)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reading:
    """Decoding settings common to all pictures of a data set.

    Attributes:
        scales: dtype -> value scale; dtypes without one use their usual range.
        background: grey level of the background for transparent parts; None to choose one per picture.
        former: decode as the program's first version did: a picture with damaged metadata is lost, alpha applies
            even if it hides everything, 16 bits keep their high byte.
    """

    scales: Mapping[np.dtype, PixelScale] = field(default_factory=dict)
    background: int | None = WHITE
    former: bool = False


class Decoded(NamedTuple):
    """A decoded 8-bit picture and its EXIF orientation."""

    image: Image.Image
    turn: Image.Transpose | None

    def is_same(self, other: Decoded) -> bool:
        """Whether both have the same pixels."""
        return self.image.size == other.image.size and self.image.tobytes() == other.image.tobytes()


class Picture:
    """The current picture of an open file. Every method raises one of `UNREADABLE`."""

    def __init__(self, image: ImageFile.ImageFile, file: BinaryIO, page: int) -> None:
        self._image = image
        self._file = file
        self._page = page

    def decoded(self, reading: Reading, draft: tuple[int, int] | None = None) -> Decoded:
        """The pixels; a JPEG may be decoded at reduced size, but not smaller than `draft`."""
        image = self._image
        # JPEG can be decoded at 1/2, 1/4 or 1/8 of its size in a fraction of the time. No effect on other formats.
        image.draft(None, draft)
        depth = None if reading.former else depth_of(image)
        if depth is None:
            image.load()
            scale = reading.scales.get(_BYTE)
            whole = image if scale is None else _brought(image, scale)
        else:
            scale = reading.scales.get(depth, PixelScale(1.0 if depth.kind == "f" else 65_535.0))
            whole = _scaled(self._deep(), scale)
        return Decoded(whole, _UPRIGHT.get(_orientation(image)))

    def value_range(self) -> tuple[float, float]:
        """Lowest and highest colour value as stored in the file; alpha excluded. Values must be finite."""
        if depth_of(self._image) is None:
            values = np.asarray(flattened(self._image, _channels(self._image), None))
        else:
            values = self._deep()
            values = values[:, :, :-1] if values.ndim == 3 and values.shape[2] in (2, 4) else values
        low, high = float(values.min()), float(values.max())
        if not (math.isfinite(low) and math.isfinite(high)):
            raise UnusableImageError("values that are not finite")
        return low, high

    def brightness(self) -> float | None:
        """Mean brightness of the visible part of a transparent picture; None if nothing or all is visible."""
        return brightness_shown(self.decoded(Reading()).image)

    def _deep(self) -> np.ndarray:
        return deep_values(self._image, lambda: _at(self._file, self._page))


def visit(
    path: Path,
    pages: Sequence[int],
    work: Callable[[Picture], _T],
    same: Callable[[_T, _T], bool] | None = None,
    *,
    former: bool = False,
) -> Iterator[_T | BaseException]:
    """Yield the result of `work` for each of the ascending `pages`, or one of `UNREADABLE`; opens the file once.

    `same` is passed to `with_repairs`; it is used only for files with one page.
    """
    if len(pages) == 1:
        try:
            yield with_repairs(
                path, lambda file: work(Picture(_at(file, pages[0]), file, pages[0])), same, former=former
            )
        except UNREADABLE as error:
            yield error
        return
    done = 0
    try:
        with open_regular(path) as file, opened(file) as image:
            for page in pages:
                try:
                    image.seek(page)
                    result: _T | BaseException = work(Picture(image, file, page))
                except UNREADABLE as error:
                    result = error
                done += 1
                yield result
    except UNREADABLE as error:
        for _ in range(len(pages) - done):  # the file itself is no longer there
            yield error


def _at(file: BinaryIO, page: int) -> ImageFile.ImageFile:
    file.seek(0)
    image = opened(file)
    if page:
        image.seek(page)
    return image


def _channels(image: Image.Image) -> int:
    return 1 if image.mode in ("1", "L", "LA", "La") else 3


def _scaled(values: np.ndarray, scale: PixelScale) -> Image.Image:
    """Values (H, W) or (H, W, C) of more than eight bits as an 8-bit picture."""
    if values.ndim == 2 or values.shape[2] == 3:
        return Image.fromarray(_clipped(values, scale))
    alpha = (values[:, :, -1:] >> 8).astype(np.uint8)
    return Image.fromarray(np.concatenate((_clipped(values[:, :, :-1], scale), alpha), 2))


def _brought(image: Image.Image, scale: PixelScale) -> Image.Image:
    """Rescale an 8-bit picture whose white is not 255; alpha stays unchanged."""
    if is_transparent(image):
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB"):
        image = flattened(image, _channels(image), WHITE)
    greys = _clipped(np.arange(256, dtype=np.uint8), scale).tolist()
    same = list(range(256))
    tables = {"L": greys, "RGB": greys * 3, "RGBA": greys * 3 + same}
    return image.point(tables[image.mode])


def _clipped(values: np.ndarray, scale: PixelScale) -> np.ndarray:
    return scale.to_bytes(np.clip(values, 0, scale.white))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except UNREADABLE:
        return 1  # damaged metadata must not cost the picture
