"""The heat maps over the visible planes: coarse at once, refined at rest, given up at the next pan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.piece_pace import PiecePace
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.holes.gauges import HoleGauges
from latent_explorer.tools.holes.heat_fields import HeatField, HeatOrder, heat_field
from latent_explorer.tools.holes.heat_pace import MOST, HeatPace
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from trainer.latent.lattice import STRIDES, Lattice, LatticeValues

#: Screen pixels between two points of the finest picture, about.
CELL = 4.0
#: Rest after a pan or zoom before anything is computed (ms).
_REST = 30
#: Between two pictures while training (ms), and their finest stride: the next weights are on their way.
_TRAINING = 1_500
_TRAINING_STRIDE = 4


class HeatController(QObject):
    """Keeps the heat maps of all panes true to weights, planes, views and the choice of measure."""

    def __init__(self, kit: ToolKit, gauges: HoleGauges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneHeat(kit, pane, gauges, self) for pane in kit.panes]


class _PaneHeat(QObject):
    """One pane's."""

    def __init__(self, kit: ToolKit, pane: PaneState, gauges: HoleGauges, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[HeatState], kit.tools.overlays
        self._work = _HeatWork(gauges, kit.new_replicas())
        self._worker = kit.new_worker(f"heat-{pane.index}", background=True)
        self._worker.answered.connect(self._answered)
        self._worker.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        #: A hand moves the view while training: its new edge is measured with the weights that are on show.
        self._edge_timer = QTimer(self)
        self._edge_timer.setSingleShot(True)
        self._edge_timer.timeout.connect(self._ask_edge)
        self._asked_at = 0.0
        self._asked: HeatOrder | None = None
        self._overlays.changed.connect(self._overlay_changed)
        pane.view_changed.connect(self._view_changed)
        pane.view_moved.connect(self._view_moved)
        pane.plane_changed.connect(self._weights_changed)
        pane.codes_changed.connect(self._weights_changed)
        pane.model_changed.connect(self._model_changed)
        kit.explorer.picked_changed.connect(self._picked_changed)
        kit.explorer.data_changed.connect(self._data_changed)
        kit.training.run_changed.connect(self._weights_changed)

    @property
    def _training(self) -> bool:
        return self._kit.training.run == "training"

    @property
    def _on(self) -> bool:
        return self._overlays.chosen("heat") != "none"

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name != "heat":
            return
        self._worker.cancel()
        # The former measure's picture would lie about the new one.
        self._state.set_picture(self._pane.index, None)
        if self._on:
            self._timer.start(0)

    @Slot()
    def _view_changed(self) -> None:
        if self._on and not self._training:
            self._worker.cancel()
            self._timer.start(_REST)
        elif self._on:
            self._later()

    @Slot()
    def _view_moved(self) -> None:
        # Not postponed by the next step of the same pan.
        if self._on and self._training and not self._edge_timer.isActive():
            self._edge_timer.start(_REST)

    @Slot()
    def _ask_edge(self) -> None:
        order, view = self._asked, self._pane.view
        if order is not None and view is not None and order.kind == self._overlays.chosen("heat") and order.quick:
            self._worker.ask(partial(self._work.pictures, order, view))

    @Slot()
    def _picked_changed(self) -> None:
        plane = self._pane.plane
        if plane is not None and plane.hides and self._pane.hidden == "picked":
            self._weights_changed()

    @Slot()
    def _data_changed(self) -> None:
        self._asked = None
        self._worker.cancel()
        self._work.forget()
        self._weights_changed()

    @Slot()
    def _weights_changed(self) -> None:
        if not self._on:
            return
        if self._training:
            self._later()
        else:
            self._timer.start(0)

    def _later(self) -> None:
        """Ask when the last picture has stood long enough."""
        if not self._timer.isActive() and not self._worker.busy:
            rested = 1_000 * (time.monotonic() - self._asked_at)
            self._timer.start(max(0, round(_TRAINING - rested)))

    @Slot()
    def _model_changed(self) -> None:
        self._timer.stop()
        self._asked = None
        self._worker.cancel()
        self._state.set_picture(self._pane.index, None)

    @Slot()
    def _ask(self) -> None:
        pane = self._pane
        if not self._on or pane.model is None or pane.plane is None or pane.codes is None or pane.view is None:
            return
        order = HeatOrder(
            self._overlays.chosen("heat"),
            pane.model,
            pane.codes,
            pane.plane,
            self._kit.exploration.hidden(pane.index).copy(),
            self._kit.explorer.data,
            quick=self._training,
        )
        self._asked, self._asked_at = order, time.monotonic()
        self._worker.ask(partial(self._work.pictures, order, pane.view), at_once=True)

    @Slot(object)
    def _answered(self, answer: _Answer) -> None:
        if answer.model == self._pane.model and answer.picture.kind == self._overlays.chosen("heat"):
            self._state.set_picture(self._pane.index, answer.picture)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The heat map could not be computed; see the details.")
        self._kit.notifications.post("error", told, details)
        if self._on:
            nothing = HeatPicture(kind=self._overlays.chosen("heat"), reason="failed", finished=True)
            self._state.set_picture(self._pane.index, nothing)


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    model: PaneModel
    picture: HeatPicture


class _HeatWork:
    """What one pane's thread does; remembers the last measure and its values for the next view."""

    def __init__(self, gauges: HoleGauges, replicas: ReplicaCache) -> None:
        self._gauges, self._replicas = gauges, replicas
        self._last: tuple[HeatOrder, HeatField, LatticeValues] | None = None
        #: What a point of the last measure costs.
        self._pace = PiecePace(MOST)

    def forget(self) -> None:
        """Let go of the last order and its data."""
        self._last = None

    def pictures(self, order: HeatOrder, view: ViewTransform) -> Iterator[object]:
        """Answers: the measure over what `view` shows, finer and finer."""
        former: LatticeValues | None = None
        last = self._last  # the other thread may forget it
        if last is not None and last[0].same_measure(order):
            _, field, former = last
        else:
            field = yield from heat_field(order, self._gauges, self._replicas)
            self._pace = PiecePace(MOST)
        if field.reason:
            nothing = HeatPicture(kind=order.kind, reason=field.reason, finished=True, number=order.codes.number)
            yield _Answer(order.model, nothing)
            return
        values = LatticeValues(Lattice.over(*view.rect, CELL / view.scale), former)
        self._last = (order, field, values)
        finest = _TRAINING_STRIDE if order.quick else 1
        pace = HeatPace(self._pace)
        for stride in STRIDES:
            yield from values.refined(stride, pace.timed(field.evaluate), pace.batch)
            finished = stride <= finest
            if finished or not pace.soon(values.missing(stride // 2)):
                yield _Answer(order.model, _picture(order, field, values, stride, finished))
                pace.handed_out()
            if finished:
                return


def _picture(
    order: HeatOrder, field: HeatField, values: LatticeValues, stride: int, finished: bool
) -> HeatPicture:
    return HeatPicture(
        kind=order.kind,
        values=values.level(stride),
        rect=values.lattice.rect(stride),
        low=field.low,
        high=field.high,
        held_back=field.held_back,
        powers=field.powers,
        finished=finished,
        number=order.codes.number,
    )
