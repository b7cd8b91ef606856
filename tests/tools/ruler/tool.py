"""A ruler: how far is the cursor from the middle of the codes?"""

from __future__ import annotations

from collections.abc import Sequence

from latent_explorer.core.aspect import Aspect, setting, text
from latent_explorer.core.export import Export
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from tests.tools.ruler.controller import RulerController
from tests.tools.ruler.export import RulerExport
from tests.tools.ruler.overlay import RulerOverlay
from tests.tools.ruler.panel import RulerPanel
from tests.tools.ruler.state import RulerState


class RulerTool(Tool):
    """Everything that a tool can have."""

    name = "ruler"
    states = (RulerState,)
    controller = RulerController
    layers = (Layer(110, RulerOverlay),)

    def panel(self) -> Panel:
        return Panel("Ruler", "Ctrl+Alt+7", RulerPanel)

    def choices(self) -> Sequence[Choice | Switch]:
        return (Switch("ruler", "Line of the r&uler", "Ctrl+Alt+Shift+R"),)

    def gestures(self) -> Sequence[Gesture]:
        return (Gesture("map", "Any drag", "The ruler follows"),)

    def aspects(self, states: States) -> Sequence[Aspect]:
        ruler = states.tools[RulerState]
        return (setting(ruler, "unit", ruler.set_unit, "Unit of the ruler", ruler.unit_changed, saved=text),)

    def exports(self, states: States) -> Sequence[Export]:
        return (RulerExport(states),)


TOOL = RulerTool()
