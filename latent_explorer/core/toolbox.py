"""The controllers of the window's tools, created in order."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

from latent_explorer.core.belongings import Belongings
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.undo_controller import UndoController

_C = TypeVar("_C", bound=QObject)


class Toolbox(QObject):
    """Undo, belongings, and the tools' controllers: `toolbox[MyController]` is the one of that class."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Undo is notified first of a change by the user, before its consequences.
        self.undo = UndoController(kit, self)
        self.belongings = Belongings(kit, self)
        kinds = (tool.controller for tool in kit.tools.declared)
        self.controllers: list[QObject] = [kind(kit, self) for kind in kinds if kind is not None]

    def retranslate(self) -> None:
        """Translate stored texts to the present language."""
        self.undo.retranslate()
        self.belongings.retranslate()

    def __getitem__(self, kind: type[_C]) -> _C:
        return next(one for one in self.controllers if isinstance(one, kind))
