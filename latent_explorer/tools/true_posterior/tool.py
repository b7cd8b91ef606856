"""The true posterior: p(z|x) of the picked image beside the encoder's q(z|x), and ln p(x) = ELBO + KL(q‖p)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.tool import Layer, Panel, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.true_posterior.controller import TruePosteriorController
from latent_explorer.tools.true_posterior.overlay import TruePosteriorOverlay
from latent_explorer.tools.true_posterior.panel import TruePosteriorPanel
from latent_explorer.tools.true_posterior.state import TruePosteriorState

translate = QCoreApplication.translate


class TruePosteriorTool(Tool):
    """Figures in a panel, regions on the maps."""

    name = "true_posterior"
    states = (TruePosteriorState,)
    controller = TruePosteriorController
    layers = (Layer(42, TruePosteriorOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Posterior"), "Ctrl+Shift+X", TruePosteriorPanel)

    def choices(self) -> Sequence[Choice | Switch]:
        text = translate("ExploreMenu", "&True posterior of the picked image")
        return (Switch("truth", text, "Ctrl+Shift+9"),)

    def image_offers(
        self, tools: ToolStates, explorer: ExplorerState, row: int
    ) -> Sequence[tuple[str, Callable[[], None]]]:
        def show() -> None:
            explorer.pick(row)
            tools.panel_wanted.emit("true_posterior")

        return ((translate("TruePosterior", "True posterior of this image"), show),)


TOOL = TruePosteriorTool()
