"""The meters under the cursors.

The references (densities, statistics of real pictures) are computed in one thread per pane. After that one
place takes about 0.3 ms, less than the cost of a thread switch, and is measured in the GUI thread; for a slow
model the thread does it, where only the newest place counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.holes.gauges import HoleGauges, draws_reason, images_reason
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from trainer.latent.density import Steps
from trainer.metrics.conformal import p_values
from trainer.metrics.round_trip import trip_from
from trainer.prior import Prior

#: Interval of measurements under a moving cursor (ms): numbers that change faster cannot be read. No multiple of
#: 1/60 s, so that it falls between two frames and delays neither.
_MOVING = 40
#: During training weights change several times a second, and each needs new references.
_TRAINING = 300
#: If places take longer than this (ms), they are measured in the thread from then on.
_AT_ONCE_MS = 1.5


class MeterController(QObject):
    """Keeps the meters of all panes up to date with their cursors."""

    def __init__(self, kit: ToolKit, gauges: HoleGauges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneMeter(kit, pane, gauges, self) for pane in kit.panes]

    def measure_again(self) -> None:
        """Measure again, with new references."""
        for part in self._parts:
            part.follower.renew()


class _PaneMeter(QObject):
    """The meter of one pane."""

    def __init__(self, kit: ToolKit, pane: PaneState, gauges: HoleGauges, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane, self._gauges = kit, pane, gauges
        self._state = kit.tools[MeterState]
        #: For the thread, and for this one.
        self._replicas, self._near_replicas = kit.new_replicas(), kit.new_replicas()
        #: Mean time per place over the last few.
        self._took_ms = 0.0
        self.follower = follower = Follower(
            kit.new_worker(f"meter-{pane.index}"),
            self._question,
            partial(_measured, gauges, self._replicas),
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The place under the cursor could not be measured; see the details."),
            here=self._here,
            pause=_TRAINING,
            moving=_MOVING,
        )
        follower.answered.connect(lambda reading: self._state.set_reading(pane.index, reading))
        #: The weights of the last measurement.
        self._codes: PaneCodes | None = None
        #: The prior of those weights, cached because a prior without closed forms needs draws.
        self._prior: Prior | None = None
        pane.model_changed.connect(follower.leave)
        pane.picture_changed.connect(self._picture_changed)
        pane.model_changed.connect(self._model_changed)
        kit.explorer.data_changed.connect(follower.renew)
        kit.training.run_changed.connect(self._picture_changed)

    @Slot()
    def _picture_changed(self) -> None:
        if self.follower.training and self._codes is not None and self._codes is not self._pane.codes:
            self.follower.weights()
        else:
            self.follower.move()  # a drag: it does not wait for weights

    @Slot()
    def _model_changed(self) -> None:
        self._codes = None
        self._took_ms = 0.0
        self._state.set_reading(self._pane.index, None)

    def _question(self) -> Question | None:
        pane = self._pane
        if pane.model is None or pane.code is None or pane.picture is None:
            return None
        if pane.codes is None:
            self._state.set_reading(pane.index, MeterReading(code=pane.code, here_reason="codes"))
            return None
        look = self._kit.look(pane, "code", "picture", "data")
        if look is None:
            return None
        if look.codes is not self._codes:
            self._codes, self._prior = look.codes, look.model.prior(look.snapshot)
        return look, self._prior, self.follower.training

    def _here(self, look: Look, prior: Prior | None, quick: bool) -> Iterator[object] | None:
        """Measure in this thread, if that is fast and all references are available."""
        ready = self._gauges.ready(look.codes, look.model, quick)
        ready = ready and (prior is None or prior.places_at_once)
        if self._took_ms > _AT_ONCE_MS or not look.traits.plain or not ready:
            return None
        if look.snapshot is not None:
            self._near_replicas.of(look.snapshot, look.traits)  # loaded once, not counted
        return self._timed(look, prior, quick)

    def _timed(self, look: Look, prior: Prior | None, quick: bool) -> Iterator[object]:
        started = time.thread_time()  # of work: other processes do not count
        yield from _measured(self._gauges, self._near_replicas, look, prior, quick)
        took = 1e3 * (time.thread_time() - started)
        self._took_ms = took if self._took_ms == 0 else 0.8 * self._took_ms + 0.2 * took


def _measured(
    gauges: HoleGauges, replicas: ReplicaCache, look: Look, prior: Prior | None, quick: bool
) -> Iterator[object]:
    """One `MeterReading`."""
    code = np.asarray(look.code, np.float32)
    reading = MeterReading(code=code, number=look.number)
    if prior is not None:
        reading = replace(reading, prior=prior.place(code), prior_formula=prior.formula)
    reading = yield from _with_density(reading, look, quick, gauges)
    yield None
    reading = _with_likeness(reading, look, gauges)
    yield None
    reading = yield from _with_trip(reading, look, quick, gauges, replicas)
    yield reading


def _with_density(reading: MeterReading, look: Look, quick: bool, gauges: HoleGauges) -> Steps[MeterReading]:
    """Add the value of "Data here"."""
    reason = draws_reason(look.codes, look.traits)
    if reason:
        return replace(reading, here_reason=reason)
    density = yield from gauges.density(look.codes, quick, look.traits.posterior_kind)
    reading = replace(
        reading,
        here_reason=density.reason or ("" if np.isfinite(reading.code).all() else "finite"),
        here_of=len(density.held_back),
        neighbours=density.neighbours,
        images=density.count,
        drawn=look.codes.sigmas is not None,
        spread=density.spread,
    )
    if reading.here_reason:
        return reading
    away = density.distances(reading.code[None])
    return replace(reading, here=float(density.p_of(away)[0]), log_ratio=float(density.log_ratio_of(away)[0]))


def _with_likeness(reading: MeterReading, look: Look, gauges: HoleGauges) -> MeterReading:
    """Add the value of "Looks real"."""
    reason = images_reason(look.data, look.model.config.shape)
    if reason or look.data is None or look.data.images is None:
        return replace(reading, real_reason=reason)
    assert look.picture is not None
    looks = gauges.known_pictures(look.data.images)
    if looks is None or looks.reason:
        reason = gauges.pictures_reason(look.data.images) if looks is None else looks.reason
        return replace(reading, real_reason=reason)
    return replace(
        reading,
        real=float(looks.p(look.picture.transpose(2, 0, 1)[None])[0]),
        real_of=len(looks.scores),
        powers=tuple(looks.powers.items()),
    )


def _with_trip(
    reading: MeterReading, look: Look, quick: bool, gauges: HoleGauges, replicas: ReplicaCache
) -> Steps[MeterReading]:
    """Add the value of "Round trip", compared with the round trips of images."""
    if look.snapshot is None:
        return replace(reading, trip_reason="weights")
    replica = replicas.of(look.snapshot, look.traits)
    assert look.picture is not None
    trip = float(trip_from(replica, reading.code[None], look.picture[None])[0])
    if not np.isfinite(trip):
        return replace(reading, trip_reason="finite")
    reading = replace(reading, trip=trip)
    if draws_reason(look.codes, look.traits):
        return reading
    own = yield from gauges.trips(look.codes, replica, quick, look.traits.posterior_kind)
    if not len(own):
        return reading
    return replace(reading, back=float(p_values(own, np.array([trip]))[0]), back_of=len(own))
