"""Pictures compared as far as decoding determines them, and overlays as pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.overlay import Overlay, paint_overlays
from latent_explorer.core.view_transform import ViewTransform


def same_pictures(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether uint8 pictures of one shape are the same but for the last grey level.

    On some processors a product of one row is rounded differently from the same row of a product of many.
    """
    assert first.dtype == second.dtype == np.uint8
    return first.shape == second.shape and int(np.abs(first.astype(np.int16) - second).max(initial=0)) <= 1


def pixels(image: QImage) -> np.ndarray:
    """What is in a picture: uint8 (H, W, 3), red, green and blue."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def painted(view: ViewTransform, *overlays: Overlay, tokens: Tokens | None = None) -> QImage:
    """What these overlays paint, from the lowest to the uppermost; `tokens`: the theme's, unless given."""
    image = QImage(int(view.width), int(view.height), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        paint_overlays(painter, overlays, view, tokens or theme().tokens)
    return image
