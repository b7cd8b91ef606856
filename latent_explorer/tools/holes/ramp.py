"""The colours of heat maps: perceptually even, holes as dark as the map's background, unlike class colours."""

from __future__ import annotations

from functools import cache

import numpy as np
from PySide6.QtGui import QColor

from latent_explorer.appearance.theme import Tokens

#: Steps of the ramp.
STEPS = 256
#: Lightness, chroma and hue (degrees) in CIELAB of low, middle and high: from near the map's ground, where holes
#: are, to far from it, so that a hole among data stands out; of so little chroma that points do, too.
_DARK = ((9.0, 5.0, 275.0), (36.0, 15.0, 280.0), (63.0, 25.0, 335.0))
_LIGHT = ((98.0, 1.0, 285.0), (75.0, 15.0, 285.0), (52.0, 25.0, 335.0))
#: D65.
_WHITE = np.array([0.95047, 1.0, 1.08883])


@cache
def heat_ramp(tokens: Tokens) -> np.ndarray:
    """uint8 (STEPS, 3) sRGB, low to high, at even distances in CIELAB (CIE 1976)."""
    places = np.linspace(0, 1, 1_001)
    lightness, chroma, hue = (
        np.interp(places, (0, 0.5, 1), part) for part in zip(*(_DARK if tokens.dark else _LIGHT), strict=True)
    )
    angle = np.deg2rad(hue)
    lab = np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], axis=1)
    walked = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(lab, axis=0), axis=1))])
    even = np.linspace(0, walked[-1], STEPS)
    ramp = _srgb(np.stack([np.interp(even, walked, lab[:, axis]) for axis in range(3)], axis=1))
    ramp.setflags(write=False)
    return ramp


def caption_ramp(tokens: Tokens) -> tuple[QColor, ...]:
    """A few of the colours, for a caption's bar."""
    return tuple(QColor(*map(int, heat_ramp(tokens)[place])) for place in range(0, STEPS, 15))


def _srgb(lab: np.ndarray) -> np.ndarray:
    """CIELAB (n, 3) to sRGB uint8 (n, 3), clipped to the gamut."""
    middle = (lab[:, 0] + 16) / 116
    roots = np.stack([middle + lab[:, 1] / 500, middle, middle - lab[:, 2] / 200], axis=1)
    xyz = np.where(roots > 6 / 29, roots**3, 3 * (6 / 29) ** 2 * (roots - 4 / 29)) * _WHITE
    to_linear = np.array(
        [
            [3.2404542, -1.5371385, -0.4985314],
            [-0.9692660, 1.8760108, 0.0415560],
            [0.0556434, -0.2040259, 1.0572252],
        ]
    )
    linear = np.clip(xyz @ to_linear.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(encoded * 255).astype(np.uint8)
