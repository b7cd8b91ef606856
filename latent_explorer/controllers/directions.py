"""Measures and applies directions between groups of images."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class DirectionsController(QObject):
    """Measures and applies directions between groups of images."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
