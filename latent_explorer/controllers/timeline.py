"""Shows moments of the run again and continues from them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class TimelineController(QObject):
    """Shows moments of the run again and continues from them."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
