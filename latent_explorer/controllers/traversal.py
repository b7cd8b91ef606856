"""Decodes traversals and moves single dimensions of the code."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class TraversalController(QObject):
    """Decodes traversals and moves single dimensions of the code."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
