"""Reference data of holes: densities, statistics of real pictures, round trips of images. For workers."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneCodes, PaneModel, lacks_sigmas
from trainer.latent.aggregated import aggregated
from trainer.latent.density import Steps
from trainer.latent.geometry import magnification
from trainer.metrics.features import feature_net_for
from trainer.metrics.holes import CodeDensity
from trainer.metrics.looks_real import FEWEST, LooksReal
from trainer.metrics.round_trip import round_trip
from trainer.posteriors import GaussianPosterior, Posterior
from trainer.replica.replica import Replica
from trainer.traits import Traits

#: Number of images for round trips; and for magnifications, which only define a heat map's range before it
#: is drawn: 400 took 0.2 s with small convolutional decoders.
_OWN, _MAGNIFIED = 399, 100
#: During training everything is measured on fewer images, as the next weights arrive soon: no fewer than
#: an alarm needs.
_QUICK_CODES, _QUICK_HELD_BACK, _QUICK_OWN = 4_000, 399, 199
#: Interval of checks for cancellation while waiting for another thread (s).
_LOOK = 0.02
#: Seed, different from that of the images for densities.
_TRIP_SEED = 1

_V = TypeVar("_V")


class _Kept(Generic[_V]):
    """A cache of the newest few values by the identity of their inputs.

    Replaced as a whole, so that two threads may use it: at worst both compute the same value.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: tuple[tuple[tuple[Any, ...], _V], ...] = ()

    def get(self, *made_from: Any) -> _V | None:
        for key, value in self._entries:
            if _same(key, made_from):
                return value
        return None

    def put(self, value: _V, *made_from: Any) -> _V:
        others = [entry for entry in self._entries if not _same(entry[0], made_from)]
        self._entries = ((made_from, value), *others[: self._most - 1])
        return value

    def clear(self) -> None:
        """Drop all values."""
        self._entries = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Gauge(Generic[_V]):
    """A value, and whether it was measured on a subset of images, as during training."""

    value: _V
    quick: bool

    def serves(self, quick: bool) -> bool:
        return quick or not self.quick


def _same(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    return len(a) == len(b) and all(one is other for one, other in zip(a, b, strict=True))


class HoleGauges:
    """Computed on demand, cached for the newest weights, shared by the threads of meters and heat maps.

    Its methods are generators for `Worker`: they yield None where the work may be cancelled.
    """

    def __init__(self) -> None:
        self._densities: _Kept[_Gauge[CodeDensity]] = _Kept(4)
        self._pictures: _Kept[LooksReal] = _Kept(1)
        self._failed: _Kept[bool] = _Kept(1)
        #: Lock of the thread that processes the images, so that seconds of work are done only once.
        self._looking = threading.Lock()
        self._trips: _Kept[_Gauge[np.ndarray]] = _Kept(4)
        self._scales: _Kept[tuple[float, float]] = _Kept(4)

    def forget_pictures(self, present: np.ndarray | None) -> None:
        """Drop all images except those of the present data."""
        for kept in (self._pictures, self._failed):
            if present is None or kept.get(present) is None:
                kept.clear()

    def ready(self, codes: PaneCodes, model: PaneModel, quick: bool) -> bool:
        """Whether a code of a pane can be measured with cached references only."""
        if draws_reason(codes, model.traits):
            return True
        density, trips = self._densities.get(codes), self._trips.get(codes)
        return (
            density is not None
            and density.serves(quick)
            and (codes.snapshot is None or (trips is not None and trips.serves(quick)))
        )

    def density(
        self, codes: PaneCodes, quick: bool, kind: type[Posterior] = GaussianPosterior
    ) -> Steps[CodeDensity]:
        """The density of the decoder's training inputs in a pane: draws of posteriors of this kind."""
        known = self._densities.get(codes)
        if known is not None and known.serves(quick):
            return known.value
        if quick:
            made = yield from CodeDensity.measured(
                codes.codes, codes.sigmas, most=_QUICK_CODES, held_back=_QUICK_HELD_BACK, posterior=kind
            )
        else:
            made = yield from CodeDensity.measured(codes.codes, codes.sigmas, posterior=kind)
        return self._densities.put(_Gauge(made, quick), codes).value

    def pictures(self, data: DataView) -> Steps[LooksReal]:
        """The test of pictures against the data's images, which must be available. Computed by one thread."""
        assert data.images is not None
        while not self._looking.acquire(timeout=_LOOK):
            yield None
        try:
            known = self._pictures.get(data.images)
            if known is None:
                net = feature_net_for(data.images.shape[1:])
                made = yield from LooksReal.measured(net, data.images, gratings=data.config.name == "moons")
                known = self._pictures.put(made, data.images)
            return known
        finally:
            self._looking.release()

    def known_pictures(self, images: np.ndarray) -> LooksReal | None:
        """The cached test of pictures, if any."""
        return self._pictures.get(images)

    def pictures_reason(self, images: np.ndarray) -> str:
        """Why the test is not available (yet), one of `REASONS`."""
        return "failed" if self._failed.get(images) else "preparing"

    def pictures_failed(self, images: np.ndarray) -> None:
        """Record that the images could not be used."""
        self._failed.put(True, images)

    def trips(
        self, codes: PaneCodes, replica: Replica, quick: bool, kind: type[Posterior] = GaussianPosterior
    ) -> Steps[np.ndarray]:
        """The round trips of images, ascending, float32 (m,)."""
        known = self._trips.get(codes)
        if known is not None and known.serves(quick):
            return known.value
        most = _QUICK_OWN if quick else _OWN
        chosen = yield from aggregated(codes.codes, codes.sigmas, most, _TRIP_SEED, kind)
        found, pace = [], AdaptiveChunks()
        for part in pace.parts(len(chosen)):
            with pace.measured(part):
                found.append(round_trip(replica, chosen[part]))
            yield None
        own = np.concatenate(found) if found else np.empty(0, np.float32)
        return self._trips.put(_Gauge(np.sort(own[np.isfinite(own)]), quick), codes).value

    def magnifications(self, codes: PaneCodes, replica: Replica, axes: np.ndarray) -> Steps[tuple[float, float]]:
        """The range of log10 √det G at images' codes along a plane's `axes`, except 1 % at either end.

        NaN if it can be measured at none of them.
        """
        known = self._scales.get(codes, axes)
        if known is not None:
            return known
        chosen = yield from aggregated(codes.codes, None, _MAGNIFIED)
        found, pace = [], AdaptiveChunks()
        for part in pace.parts(len(chosen)):
            with pace.measured(part):
                found.append(log_magnification(replica, chosen[part], axes))
            yield None
        own = np.concatenate(found) if found else np.empty(0, np.float32)
        own = own[np.isfinite(own)]
        low, high = np.quantile(own, (0.01, 0.99)) if len(own) else (np.nan, np.nan)
        return self._scales.put((float(low), float(high)), codes, axes)


def log_magnification(replica: Replica, codes: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """log10 √det G at codes (n, d), float32 (n,); NaN if the decoder is flat or not finite."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.log10(magnification(replica, codes, axes)).astype(np.float32)
    return np.where(np.isfinite(found), found, np.float32(np.nan))


def images_reason(data: DataView | None, shape: tuple[int, int, int]) -> str:
    """Why a model's pictures of `shape` cannot be compared with real ones: one of `REASONS`, "" if they can."""
    if data is None or data.images is None:
        return "images"
    if data.images.shape[1:] != shape:
        return "shape"
    return "few" if len(data.images) < FEWEST else ""


def draws_reason(codes: PaneCodes, traits: Traits) -> str:
    """Why a decoder's training inputs are unknown: one of `REASONS`, "" if they are known."""
    return "sigmas" if lacks_sigmas(codes, traits) else ""
