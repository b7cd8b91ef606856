"""Transparency: what shows through, on which paper it is seen, and when it only hides a picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

#: Alpha up to this shows nothing that an eye could see. 1 is what programs write that mean "opaque".
_UNSEEN = 8
#: Alpha that hides all but this share of a picture with something on it is taken for a mistake and ignored.
_SHOWN = 0.01
#: Grey levels between the darkest and the brightest hidden pixel from which there is something to hide.
_CONTENT = 16
#: Mean brightness of what shows from which white paper would swallow it.
_BRIGHT = 224
WHITE, BLACK = 255, 0


def is_transparent(image: Image.Image) -> bool:
    """Whether an opened picture can let paper through."""
    return image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info


def flattened(image: Image.Image, channels: int, paper: int | None, *, obeyed: bool = False) -> Image.Image:
    """A decoded picture of eight bits in mode L or RGB, transparent parts on `paper`.

    `paper` is a grey level; None takes white, or black where white would swallow the picture. `obeyed` lets alpha
    hide everything, as the program's first version did.
    """
    mode = "L" if channels == 1 else "RGB"
    if is_transparent(image):
        picture = image.convert("RGBA")
        if obeyed or not _hides_a_picture(picture):
            level = _paper_of(picture) if paper is None else paper
            sheet = Image.new("RGBA", picture.size, (level, level, level, 255))
            return Image.alpha_composite(sheet, picture).convert(mode)
        return picture.convert("RGB").convert(mode)
    if image.mode == "P" or image.mode == "CMYK":
        return image.convert("RGB").convert(mode)
    return image.convert(mode)


def brightness_shown(image: Image.Image) -> float | None:
    """Mean brightness, 0 to 255, of what shows of a decoded transparent picture; None if nothing or all does."""
    picture = image.convert("RGBA")
    alpha = np.asarray(picture.getchannel("A"), np.float64)
    if alpha.min() == 255 or alpha.max() <= _UNSEEN or _hides_a_picture(picture):
        return None
    return float((np.asarray(picture.convert("RGB").convert("L"), np.float64) * alpha).sum() / alpha.sum())


def paper_for(brightness: list[float]) -> int:
    """The paper of a set whose transparent pictures show so much brightness: black if white would swallow them."""
    return BLACK if brightness and float(np.median(brightness)) > _BRIGHT else WHITE


def _paper_of(picture: Image.Image) -> int:
    shown = brightness_shown(picture)
    return paper_for([] if shown is None else [shown])


def _hides_a_picture(picture: Image.Image) -> bool:
    """Whether the alpha of mode RGBA hides (nearly) all of a picture that is there all the same."""
    alpha = np.asarray(picture.getchannel("A"))
    hidden = alpha <= _UNSEEN
    if hidden.mean() <= 1 - _SHOWN:
        return False
    beneath = np.asarray(picture.convert("RGB"))[hidden]
    return bool((beneath.max(0).astype(int) - beneath.min(0)).max() >= _CONTENT)
