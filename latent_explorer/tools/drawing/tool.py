"""The model: a drawing of it with the values for the present image, and draws from the image's posterior."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.drawing.controller import DrawingController
from latent_explorer.tools.drawing.export import DrawingExport
from latent_explorer.tools.drawing.offers import draw_from
from latent_explorer.tools.drawing.overlay import DrawsOverlay
from latent_explorer.tools.drawing.panel import DrawingPanel
from latent_explorer.tools.drawing.state import DrawingSettings, DrawingState

translate = QCoreApplication.translate


class DrawingTool(Tool):
    """A drawing in a panel, draws on the maps."""

    name = "drawing"
    states = (DrawingState,)
    controller = DrawingController
    layers = (Layer(57, DrawsOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Model"), "Ctrl+9", DrawingPanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Enter on the drawing of the model"),
                translate("shortcuts", "From part to part, each says what it is; the cursor goes to a code"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        drawing = states.tools[DrawingState]
        return (
            setting(
                drawing,
                "settings",
                drawing.set_settings,
                translate("undo", "Drawing of the model"),
                drawing.settings_changed,
                key="drawing",
                saved=_settings,
                to_json=asdict,
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (DrawingExport(states),)

    def image_offers(
        self, tools: ToolStates, explorer: ExplorerState, row: int
    ) -> Sequence[tuple[str, Callable[[], None]]]:
        return (draw_from(tools, explorer, row),)


def _settings(saved: Any) -> DrawingSettings:
    """Settings from a session file; invalid ones are rejected when they are set."""
    usual = asdict(DrawingSettings())
    if not isinstance(saved, dict) or set(saved) != {field.name for field in fields(DrawingSettings)}:
        raise TypeError(f"no settings of a drawing: {saved!r:.80}")
    for name, value in saved.items():
        if type(value) is not type(usual[name]):
            raise TypeError(f"a drawing's {name} cannot be {value!r:.40}")
    return DrawingSettings(**saved)


TOOL = DrawingTool()
