"""The pixels that a measure uses: as they are, or binarised by a seeded draw that all measures share."""

from __future__ import annotations

import hashlib

import numpy as np
import torch
from torch import Tensor

from trainer.seeds import stream_seed

#: Kinds of pixels of a figure: grey levels, a fresh Bernoulli draw of them, a fixed draw, or data that are only
#: 0 and 1.
GREY, DYNAMIC, STATIC, BINARY = PIXELS = ("grey", "dynamic", "static", "binary")
#: Images drawn at a time; fixed, so that the draws do not depend on how a measure batches.
_BLOCK = 1000


def as_seen(images: Tensor, binarise: str, seed: int) -> Tensor:
    """`images` (n, C, H, W), uint8 or float32 in [0, 1], as a run with `binarise` uses them.

    For "dynamic" each pixel is on with its grey level as the probability: uint8 of 0 and 255 that depends on
    only `seed` and the images. Drawn on the CPU, so that every device measures the same images. For "static"
    the draw depends only on the image, see `static_draw`.
    """
    if binarise == STATIC:
        return static_draw(images)
    if binarise != DYNAMIC:
        return images
    generator = torch.Generator().manual_seed(stream_seed(seed, "corruption"))
    seen = torch.empty(images.shape, dtype=torch.uint8, device=images.device)
    for start in range(0, len(images), _BLOCK):
        rows = images[start : start + _BLOCK]
        levels = rows.float() / 255 if rows.dtype == torch.uint8 else rows
        drawn = torch.rand(rows.shape, generator=generator).to(rows.device)
        seen[start : start + _BLOCK] = (drawn < levels) * 255
    return seen


def static_draw(images: Tensor) -> Tensor:
    """One Bernoulli draw of every image (n, ...), the same in every epoch, run and measure: uint8, 0 or 255.

    A pixel is on with its grey level as the probability, by random numbers whose seed is a hash of the image's own
    pixels, not the run's seed, so that figures of several runs use exactly the same pixels. A black-and-white
    image stays unchanged. Larochelle & Murray (2011) published such a draw of MNIST; this is a different one.
    Takes about 30 µs per image of 784 pixels.
    """
    seen = torch.empty(images.shape, dtype=torch.uint8)
    generator = torch.Generator()
    drawn = torch.empty((_BLOCK, *images.shape[1:]))
    for start in range(0, len(images), _BLOCK):
        rows = images[start : start + _BLOCK].cpu()
        levels = rows.float() / 255 if rows.dtype == torch.uint8 else rows
        # Hash bytes, so that bytes and the floats made from them have the same draw.
        for place, row in enumerate((levels * 255).round().to(torch.uint8).numpy()):
            digest = hashlib.blake2b(row.tobytes(), digest_size=8).digest()
            generator.manual_seed(int.from_bytes(digest, "little") >> 1)
            torch.rand(images.shape[1:], generator=generator, out=drawn[place])
        seen[start : start + _BLOCK] = (drawn[: len(rows)] < levels) * 255
    return seen.to(images.device)


def pixels_of(images: Tensor | np.ndarray, binarise: str = "none") -> str:
    """The kind of pixels of `images`, one of `PIXELS`: data whose pixels are all 0 or 1 (255) are binary."""
    if all(_is_binary(images[start : start + _BLOCK]) for start in range(0, len(images), _BLOCK)):
        return BINARY
    return binarise if binarise in (DYNAMIC, STATIC) else GREY


def _is_binary(rows: Tensor | np.ndarray) -> bool:
    on = 255 if rows.dtype in (torch.uint8, np.uint8) else 1
    return bool(((rows == 0) | (rows == on)).all())
