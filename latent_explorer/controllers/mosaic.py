"""Fills the visible planes with decoded tiles."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class MosaicController(QObject):
    """Fills the visible planes with decoded tiles."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
