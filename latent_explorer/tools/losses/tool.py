"""The loss of every image on the maps, as a colour and for lists."""

from __future__ import annotations

from latent_explorer.core.tool import Tool
from latent_explorer.tools.losses.controller import LossesController


class LossesTool(Tool):
    """Has no panel: colours, legend and the list of the selection show the losses."""

    name = "losses"
    controller = LossesController


TOOL = LossesTool()
