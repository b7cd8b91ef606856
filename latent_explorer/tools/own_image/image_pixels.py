"""A pasted or dropped Qt image as pixels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

#: Maximum length of the longer side; larger images are reduced.
_LONGEST = 1024


def pixels_of(image: QImage) -> np.ndarray | None:
    """uint8 (H, W, 1) of a grey image, (H, W, 3) of another, read-only; None for an empty one.

    Transparent parts are shown on white, as those of files are.
    """
    if image.isNull():
        return None
    if max(image.width(), image.height()) > _LONGEST:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(_LONGEST, _LONGEST, keep, smooth)
    sheet = QImage(image.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    with QPainter(sheet) as painter:
        painter.drawImage(0, 0, image)
    raw = np.frombuffer(sheet.constBits(), np.uint8).reshape(sheet.height(), sheet.bytesPerLine() // 4, 4)
    pixels = raw[:, : sheet.width(), 2::-1].copy()
    if (pixels == pixels[:, :, :1]).all():
        pixels = pixels[:, :, :1].copy()
    pixels.setflags(write=False)
    return pixels
