"""One picture from outside, brought to the shape that a model was trained on. Torch-free.

Any picture, uint8 (H, W, 1) or (H, W, 3), becomes uint8 (C, H, W) of a model: cut, padded or stretched, made grey
or coloured, turned into its negative where the data are light on dark and the picture is dark on light, and
centred by mass as MNIST's digits are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

#: What lies around the things on the data's images.
PAPERS = ("dark", "bright", "mixed")

#: MNIST's digits fit a box of 20 of the image's 28 pixels.
_BOX = 20 / 28
#: Fainter than this (of 255) counts as paper when the box around the ink is looked for.
_FAINT = 24
#: How far from black or white a paper may be.
_PAPER = 95
#: Share of images that must have the same kind of border before one speaks of a paper.
_AGREED = 0.9
_SAMPLE = 256
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """How a picture is prepared.

    Attributes:
        fit: "crop" (the centre), "pad" (with the data's paper) or "stretch".
        invert: show the negative; None does it where that suits the data.
        centre: fit what is on the paper into a box and put its centre of mass in the middle, where the data have
            a paper.
        smooth: reduce by averaging areas (drawings) instead of a bicubic filter (photographs).
    """

    fit: str = "crop"
    invert: bool | None = None
    centre: bool = False
    smooth: bool = False


def paper_of(images: np.ndarray) -> str:
    """One of `PAPERS` for images uint8 (n, C, H, W): what nine tenths of their borders are."""
    step = max(1, len(images) // _SAMPLE)
    borders = np.array([_border(image.transpose(1, 2, 0)) for image in images[::step]])
    if len(borders) and np.mean(borders < 64) >= _AGREED:
        return "dark"
    return "bright" if len(borders) and np.mean(borders > 191) >= _AGREED else "mixed"


def wants_negative(pixels: np.ndarray, paper: str) -> bool:
    """Whether this picture (H, W, C) is bright around where the data are dark, or the other way round."""
    border = _border(pixels)
    return (paper == "dark" and border > 255 - _PAPER) or (paper == "bright" and border < _PAPER)


def prepare(pixels: np.ndarray, shape: tuple[int, int, int], preparation: Preparation, paper: str) -> np.ndarray:
    """The picture as a model of `shape` (C, H, W) takes it: uint8 of that shape.

    Raises `ValueError` for pixels that are not a uint8 picture.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] not in (1, 3) or not pixels.size:
        raise ValueError("a picture must be uint8 of shape (H, W, 1) or (H, W, 3)")
    channels, height, width = shape
    invert = wants_negative(pixels, paper) if preparation.invert is None else preparation.invert
    if invert:
        pixels = 255 - pixels
    ground = 255 if paper == "bright" else 0
    image = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
    image = image.convert("L" if channels == 1 else "RGB")
    ready = None
    if preparation.centre and paper != "mixed":
        ready = _centred(image, width, height, ground, preparation)
    if ready is None:
        ready = _fitted(image, width, height, ground, preparation)
    values = np.asarray(ready, np.uint8)
    return values[None].copy() if channels == 1 else np.ascontiguousarray(values.transpose(2, 0, 1))


def is_constant(image: np.ndarray) -> bool:
    """Whether every channel of an image (C, H, W) has one value throughout."""
    flat = image.reshape(len(image), -1)
    return bool((flat == flat[:, :1]).all())


def _grey(pixels: np.ndarray) -> np.ndarray:
    """Luminance, float32 (H, W)."""
    if pixels.shape[-1] == 1:
        return pixels[..., 0].astype(np.float32)
    return pixels.astype(np.float32) @ _LUMINANCE


def _border(pixels: np.ndarray) -> float:
    """The middle grey level along the edge of a picture (H, W, C)."""
    edges = [_grey(part) for part in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])]
    return float(np.median(np.concatenate(edges)))


def _centred(
    source: Image.Image, width: int, height: int, ground: int, preparation: Preparation
) -> Image.Image | None:
    """Ink into a box, its centre of mass in the middle; None without ink, or where the edge is no paper."""
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
    # On pixel 14 of 28, counted from 0, as it is in MNIST: half a pixel beyond the very middle.
    x = float(mass.sum(0) @ np.arange(inner[0])) / total
    y = float(mass.sum(1) @ np.arange(inner[1])) / total
    left = min(max(round(width / 2 - x), 0), width - inner[0])
    top = min(max(round(height / 2 - y), 0), height - inner[1])
    sheet = Image.new(image.mode, (width, height), _tone(image.mode, ground))
    sheet.paste(small, (left, top))
    return sheet


def _on_ground(image: Image.Image, ground: int) -> Image.Image | None:
    """The picture with its paper, which is never quite black or white, brought to `ground`; None without paper."""
    values = np.asarray(image, np.float32)
    border = _border(values[:, :, None] if values.ndim == 2 else values)
    if abs(border - ground) > _PAPER:
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
