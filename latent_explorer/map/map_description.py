"""Accessible name and description of a map, for screen readers and tests."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget


def describe_map(latent_map: QWidget, index: int) -> None:
    """Set the accessible name of the map of pane `index`, and a description of its keys."""
    translate = QCoreApplication.translate
    latent_map.setObjectName(f"latentMap{index}")
    latent_map.setAccessibleName(translate("LatentMap", "Latent map {number}").format(number=index + 1))
    latent_map.setAccessibleDescription(
        translate(
            "LatentMap",
            "One dot for each data image. Arrow keys move the cursor, with Ctrl the view, Shift moves farther, "
            "Home puts the cursor on the origin. Enter picks the image nearest to the cursor, Escape lets go of "
            "it. Plus and minus zoom, F fits the map to the points.",
        )
    )
