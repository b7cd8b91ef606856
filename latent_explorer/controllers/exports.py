"""Writes what can be seen, with the settings that made it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class ExportController(QObject):
    """Writes what can be seen, with the settings that made it."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
