"""One picture file of unknown origin: what its header says, and its pixels on a square.

What Pillow raises for damaged files depends on the format and the damage, so everything that it was seen to
raise is gathered in `UNREADABLE`; whoever reads files catches that and names the file.
"""

from __future__ import annotations

import contextlib
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

#: The Pillow decoders that may see a file: a short list, because every further one is another program that
#: strangers' bytes are fed to. They go by what is in the file, not by its name.
_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")

#: The most pixels a picture may declare: Pillow's own guard, about 9,459 x 9,459.
MAX_PIXELS = 89_478_485

_ORIENTATION = 0x0112  # the EXIF tag by which cameras say how they were held
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GREY_MODES = ("1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N")


class UnusableImageError(Exception):
    """A picture that is left out; the message is the reason in a few words."""


UNREADABLE = (
    UnusableImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,  # includes UnidentifiedImageError
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture file declares: its sides in pixels and whether its mode can hold colour."""

    width: int
    height: int
    may_be_coloured: bool


@contextlib.contextmanager
def careful_pillow() -> Iterator[None]:
    """Bomb warnings become errors, and Pillow's remarks on odd metadata are kept quiet.

    Changes the interpreter's warning filters while it lasts: entered once, around all reading.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
        warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
        yield


def probe(path: Path) -> Header:
    """The header of the picture `path`, nothing decoded. Raises one of `UNREADABLE`."""
    try:
        opened = Image.open(path, formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusableImageError(_too_many(*_declared_sides(path))) from error
    with opened as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise UnusableImageError(_too_many(width, height))
        if width < 1 or height < 1:
            raise UnusableImageError("it has no pixels")
        return Header(width, height, image.mode not in _GREY_MODES)


def _too_many(width: int, height: int) -> str:
    return f"{width:,} x {height:,} pixels are too many"


def _declared_sides(path: Path) -> tuple[int, int]:
    """Width and height of a picture that Pillow's guard refuses without naming them; nothing is decoded."""
    with path.open("rb") as file:
        start = file.read(16)
        for name in _FORMATS:
            plugin, accept = Image.OPEN[name]
            if accept is None or accept(start):
                file.seek(0)
                with contextlib.suppress(SyntaxError), plugin(file, str(path)) as image:
                    return image.size
    raise UnusableImageError("it declares far too many pixels")


def square_pixels(path: Path, side: int, fit: str, channels: int) -> np.ndarray:
    """The picture `path` on a square: uint8 (channels, side, side). Raises one of `UNREADABLE`.

    `fit` is "crop" (the centre), "pad" (with black) or "stretch". Only the first frame of several counts.
    Transparent parts are shown on white, the paper most cut-out pictures are drawn for; 16-bit values keep
    their high byte; EXIF orientation is obeyed.
    """
    with Image.open(path, formats=_FORMATS) as image:
        # JPEG can be decoded at 1/2, 1/4 or 1/8 of its size for a fraction of the time; twice the target leaves
        # the antialiased resize enough to work with. Without effect on other formats.
        image.draft(None, (2 * side, 2 * side))
        image.load()
        flat = _flatten(image, channels)
        turn = _UPRIGHT.get(_orientation(image))
    square = _fit(flat, side, fit)
    if turn is not None:
        square = square.transpose(turn)
    pixels = np.asarray(square, np.uint8)
    return pixels[None] if channels == 1 else pixels.transpose(2, 0, 1)


def picture_pixels(path: Path, longest: int) -> np.ndarray:
    """The whole picture `path`, upright: uint8 (H, W, 1) or (H, W, 3). Raises one of `UNREADABLE`.

    Reduced so that neither side is longer than `longest`. Read as by `square_pixels`.
    """
    channels = 3 if probe(path).may_be_coloured else 1
    with Image.open(path, formats=_FORMATS) as image:
        image.draft(None, (longest, longest))
        image.load()
        flat = _flatten(image, channels)
        turn = _UPRIGHT.get(_orientation(image))
    scale = longest / max(flat.size)
    if scale < 1:
        width, height = flat.size
        small = max(1, round(width * scale)), max(1, round(height * scale))
        flat = _resized(flat, *small, (0, 0, width, height))
    if turn is not None:
        flat = flat.transpose(turn)
    pixels = np.asarray(flat, np.uint8)
    return pixels[:, :, None] if channels == 1 else pixels


def reason(error: BaseException) -> str:
    """Why a picture was left out, in a few words for people."""
    if isinstance(error, UnusableImageError):
        return str(error)
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return "it declares far too many pixels"
    if isinstance(error, UnidentifiedImageError):
        return "not a picture in a format that is read here"
    if isinstance(error, FileNotFoundError):
        return "it vanished"
    if isinstance(error, PermissionError):
        return "it may not be read"
    if isinstance(error, MemoryError):
        return "too large for the memory"
    return "damaged or cut short"


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except UNREADABLE:
        return 1  # a picture is not lost for damaged metadata


def _flatten(image: Image.Image, channels: int) -> Image.Image:
    """The picture in mode L or RGB."""
    mode = "L" if channels == 1 else "RGB"
    if image.mode.startswith("I") or image.mode == "F":
        return Image.fromarray(_high_byte(image)).convert(mode)
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        picture = image.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture).convert(mode)
    if image.mode == "P" or image.mode == "CMYK":
        return image.convert("RGB").convert(mode)
    return image.convert(mode)


def _high_byte(image: Image.Image) -> np.ndarray:
    """uint8 (H, W) of a deep picture: one fixed scale, never stretched to what one picture happens to hold."""
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
    paper = Image.new(image.mode, (side, side))
    small = _resized(image, *inner, (0, 0, width, height))
    paper.paste(small, ((side - inner[0]) // 2, (side - inner[1]) // 2))
    return paper


def _resized(image: Image.Image, width: int, height: int, box: tuple[int, int, int, int]) -> Image.Image:
    if image.size == (width, height) == (box[2] - box[0], box[3] - box[1]):
        return image
    # Pillow widens the filter when shrinking, so that nothing is skipped over. The gap takes a first cheap
    # reduction of large pictures without a visible difference.
    return image.resize((width, height), Image.Resampling.BICUBIC, box=box, reducing_gap=3.0)
