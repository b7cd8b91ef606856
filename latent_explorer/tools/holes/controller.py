"""Measures holes at the cursors and over the visible planes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import DataView
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.workers.worker import Worker
from latent_explorer.tools.holes.gauges import HoleGauges
from latent_explorer.tools.holes.heat import HeatController
from latent_explorer.tools.holes.meter import MeterController


class HolesController(QObject):
    """Meters and heat maps, which share their reference data.

    The part that depends only on the data set (statistics of its pictures: seconds of work) is computed once, in a
    separate low-priority thread. Meters do without it until it is available.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit, self._gauges = kit, HoleGauges()
        gauges = self._gauges
        self._data: DataView | None = None
        self._worker: Worker = kit.new_worker("looks-real", background=True)
        self._worker.finished.connect(self._prepared)
        self._worker.failed.connect(self._failed)
        self.meter = MeterController(kit, gauges, self)
        self.heat = HeatController(kit, gauges, self)
        kit.explorer.data_changed.connect(self._data_changed)

    @Slot()
    def _data_changed(self) -> None:
        """Release the former images, which are large, and a file of the session's folder."""
        data = self._kit.explorer.data
        images = None if data is None else data.images
        self._gauges.forget_pictures(images)
        if data is None or images is None:
            self._data = None
            self._worker.cancel()
        elif self._data is None or self._data.images is not images:
            self._data = data
            self._worker.ask(lambda: self._look(data), at_once=True)

    def _look(self, data: DataView) -> Iterator[object]:
        yield from self._gauges.pictures(data)

    @Slot()
    def _prepared(self) -> None:
        self.meter.measure_again()

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        shown = sentence or self.tr("The data set's images could not be looked at; see the details.")
        self._kit.notifications.post("error", shown, details)
        if self._data is not None and self._data.images is not None:
            self._gauges.pictures_failed(self._data.images)
        self.meter.measure_again()
