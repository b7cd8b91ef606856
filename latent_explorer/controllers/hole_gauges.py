"""What holes are measured with: densities, real pictures' features, the images' own round trips. For workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from latent_explorer.controllers.piece_pace import PiecePace
from latent_explorer.state.explorer import DataView
from latent_explorer.state.pane import PaneCodes
from trainer.latent.density import Steps
from trainer.latent.geometry import magnification
from trainer.latent.replica import Replica
from trainer.metrics.features import feature_net_for
from trainer.metrics.holes import CodeDensity
from trainer.metrics.picture_distance import PictureDistance
from trainer.metrics.round_trip import code_spread, round_trip

#: Images whose own round trips are measured; and magnifications, which only give a heat map its range, before it
#: can be drawn: 400 took small convolutional decoders 0.2 s.
_OWN, _MAGNIFIED = 400, 100
#: While a model trains everything is measured on fewer images: the next weights are on their way.
_QUICK_CODES, _QUICK_REFERENCES, _QUICK_OWN = 4_000, 500, 100

_V = TypeVar("_V")


class _Kept(Generic[_V]):
    """The newest few values by the identity of what they were made from.

    Swapped whole, so that two threads may use it: at worst both make the same value.
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
        """Forget all."""
        self._entries = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Gauge(Generic[_V]):
    """A value, and whether it was measured on fewer images than there are, as is done while training."""

    value: _V
    quick: bool

    def serves(self, quick: bool) -> bool:
        return quick or not self.quick


def _same(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    return len(a) == len(b) and all(one is other for one, other in zip(a, b, strict=True))


class HoleGauges:
    """Made when they are first needed, kept for the newest weights, shared by the threads of meters and heat maps.

    Its methods are generators for `ProgressiveTask`: they yield None where the work may be given up.
    """

    def __init__(self) -> None:
        self._densities: _Kept[_Gauge[CodeDensity]] = _Kept(4)
        self._pictures: _Kept[PictureDistance] = _Kept(1)
        self._trips: _Kept[_Gauge[np.ndarray]] = _Kept(4)
        self._scales: _Kept[tuple[float, float]] = _Kept(4)
        self._spreads: _Kept[float] = _Kept(4)

    def forget_pictures(self, present: np.ndarray | None) -> None:
        """Let go of all images but those at hand."""
        if present is None or self._pictures.get(present) is None:
            self._pictures.clear()

    def ready(self, codes: PaneCodes, images: np.ndarray | None, quick: bool) -> bool:
        """Whether a code can be measured with nothing to make first; `images`: None where there are none."""
        density, trips = self._densities.get(codes), self._trips.get(codes)
        return (
            density is not None
            and density.serves(quick)
            and (codes.snapshot is None or (trips is not None and trips.serves(quick)))
            and (images is None or self._pictures.get(images) is not None)
        )

    def density(self, codes: PaneCodes, quick: bool) -> Steps[CodeDensity]:
        """The density of a pane's codes."""
        known = self._densities.get(codes)
        if known is not None and known.serves(quick):
            return known.value
        if quick:
            made = yield from CodeDensity.measured(codes.codes, most=_QUICK_CODES, references=_QUICK_REFERENCES)
        else:
            made = yield from CodeDensity.measured(codes.codes)
        return self._densities.put(_Gauge(made, quick), codes).value

    def pictures(self, images: np.ndarray) -> Steps[PictureDistance]:
        """The distance to these real images, uint8 (n, C, H, W)."""
        known = self._pictures.get(images)
        if known is None:
            net = feature_net_for(images.shape[1:])
            known = self._pictures.put((yield from PictureDistance.measured(net, images)), images)
        return known

    def spread(self, codes: PaneCodes) -> Steps[float]:
        """The codes' spread, see `code_spread`."""
        known = self._spreads.get(codes)
        return known if known is not None else self._spreads.put((yield from code_spread(codes.codes)), codes)

    def trips(self, codes: PaneCodes, replica: Replica, quick: bool) -> Steps[np.ndarray]:
        """The images' own round trips, ascending, float32 (m,)."""
        known = self._trips.get(codes)
        if known is not None and known.serves(quick):
            return known.value
        chosen = _some(codes.codes, _QUICK_OWN if quick else _OWN)
        found, pace = [], PiecePace()
        for part in pace.parts(len(chosen)):
            with pace.measured(part):
                found.append(round_trip(replica, chosen[part]))
            yield None
        own = np.concatenate(found) if found else np.empty(0, np.float32)
        return self._trips.put(_Gauge(np.sort(own[np.isfinite(own)]), quick), codes).value

    def magnifications(self, codes: PaneCodes, replica: Replica, axes: np.ndarray) -> Steps[tuple[float, float]]:
        """The range of log10 √det G at images' codes along a plane's `axes`, but for 1 % at either end.

        NaN where it can be measured at none of them.
        """
        known = self._scales.get(codes, axes)
        if known is not None:
            return known
        chosen = _some(codes.codes, _MAGNIFIED)
        found, pace = [], PiecePace()
        for part in pace.parts(len(chosen)):
            with pace.measured(part):
                found.append(log_magnification(replica, chosen[part], axes))
            yield None
        own = np.concatenate(found) if found else np.empty(0, np.float32)
        own = own[np.isfinite(own)]
        low, high = np.quantile(own, (0.01, 0.99)) if len(own) else (np.nan, np.nan)
        return self._scales.put((float(low), float(high)), codes, axes)


def log_magnification(replica: Replica, codes: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """log10 √det G at codes (n, d), float32 (n,); NaN where the decoder is flat or not finite."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.log10(magnification(replica, codes, axes)).astype(np.float32)
    return np.where(np.isfinite(found), found, np.float32(np.nan))


def images_reason(data: DataView | None, shape: tuple[int, int, int]) -> str:
    """Why a model's pictures of `shape` cannot be compared with real ones: one of `REASONS`, "" if they can."""
    if data is None or data.images is None:
        return "images"
    if data.images.shape[1:] != shape:
        return "shape"
    return "few" if len(data.images) < 2 else ""


def density_reason(density: CodeDensity) -> str:
    """Why there is no density, as one of `REASONS`."""
    if not density.reason:
        return ""
    if density.count < 2:
        return "codes"
    return "same" if np.isfinite(density.spread) else "large"


def _some(codes: np.ndarray, most: int) -> np.ndarray:
    """At most `most` finite rows, a seeded choice."""
    rows = np.arange(len(codes))
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(0).choice(len(codes), most, replace=False))
    chosen = codes[rows]
    return np.ascontiguousarray(chosen[np.isfinite(chosen).all(axis=1)])
