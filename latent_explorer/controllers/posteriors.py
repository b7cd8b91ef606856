"""Makes what is drawn of posteriors and prior."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.tool_kit import ToolKit


class PosteriorController(QObject):
    """Makes what is drawn of posteriors and prior."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
