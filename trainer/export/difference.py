"""The signed difference of two pictures, in one fixed diverging ramp."""

from __future__ import annotations

import numpy as np

#: Where the decoded picture is darker than the original, and where it is brighter, at full difference. Neither is
#: near a pane's accent colour, and they can be told apart with the common colour vision deficiencies.
DARKER = (224, 80, 240)
BRIGHTER = (144, 208, 32)
_GAMMA = 0.8


def _ramp() -> np.ndarray:
    """uint8 (511, 3): colours of the differences -255 to 255; black where there is none."""
    share = np.arange(-255, 256) / 255.0
    # Gamma of a screen: half the difference looks half as bright.
    light = (np.abs(share) ** _GAMMA)[:, None]
    ends = np.where(share[:, None] < 0, np.array(DARKER), np.array(BRIGHTER))
    return (light * ends + 0.5).astype(np.uint8)


_RAMP = _ramp()


def difference_picture(decoded: np.ndarray, original: np.ndarray) -> np.ndarray:
    """`decoded` minus `original`, both uint8 (..., H, W, C), as pictures uint8 (..., H, W, 3).

    Green where the decoded image is brighter, magenta where it is darker, black where they agree. The ramp is
    fixed, so that a picture never looks worse or better than another by stretching. Channels are averaged.
    """
    signed = decoded.astype(np.int16) - original.astype(np.int16)
    flat = np.rint(signed.mean(-1)).astype(np.int16) if signed.shape[-1] > 1 else signed[..., 0]
    return _RAMP[flat + 255]


def squared_error(decoded: np.ndarray, original: np.ndarray) -> float:
    """Mean squared error per pixel value; black is 0, white is 1."""
    signed = (decoded.astype(np.float32) - original.astype(np.float32)) / np.float32(255)
    return float(np.mean(signed * signed))
