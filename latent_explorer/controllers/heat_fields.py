"""What a heat map shows: a measure as a function on a pane's plane, with its fixed range. For workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_explorer.controllers.hole_gauges import (
    HoleGauges,
    density_reason,
    images_reason,
    log_magnification,
)
from latent_explorer.controllers.replica_cache import ReplicaCache
from latent_explorer.state.explorer import DataView
from latent_explorer.state.meter import NO_DATA
from latent_explorer.state.pane import PaneCodes, PaneModel
from trainer.latent.density import Steps
from trainer.latent.lattice import Evaluate
from trainer.latent.plane import Plane
from trainer.metrics.holes import ONE_SIDED
from trainer.metrics.round_trip import round_trip


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
    density: in one or two dimensions the log ratio, from where the meter says that there are no data (sparser
    than at all but 0.5 % of the images) to the densest 1 %; in more, where denser places are as empty, the share
    of images in places as unusual, 0 to 1. distance: 0 to that of the farthest real images (one in a
    thousand). trip: 0 to the codes' spread. magnification: log10, at the images but for 1 % at either end.
    """

    reason: str = ""
    evaluate: Evaluate = lambda points: np.full(len(points), np.nan, np.float32)
    low: float = 0.0
    high: float = 1.0
    neighbours: int = 0
    images: int = 0
    two_sided: bool = False


def heat_field(order: HeatOrder, gauges: HoleGauges, replicas: ReplicaCache) -> Steps[HeatField]:
    """The function that `order` asks for. Raises `ReplicaError` for weights that do not fit."""
    if order.kind == "density":
        return (yield from _density(order, gauges))
    if order.codes.snapshot is None:
        return HeatField("weights")
    replica = replicas.of(order.codes.snapshot, order.model.traits)
    lift = _lifter(order)
    if order.kind == "magnification":
        axes = order.plane.axes
        low, high = yield from gauges.magnifications(order.codes, replica, axes)
        if not np.isfinite(low):
            return HeatField("geometry")
        return HeatField(
            "", lambda points: log_magnification(replica, lift(points), axes), low, max(high, low + 0.01)
        )
    if order.kind == "trip":
        spread = yield from gauges.spread(order.codes)
        return HeatField("", lambda points: round_trip(replica, lift(points)), 0.0, spread)
    reason = images_reason(order.data, order.model.config.shape)
    if reason or order.data is None or order.data.images is None:
        return HeatField(reason)
    real = yield from gauges.pictures(order.data.images)
    if real.reason:
        return HeatField("alike")

    def distance(points: np.ndarray) -> np.ndarray:
        return real.of(replica.decode(lift(points)).transpose(0, 3, 1, 2))

    return HeatField("", distance, 0.0, float(np.quantile(real.references, 0.999)))


def _density(order: HeatOrder, gauges: HoleGauges) -> Steps[HeatField]:
    density = yield from gauges.density(order.codes, order.quick)
    reason = density_reason(density)
    if reason:
        return HeatField(reason)
    origin = order.plane.lift(np.zeros(2), order.hidden)
    on_plane = density.on_plane(origin, order.plane.axes)
    yield None
    if density.latent > ONE_SIDED:
        return HeatField(
            evaluate=lambda points: density.share_of(on_plane.distances(points)),
            neighbours=density.neighbours,
            images=density.count,
            two_sided=True,
        )
    near, far = np.quantile(density.references, (0.01, 1 - NO_DATA))
    near = near if near > 0 else float(density.references[density.references > 0].min(initial=density.unit))
    high, low = (float(value) for value in density.log_ratio_of(np.array([near, far])))
    return HeatField(
        "",
        lambda points: density.log_ratio_of(on_plane.distances(points)),
        min(low, high - 0.01),
        high,
        density.neighbours,
        density.count,
    )


def _lifter(order: HeatOrder) -> Callable[[np.ndarray], np.ndarray]:
    """Plane positions (n, 2) to codes (n, d)."""
    return lambda points: order.plane.lift(points, order.hidden)
