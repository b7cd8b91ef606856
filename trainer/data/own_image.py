"""Converts the user's own picture to the input shape of a model. Torch-free.

A picture, uint8 (H, W, 1) or (H, W, 3), becomes uint8 (C, H, W): cropped, padded or stretched, converted to grey
or colour, inverted if the data are light on dark and the picture is dark on light, and centred by mass as MNIST's
digits are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

#: Kinds of background of a data set's images.
BACKGROUNDS = ("dark", "bright", "mixed")

#: Side of the box that the ink is scaled to, as a share of the image: MNIST's digits fit 20 of 28 pixels.
_BOX = 20 / 28
#: Grey levels (of 255) up to which a pixel counts as background when the ink's bounding box is computed.
_FAINT = 24
#: Grey levels that a background may differ from black or white.
_BACKGROUND = 95
#: Share of images whose borders must agree for the data set to have a common background.
_AGREED = 0.9
_SAMPLE = 256
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Settings of the conversion.

    Attributes:
        fit: "crop" (the centre), "pad" (with the data's background) or "stretch".
        invert: use the negative; None decides by comparing the picture with the data.
        centre: scale the ink into a box and move its centre of mass to the middle, if the data have a background.
        smooth: downscale by area averaging (drawings) instead of a bicubic filter (photographs).
    """

    fit: str = "crop"
    invert: bool | None = None
    centre: bool = False
    smooth: bool = False


def background_of(images: np.ndarray) -> str:
    """The background of images uint8 (n, C, H, W), one of `BACKGROUNDS`, if nine tenths of their borders agree."""
    step = max(1, len(images) // _SAMPLE)
    borders = np.array([_border(image.transpose(1, 2, 0)) for image in images[::step]])
    if len(borders) and np.mean(borders < 64) >= _AGREED:
        return "dark"
    return "bright" if len(borders) and np.mean(borders > 191) >= _AGREED else "mixed"


def wants_negative(pixels: np.ndarray, background: str) -> bool:
    """Whether the border of this picture (H, W, C) is bright and the data's `background` dark, or vice versa."""
    border = _border(pixels)
    return (background == "dark" and border > 255 - _BACKGROUND) or (
        background == "bright" and border < _BACKGROUND
    )


def prepare(
    pixels: np.ndarray, shape: tuple[int, int, int], preparation: Preparation, background: str
) -> np.ndarray:
    """Convert a picture (H, W, C) to uint8 of `shape` (C, H, W).

    Raises `ValueError` if `pixels` is not uint8 of shape (H, W, 1) or (H, W, 3).
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (1, 3) or not pixels.size:
        raise ValueError("a picture must be uint8 of shape (H, W, 1) or (H, W, 3)")
    channels, height, width = shape
    invert = wants_negative(pixels, background) if preparation.invert is None else preparation.invert
    if invert:
        pixels = 255 - pixels
    ground = 255 if background == "bright" else 0
    image = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
    image = image.convert("L" if channels == 1 else "RGB")
    ready = None
    if preparation.centre and background != "mixed":
        ready = _centred(image, width, height, ground, preparation)
    if ready is None:
        ready = _fitted(image, width, height, ground, preparation)
    values = np.asarray(ready, np.uint8)
    return values[None].copy() if channels == 1 else np.ascontiguousarray(values.transpose(2, 0, 1))


def is_constant(image: np.ndarray) -> bool:
    """Whether every channel of an image (C, H, W) is constant."""
    flat = image.reshape(len(image), -1)
    return bool((flat == flat[:, :1]).all())


def _grey(pixels: np.ndarray) -> np.ndarray:
    """Luminance, float32 (H, W)."""
    if pixels.shape[-1] == 1:
        return pixels[..., 0].astype(np.float32)
    return pixels.astype(np.float32) @ _LUMINANCE


def _border(pixels: np.ndarray) -> float:
    """The median grey level along the border of a picture (H, W, C)."""
    edges = [_grey(part) for part in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])]
    return float(np.median(np.concatenate(edges)))


def _centred(
    source: Image.Image, width: int, height: int, ground: int, preparation: Preparation
) -> Image.Image | None:
    """Scale the ink into a box and centre it by mass; None without ink or without a uniform background."""
    image = _on_ground(source, ground)
    if image is None:
        return None
    there = np.abs(np.asarray(image.convert("L"), np.float32) - ground) > _FAINT
    rows, columns = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    if not len(rows):
        return None
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    wide, tall = box[2] - box[0], box[3] - box[1]
    scale = min(_BOX * width / wide, _BOX * height / tall)
    inner = max(1, round(wide * scale)), max(1, round(tall * scale))
    small = _resized(image, *inner, box, preparation.smooth)
    mass = np.abs(np.asarray(small.convert("L"), np.float32) - ground)
    total = float(mass.sum())
    if not total > 0:
        return None
    # The centre of mass goes to pixel 14 of 28, counted from 0, as in MNIST: half a pixel beyond the exact middle.
    x = float(mass.sum(0) @ np.arange(inner[0])) / total
    y = float(mass.sum(1) @ np.arange(inner[1])) / total
    left = min(max(round(width / 2 - x), 0), width - inner[0])
    top = min(max(round(height / 2 - y), 0), height - inner[1])
    sheet = Image.new(image.mode, (width, height), _tone(image.mode, ground))
    sheet.paste(small, (left, top))
    return sheet


def _on_ground(image: Image.Image, ground: int) -> Image.Image | None:
    """Map the picture's background, which is never exactly black or white, to `ground`; None if there is none."""
    values = np.asarray(image, np.float32)
    border = _border(values[:, :, None] if values.ndim == 2 else values)
    if abs(border - ground) > _BACKGROUND:
        return None
    if ground:
        values = 255 - np.maximum(border - values, 0) * (255 / border)
    else:
        values = np.maximum(values - border, 0) * (255 / (255 - border))
    return Image.fromarray(np.rint(values).astype(np.uint8))


def _fitted(image: Image.Image, width: int, height: int, ground: int, preparation: Preparation) -> Image.Image:
    wide, tall = image.size
    if preparation.fit == "stretch":
        return _resized(image, width, height, (0, 0, wide, tall), preparation.smooth)
    if preparation.fit == "crop":
        scale = min(wide / width, tall / height)
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (wide - across) // 2, (tall - down) // 2
        return _resized(image, width, height, (left, top, left + across, top + down), preparation.smooth)
    scale = min(width / wide, height / tall)
    inner = min(width, max(1, round(wide * scale))), min(height, max(1, round(tall * scale)))
    sheet = Image.new(image.mode, (width, height), _tone(image.mode, ground))
    small = _resized(image, *inner, (0, 0, wide, tall), preparation.smooth)
    sheet.paste(small, ((width - inner[0]) // 2, (height - inner[1]) // 2))
    return sheet


def _resized(
    image: Image.Image, width: int, height: int, box: tuple[int, int, int, int], smooth: bool
) -> Image.Image:
    if image.size == (width, height) == (box[2] - box[0], box[3] - box[1]):
        return image
    shrinks = box[2] - box[0] >= width
    kind = Image.Resampling.BOX if smooth and shrinks else Image.Resampling.BICUBIC
    return image.resize((width, height), kind, box=box)


def _tone(mode: str, ground: int) -> int | tuple[int, int, int]:
    return ground if mode == "L" else (ground, ground, ground)
