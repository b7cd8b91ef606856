"""Mean or draw of p(x|z) in the decoded pictures; chosen in the View menu and in the pictures' menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting, truth, whole
from latent_explorer.core.states import States
from latent_explorer.core.tool import Tool

translate = QCoreApplication.translate


class MeanOrDrawTool(Tool):
    """The state is shared: `ExplorerState.decoded`."""

    name = "mean_or_draw"

    def aspects(self, states: States) -> Sequence[Aspect]:
        decoded = states.explorer.decoded
        return (
            setting(
                decoded,
                "draws",
                decoded.set_draws,
                translate("undo", "Mean or a draw"),
                decoded.changed,
                saved=truth,
            ),
            setting(
                decoded, "seed", decoded.set_seed, translate("undo", "Another draw"), decoded.changed, saved=whole
            ),
        )


TOOL = MeanOrDrawTool()
