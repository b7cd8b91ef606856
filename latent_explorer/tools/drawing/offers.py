"""The entry of menus that shows draws from an image's posterior."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.drawing.state import DrawingState


def draw_from(tools: ToolStates, explorer: ExplorerState, row: int) -> tuple[str, Callable[[], None]]:
    """Text and callback for data row `row`."""

    def show() -> None:
        explorer.pick(row)
        tools[DrawingState].change(draws=True)
        tools.panel_wanted.emit("drawing")

    return QCoreApplication.translate("Drawing", "Draw from q(z|x) of this image"), show
