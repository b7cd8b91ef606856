"""What a heat map shows: a measure as a function on a pane's plane, with its fixed range. For workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.holes.gauges import HoleGauges, draws_reason, images_reason, log_magnification
from trainer.latent.density import Steps
from trainer.latent.lattice import Evaluate
from trainer.latent.plane import Plane
from trainer.metrics.conformal import p_values
from trainer.metrics.round_trip import round_trip
from trainer.replica.replica import Replica


@dataclass(frozen=True, slots=True, eq=False)
class HeatOrder:
    """What is to be shown of which weights on which plane; `hidden` (d,) as `Plane.lift` takes it."""

    kind: str
    model: PaneModel
    codes: PaneCodes
    plane: Plane
    hidden: np.ndarray
    data: DataView | None
    quick: bool

    def same_measure(self, other: HeatOrder) -> bool:
        """Whether values of the other order are values of this one."""
        return (
            self.kind == other.kind
            and self.codes is other.codes
            and self.plane is other.plane
            and self.data is other.data
            # What was measured quickly while training is measured better at rest.
            and self.quick <= other.quick
            and np.array_equal(self.hidden, other.hidden)
        )


@dataclass(frozen=True, slots=True, eq=False)
class HeatField:
    """`evaluate` takes plane positions (n, 2) and gives float32 (n,). The rest is as in `HeatPicture`.

    The ranges depend on weights and data only, never on what is in view, so that nothing changes colour under a
    moving hand:
    density, distance, trip: log10 of the meter's p-values, from the smallest there can be, 1 / (1 + m), to 1.
    magnification: log10, at the images but for 1 % at either end.
    """

    reason: str = ""
    evaluate: Evaluate = lambda points: np.full(len(points), np.nan, np.float32)
    low: float = 0.0
    high: float = 1.0
    held_back: int = 0
    powers: tuple[tuple[str, float], ...] = ()


def heat_field(order: HeatOrder, gauges: HoleGauges, replicas: ReplicaCache) -> Steps[HeatField]:
    """The function that `order` asks for. Raises `ReplicaError` for weights that do not fit."""
    if order.kind == "density":
        return (yield from _density(order, gauges))
    if order.codes.snapshot is None:
        return HeatField("weights")
    replica = replicas.of(order.codes.snapshot, order.model.traits)
    if order.kind == "magnification":
        return (yield from _magnification(order, gauges, replica))
    return (yield from (_trip if order.kind == "trip" else _likeness)(order, gauges, replica))


def _magnification(order: HeatOrder, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    axes, lift = order.plane.axes, _lifter(order)
    low, high = yield from gauges.magnifications(order.codes, replica, axes)
    if not np.isfinite(low):
        return HeatField("geometry")
    return HeatField("", lambda points: log_magnification(replica, lift(points), axes), low, max(high, low + 0.01))


def _trip(order: HeatOrder, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    reason = draws_reason(order.codes, order.model.traits)
    if reason:
        return HeatField(reason)
    own, lift = (yield from gauges.trips(order.codes, replica, order.quick)), _lifter(order)
    if not len(own):
        return HeatField("codes" if not np.isfinite(order.codes.codes).any() else "finite")
    return _ranks(len(own), lambda points: p_values(own, round_trip(replica, lift(points))))


def _likeness(order: HeatOrder, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    reason = images_reason(order.data, order.model.config.shape)
    if reason or order.data is None:
        return HeatField(reason)
    looks, lift = (yield from gauges.pictures(order.data)), _lifter(order)
    if looks.reason:
        return HeatField(looks.reason)

    def likeness(points: np.ndarray) -> np.ndarray:
        return looks.p(np.ascontiguousarray(replica.decode(lift(points)).transpose(0, 3, 1, 2)))

    return _ranks(len(looks.scores), likeness, tuple(looks.powers.items()))


def _density(order: HeatOrder, gauges: HoleGauges) -> Steps[HeatField]:
    reason = draws_reason(order.codes, order.model.traits)
    if reason:
        return HeatField(reason)
    density = yield from gauges.density(order.codes, order.quick)
    if density.reason:
        return HeatField(density.reason)
    origin = order.plane.lift(np.zeros(2), order.hidden)
    on_plane = density.on_plane(origin, order.plane.axes)
    yield None
    return _ranks(len(density.held_back), lambda points: density.p_of(on_plane.distances(points)))


def _ranks(held_back: int, p: Evaluate, powers: tuple[tuple[str, float], ...] = ()) -> HeatField:
    """A p-value against so many images, as its logarithm: what matters lies below a few in a hundred."""
    return HeatField(
        "",
        lambda points: np.log10(p(points)).astype(np.float32),
        low=-float(np.log10(1 + held_back)),
        high=0.0,
        held_back=held_back,
        powers=powers,
    )


def _lifter(order: HeatOrder) -> Callable[[np.ndarray], np.ndarray]:
    """Plane positions (n, 2) to codes (n, d)."""
    return lambda points: order.plane.lift(points, order.hidden)
