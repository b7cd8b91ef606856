"""Measures holes at the cursors and over the visible planes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.controllers.heat import HeatController
from latent_explorer.controllers.hole_gauges import HoleGauges
from latent_explorer.controllers.meter import MeterController
from latent_explorer.controllers.tool_kit import ToolKit


class HolesController(QObject):
    """Meters and heat maps, which share what they are measured with."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit, self._gauges = kit, HoleGauges()
        gauges = self._gauges
        self.meter = MeterController(kit, gauges, self)
        self.heat = HeatController(kit, gauges, self)
        kit.explorer.data_changed.connect(self._data_changed)

    @Slot()
    def _data_changed(self) -> None:
        """Images are a data set's largest part, and a file of the session's folder: no former ones are kept."""
        data = self._kit.explorer.data
        self._gauges.forget_pictures(None if data is None else data.images)
