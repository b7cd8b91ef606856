"""Measures holes at the cursors and over the visible planes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.heat import HeatController
from latent_explorer.controllers.hole_gauges import HoleGauges
from latent_explorer.controllers.meter import MeterController
from latent_explorer.controllers.tool_kit import ToolKit


class HolesController(QObject):
    """Meters and heat maps, which share what they are measured with."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gauges = HoleGauges()
        self.meter = MeterController(kit, gauges, self)
        self.heat = HeatController(kit, gauges, self)
