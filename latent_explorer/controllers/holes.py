"""Measures holes at the cursors and over the visible planes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class HolesController(QObject):
    """Measures holes at the cursors and over the visible planes."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
