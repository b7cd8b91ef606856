"""What a heat map shows: a measure as a function on a pane's plane, with its fixed range. For workers."""

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
    fails: float = math.nan
    powers: tuple[tuple[str, float], ...] = ()


def heat_field(look: Look, kind: str, quick: bool, gauges: HoleGauges, replicas: ReplicaCache) -> Steps[HeatField]:
    """The measure `kind` over a pane; `quick`: with gauges that are good enough while training.

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
    """A p-value against so many images, as its logarithm: what matters is below a few per cent."""
    return HeatField(
        "",
        lambda points: np.log10(p(points)).astype(np.float32),
        low=-float(np.log10(1 + held_back)),
        high=0.0,
        held_back=held_back,
        fails=fails if held_back >= needed(ALARM) else math.nan,
        powers=powers,
    )
