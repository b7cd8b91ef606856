"""The meters under the cursors.

What is measured with (densities, what real pictures look like) is made in a thread a pane. Once it is there, one
place takes some 0.3 ms, less than a thread costs the one that draws, and is measured at once; a slow model's stays
in the thread, where the newest place counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneCodes, PaneModel, PaneState
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.workers.progressive_task import ProgressiveTask
from latent_explorer.tools.holes.gauges import HoleGauges, draws_reason, images_reason
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from trainer.latent.density import Steps
from trainer.metrics.conformal import p_values
from trainer.metrics.round_trip import trip_from
from trainer.prior import Prior

#: Between two measurements under a moving cursor (ms): figures that change faster cannot be read. No multiple of a
#: frame's sixtieth of a second, so that it falls between two frames and delays neither.
_MOVING = 40
#: While training weights change several times a second, and each needs its own gauges.
_TRAINING = 300
#: If places take longer than this (ms), they are measured in the thread from then on.
_AT_ONCE_MS = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What is measured: a code with its picture, of a model with these weights."""

    model: PaneModel
    codes: PaneCodes
    code: np.ndarray
    picture: np.ndarray
    prior: Prior | None
    data: DataView | None
    quick: bool


class MeterController(QObject):
    """Keeps the meters of all panes true to what stands under their cursors."""

    def __init__(self, kit: ToolKit, gauges: HoleGauges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneMeter(kit, pane, gauges, self) for pane in kit.panes]

    def measure_again(self) -> None:
        """What is measured with is another."""
        for part in self._parts:
            part.measure_again()


class _PaneMeter(QObject):
    """One pane's."""

    def __init__(self, kit: ToolKit, pane: PaneState, gauges: HoleGauges, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane, self._gauges = kit, pane, gauges
        self._state = kit.tools[MeterState]
        #: For the thread, and for this one.
        self._replicas, self._near_replicas = kit.new_replicas(), kit.new_replicas()
        #: What a place took, on average over the last few.
        self._took_ms = 0.0
        self._worker: ProgressiveTask = kit.new_worker(f"meter-{pane.index}")
        self._worker.answered.connect(self._answered)
        self._worker.failed.connect(self._failed)
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._asked_codes: PaneCodes | None = None
        #: Of the codes asked about last: a prior without closed forms draws from itself once.
        self._prior: Prior | None = None
        pane.picture_changed.connect(self._picture_changed)
        pane.model_changed.connect(self._model_changed)
        kit.explorer.data_changed.connect(self._picture_changed)
        kit.training.run_changed.connect(self._picture_changed)

    @property
    def _training(self) -> bool:
        return self._kit.training.run == "training"

    @Slot()
    def _picture_changed(self) -> None:
        slow = self._training and self._pane.codes is not self._asked_codes
        pause = _TRAINING if slow and self._asked_codes is not None else _MOVING
        if not self._timer.isActive():
            self._timer.start(pause)
        elif pause < self._timer.remainingTime():
            self._timer.start(pause)  # the hand moves: its place does not wait for weights

    def measure_again(self) -> None:
        """The same place."""
        self._picture_changed()

    @Slot()
    def _model_changed(self) -> None:
        self._timer.stop()
        self._worker.cancel()
        self._asked_codes = None
        self._took_ms = 0.0
        self._state.set_reading(self._pane.index, None)

    @Slot()
    def _ask(self) -> None:
        pane = self._pane
        if pane.model is None or pane.code is None or pane.picture is None:
            return
        if pane.codes is None:
            self._state.set_reading(pane.index, MeterReading(code=pane.code, here_reason="codes"))
            return
        if pane.codes is not self._asked_codes:
            self._asked_codes, self._prior = pane.codes, pane.model.prior(pane.codes.snapshot)
        order = _Order(
            pane.model,
            pane.codes,
            pane.code,
            pane.picture,
            self._prior,
            self._kit.explorer.data,
            quick=self._training,
        )
        ready = self._gauges.ready(order.codes, order.model, order.quick)
        ready = ready and (order.prior is None or order.prior.places_at_once)
        if self._took_ms <= _AT_ONCE_MS and order.model.traits.plain and ready:
            self._measure_at_once(order)
        else:
            self._worker.ask(partial(_measured, order, self._gauges, self._replicas))

    def _measure_at_once(self, order: _Order) -> None:
        if order.codes.snapshot is not None:
            self._near_replicas.of(order.codes.snapshot, order.model.traits)  # loaded once, not counted
        self._worker.cancel()  # a former place's answer would come after this one
        started = time.thread_time()  # of work: other processes do not count
        for answer in _measured(order, self._gauges, self._near_replicas):
            if answer is not None:
                self._answered(answer)
        took = 1e3 * (time.thread_time() - started)
        self._took_ms = took if self._took_ms == 0 else 0.8 * self._took_ms + 0.2 * took

    @Slot(object)
    def _answered(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        model, reading = answer
        if model == self._pane.model:
            self._told = ""
            self._state.set_reading(self._pane.index, reading)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The place under the cursor could not be measured; see the details.")
        if told != self._told:  # said once, not at every move
            self._told = told
            self._kit.notifications.post("error", told, details)


def _measured(order: _Order, gauges: HoleGauges, replicas: ReplicaCache) -> Iterator[object]:
    """One answer: the model and its reading."""
    code = np.asarray(order.code, np.float32)
    reading = MeterReading(code=code, number=order.codes.number)
    if order.prior is not None:
        reading = replace(reading, prior=order.prior.place(code), prior_formula=order.prior.formula)
    reading = yield from _with_density(reading, order, gauges)
    yield None
    reading = _with_likeness(reading, order, gauges)
    yield None
    reading = yield from _with_trip(reading, order, gauges, replicas)
    yield order.model, reading


def _with_density(reading: MeterReading, order: _Order, gauges: HoleGauges) -> Steps[MeterReading]:
    """And whether there are data here."""
    reason = draws_reason(order.codes, order.model.traits)
    if reason:
        return replace(reading, here_reason=reason)
    density = yield from gauges.density(order.codes, order.quick)
    reading = replace(
        reading,
        here_reason=density.reason or ("" if np.isfinite(reading.code).all() else "finite"),
        here_of=len(density.held_back),
        neighbours=density.neighbours,
        images=density.count,
        drawn=order.codes.spreads is not None,
        spread=density.spread,
    )
    if reading.here_reason:
        return reading
    away = density.distances(reading.code[None])
    return replace(reading, here=float(density.p_of(away)[0]), log_ratio=float(density.log_ratio_of(away)[0]))


def _with_likeness(reading: MeterReading, order: _Order, gauges: HoleGauges) -> MeterReading:
    """And whether the picture looks like real ones."""
    reason = images_reason(order.data, order.model.config.shape)
    if reason or order.data is None or order.data.images is None:
        return replace(reading, real_reason=reason)
    looks = gauges.known_pictures(order.data.images)
    if looks is None or looks.reason:
        reason = gauges.pictures_reason(order.data.images) if looks is None else looks.reason
        return replace(reading, real_reason=reason)
    return replace(
        reading,
        real=float(looks.p(order.picture.transpose(2, 0, 1)[None])[0]),
        real_of=len(looks.scores),
        powers=tuple(looks.powers.items()),
    )


def _with_trip(
    reading: MeterReading, order: _Order, gauges: HoleGauges, replicas: ReplicaCache
) -> Steps[MeterReading]:
    """And where the picture is encoded, and how the images' own round trips compare with that."""
    if order.codes.snapshot is None:
        return replace(reading, trip_reason="weights")
    replica = replicas.of(order.codes.snapshot, order.model.traits)
    trip = float(trip_from(replica, reading.code[None], order.picture[None])[0])
    if not np.isfinite(trip):
        return replace(reading, trip_reason="finite")
    reading = replace(reading, trip=trip)
    if draws_reason(order.codes, order.model.traits):
        return reading
    own = yield from gauges.trips(order.codes, replica, order.quick)
    if not len(own):
        return reading
    return replace(reading, back=float(p_values(own, np.array([trip]))[0]), back_of=len(own))
