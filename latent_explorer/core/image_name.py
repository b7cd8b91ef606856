"""What an image is called wherever it has no picture to itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState


def image_name(explorer: ExplorerState, row: int) -> str:
    """Number, file and class of an image, and whether it is held out: "image 1,204 · 7 · held-out"."""
    translate = QCoreApplication.translate
    data = explorer.data
    parts = [translate("ImageName", "image {number}").format(number=explorer.called(row))]
    if data is not None and row < data.count:
        if data.label(row):
            parts.append(data.label(row))
        if row >= data.train_count:
            parts.append(translate("ImageName", "held-out"))
    return " · ".join(parts)
