"""Draws codes, decodes them and measures the pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class SamplesController(QObject):
    """Draws codes, decodes them and measures the pictures."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
