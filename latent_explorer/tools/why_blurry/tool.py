"""Why blurry: the average of the data weighted by q(z|x) at the cursor, beside the decoded image."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.tool import Gesture, Panel, Tool
from latent_explorer.tools.why_blurry.controller import WhyBlurryController
from latent_explorer.tools.why_blurry.panel import WhyBlurryPanel
from latent_explorer.tools.why_blurry.state import WhyBlurryState

translate = QCoreApplication.translate


class WhyBlurryTool(Tool):
    """A panel only."""

    name = "why_blurry"
    states = (WhyBlurryState,)
    controller = WhyBlurryController

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Blur"), "Ctrl+Shift+Y", WhyBlurryPanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Enter on the images of an average"),
                translate("shortcuts", "From picture to picture, lit up on both maps; pick it"),
            ),
        )


TOOL = WhyBlurryTool()
