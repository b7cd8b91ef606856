"""The function of a heat map: a measure on a pane's plane, with its fixed range. For workers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.holes.gauges import HoleGauges, draws_reason, images_reason, log_magnification
from trainer.latent.density import Steps
from trainer.latent.lattice import Evaluate
from trainer.metrics.conformal import ALARM, POWER, UNLIKE, needed, p_values
from trainer.metrics.round_trip import round_trip
from trainer.replica.replica import Replica


@dataclass(frozen=True, slots=True, eq=False)
class HeatField:
    """`evaluate` takes plane positions (n, 2) and returns float32 (n,). The other attributes are as in
    `HeatPicture`.

    The ranges depend only on weights and data, not on the view, so that colours do not change during a
    drag:
    density, distance, trip: log10 of the meter's p-values, from the smallest there can be, 1 / (1 + m), to 1.
    magnification: log10, range at the images except 1 % at either end.
    """

    reason: str = ""
    evaluate: Evaluate = lambda points: np.full(len(points), np.nan, np.float32)
    low: float = 0.0
    high: float = 1.0
    held_back: int = 0
    fails: float = math.nan
    powers: tuple[tuple[str, float], ...] = ()


def heat_field(look: Look, kind: str, quick: bool, gauges: HoleGauges, replicas: ReplicaCache) -> Steps[HeatField]:
    """The measure `kind` over a pane; `quick`: with reduced references, during training.

    Raises `ReplicaError` for weights that do not fit.
    """
    if kind == "density":
        return (yield from _density(look, quick, gauges))
    if look.snapshot is None:
        return HeatField("weights")
    replica = replicas.of(look.snapshot, look.traits)
    if kind == "magnification":
        return (yield from _magnification(look, gauges, replica))
    if kind == "trip":
        return (yield from _trip(look, quick, gauges, replica))
    return (yield from _likeness(look, gauges, replica))


def _magnification(look: Look, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    axes, lift = look.plane.axes, look.lift
    low, high = yield from gauges.magnifications(look.codes, replica, axes)
    if not np.isfinite(low):
        return HeatField("geometry")
    return HeatField("", lambda points: log_magnification(replica, lift(points), axes), low, max(high, low + 0.01))


def _trip(look: Look, quick: bool, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    reason = draws_reason(look.codes, look.traits)
    if reason:
        return HeatField(reason)
    own = yield from gauges.trips(look.codes, replica, quick, look.traits.posterior_kind)
    if not len(own):
        return HeatField("codes" if not np.isfinite(look.codes.codes).any() else "finite")
    return _ranks(len(own), lambda points: p_values(own, round_trip(replica, look.lift(points))))


def _likeness(look: Look, gauges: HoleGauges, replica: Replica) -> Steps[HeatField]:
    reason = images_reason(look.data, look.model.config.shape)
    if reason or look.data is None:
        return HeatField(reason)
    looks = yield from gauges.pictures(look.data)
    if looks.reason:
        return HeatField(looks.reason)

    def likeness(points: np.ndarray) -> np.ndarray:
        return looks.p(np.ascontiguousarray(replica.decode(look.lift(points)).transpose(0, 3, 1, 2)))

    powers = tuple(looks.powers.items())
    tells = min((share for _, share in powers), default=0.0) >= POWER
    return _ranks(len(looks.scores), likeness, powers, UNLIKE if tells else math.nan)


def _density(look: Look, quick: bool, gauges: HoleGauges) -> Steps[HeatField]:
    reason = draws_reason(look.codes, look.traits)
    if reason:
        return HeatField(reason)
    density = yield from gauges.density(look.codes, quick, look.traits.posterior_kind)
    if density.reason:
        return HeatField(density.reason)
    on_plane = density.on_plane(look.lift(np.zeros(2)), look.plane.axes)
    yield None
    return _ranks(len(density.held_back), lambda points: density.p_of(on_plane.distances(points)))


def _ranks(
    held_back: int, p: Evaluate, powers: tuple[tuple[str, float], ...] = (), fails: float = ALARM
) -> HeatField:
    """The field of a p-value against `held_back` images, as its logarithm, since small values matter."""
    return HeatField(
        "",
        lambda points: np.log10(p(points)).astype(np.float32),
        low=-float(np.log10(1 + held_back)),
        high=0.0,
        held_back=held_back,
        fails=fails if held_back >= needed(ALARM) else math.nan,
        powers=powers,
    )
