"""Transparent pictures: chooses the background to composite them on, and detects alpha that is a mistake."""

from __future__ import annotations

import numpy as np
from PIL import Image

#: Highest alpha that counts as invisible. Some programs write 1 where they mean opaque.
_UNSEEN = 8
#: Alpha that leaves less than this share of a non-uniform picture visible is considered a mistake and ignored.
_SHOWN = 0.01
#: Range of grey levels from which hidden pixels count as non-uniform.
_CONTENT = 16
#: Mean brightness of the visible part above which a white background would hide it.
_BRIGHT = 224
WHITE, BLACK = 255, 0


def is_transparent(image: Image.Image) -> bool:
    """Whether an opened picture has transparency."""
    return image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info


def flattened(image: Image.Image, channels: int, background: int | None, *, obeyed: bool = False) -> Image.Image:
    """A decoded 8-bit picture in mode L or RGB, transparent parts composited on grey level `background`.

    `background` None means white, or black if white would hide it. `obeyed` applies alpha even if it hides
    everything, as the program's first version did.
    """
    mode = "L" if channels == 1 else "RGB"
    if is_transparent(image):
        picture = image.convert("RGBA")
        if obeyed or not _hides_a_picture(picture):
            level = _background_of(picture) if background is None else background
            sheet = Image.new("RGBA", picture.size, (level, level, level, 255))
            return Image.alpha_composite(sheet, picture).convert(mode)
        return picture.convert("RGB").convert(mode)
    if image.mode == "P" or image.mode == "CMYK":
        return image.convert("RGB").convert(mode)
    return image.convert(mode)


def brightness_shown(image: Image.Image) -> float | None:
    """Mean brightness, 0 to 255, of the visible part of a transparent picture; None if all or none is visible."""
    picture = image.convert("RGBA")
    alpha = np.asarray(picture.getchannel("A"), np.float64)
    if alpha.min() == 255 or alpha.max() <= _UNSEEN or _hides_a_picture(picture):
        return None
    return float((np.asarray(picture.convert("RGB").convert("L"), np.float64) * alpha).sum() / alpha.sum())


def background_for(brightness: list[float]) -> int:
    """The background for pictures with these brightnesses of visible parts: black if white would hide them."""
    return BLACK if brightness and float(np.median(brightness)) > _BRIGHT else WHITE


def _background_of(picture: Image.Image) -> int:
    shown = brightness_shown(picture)
    return background_for([] if shown is None else [shown])


def _hides_a_picture(picture: Image.Image) -> bool:
    """Whether the alpha of an RGBA picture hides nearly all of a non-uniform picture."""
    alpha = np.asarray(picture.getchannel("A"))
    hidden = alpha <= _UNSEEN
    if hidden.mean() <= 1 - _SHOWN:
        return False
    beneath = np.asarray(picture.convert("RGB"))[hidden]
    return bool((beneath.max(0).astype(int) - beneath.min(0)).max() >= _CONTENT)
