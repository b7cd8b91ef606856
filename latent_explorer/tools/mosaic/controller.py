"""Fills the visible planes with decoded tiles."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.mosaic.state import MosaicState
from latent_explorer.tools.mosaic.work import MosaicAnswer, MosaicOrder, MosaicWork

#: Rest after a zoom (ms) before tiles of the new size are decoded; a pan asks for its new edge at once.
_AFTER_ZOOM = 60
_AFTER_PAN = 12
#: Between two mosaics while training (ms), or so many times as long as one takes, whichever is longer.
_TRAINING = 700
_SHARE = 4


class MosaicController(QObject):
    """Keeps the mosaics of all panes true to weights, planes and views."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneMosaic(kit, pane, self) for pane in kit.panes]


class _PaneMosaic(QObject):
    """One pane's."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[MosaicState], kit.tools.overlays
        self._work = MosaicWork(kit.new_replicas())
        self._worker = kit.new_worker(f"mosaic-{pane.index}", background=True)
        self._worker.answered.connect(self._answered)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        #: A hand moves the view while training: its new edge is filled with the weights that are on show.
        self._edge_timer = QTimer(self)
        self._edge_timer.setSingleShot(True)
        self._edge_timer.timeout.connect(self._ask_edge)
        self._asked: MosaicOrder | None = None
        self._asked_at = self._begun_at = self._took = 0.0
        self._view: ViewTransform | None = None
        self._overlays.changed.connect(self._overlay_changed)
        pane.view_changed.connect(self._view_changed)
        pane.view_moved.connect(self._view_moved)
        pane.plane_changed.connect(self._weights_changed)
        pane.codes_changed.connect(self._weights_changed)
        pane.model_changed.connect(self._model_changed)
        kit.explorer.picked_changed.connect(self._picked_changed)
        kit.training.run_changed.connect(self._weights_changed)

    @property
    def _training(self) -> bool:
        return self._kit.training.run == "training"

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name != "mosaic":
            return
        if self._overlays.on("mosaic"):
            self._timer.start(0)
        else:
            self._model_changed()

    @Slot()
    def _view_changed(self) -> None:
        view = self._pane.view
        if not self._overlays.on("mosaic") or view is None:
            return
        if self._training:
            self._later()
        elif self._view is not None and view.scale == self._view.scale:
            # Not postponed by the next step of the same pan, so that its edge fills while the hand moves.
            if not self._timer.isActive():
                self._timer.start(_AFTER_PAN)
        else:
            self._worker.cancel()
            self._timer.start(_AFTER_ZOOM)

    @Slot()
    def _view_moved(self) -> None:
        if self._overlays.on("mosaic") and self._training and not self._edge_timer.isActive():
            self._edge_timer.start(_AFTER_ZOOM)

    @Slot()
    def _ask_edge(self) -> None:
        order, view = self._asked, self._pane.view
        if self._overlays.on("mosaic") and order is not None and view is not None:
            self._begun_at = time.monotonic()
            self._worker.ask(partial(self._work.pictures, order, view))

    @Slot()
    def _picked_changed(self) -> None:
        plane = self._pane.plane
        if plane is not None and plane.hides and self._pane.hidden == "picked":
            self._weights_changed()

    @Slot()
    def _weights_changed(self) -> None:
        if not self._overlays.on("mosaic"):
            return
        if self._training:
            self._later()
        else:
            self._timer.start(0)

    def _later(self) -> None:
        """Ask when the last mosaic has stood long enough."""
        if not self._timer.isActive() and not self._worker.busy:
            rested = time.monotonic() - self._asked_at
            self._timer.start(max(0, round(1_000 * (max(_TRAINING / 1_000, _SHARE * self._took) - rested))))

    @Slot()
    def _model_changed(self) -> None:
        self._timer.stop()
        self._asked = None
        self._worker.cancel()
        self._state.set_picture(self._pane.index, None)

    @Slot()
    def _ask(self) -> None:
        pane = self._pane
        if not self._overlays.on("mosaic"):
            return
        if pane.model is None or pane.plane is None or pane.codes is None or pane.view is None:
            return
        self._view = pane.view
        hidden = self._kit.exploration.hidden(pane.index).copy()
        order = MosaicOrder(pane.model, pane.codes, pane.plane, hidden)
        self._asked = order
        self._asked_at = self._begun_at = time.monotonic()
        # While a pan goes on each request shows something before the next takes over.
        self._worker.ask(partial(self._work.pictures, order, pane.view))

    @Slot(object)
    def _answered(self, answer: MosaicAnswer) -> None:
        if answer.model == self._pane.model and self._overlays.on("mosaic"):
            self._state.set_picture(self._pane.index, answer.picture)

    @Slot()
    def _finished(self) -> None:
        self._took = time.monotonic() - self._begun_at

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The mosaic could not be decoded; see the details.")
        self._kit.notifications.post("error", told, details)
