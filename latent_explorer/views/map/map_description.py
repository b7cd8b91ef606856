"""How screen readers, tools and tests call a map."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def describe_map(latent_map: QWidget, index: int) -> None:
    """Name the map of pane `index` and tell its keys."""
    latent_map.setObjectName(f"latentMap{index}")
    latent_map.setAccessibleName(latent_map.tr("Latent map {number}").format(number=index + 1))
    latent_map.setAccessibleDescription(
        latent_map.tr(
            "One dot for each data image. Arrow keys move the cursor, Shift moves it farther, Home puts it on the "
            "origin. Plus and minus zoom, F fits the map to the points."
        )
    )
