"""Makes the film strip of one pane: codes along a path, their pictures, what is measured. Runs in a worker."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.controllers.replica_cache import ReplicaCache
from latent_explorer.controllers.stop_codes import NoCodeError, PaneLook, StopCodes
from latent_explorer.state.interpolation import Stop, Strip
from latent_explorer.state.pane import PaneCodes
from trainer.latent.data_paths import DataGraph, along, build_graph
from trainer.latent.decoder_derivatives import decode_vjp
from trainer.latent.geodesic import geodesic
from trainer.latent.interpolation import at_even_distances, at_places, grid, segment_lengths, through
from trainer.latent.replica import Replica, to_bytes
from trainer.metrics.continuity import Continuity, changes, continuity
from trainer.metrics.holes import CodeDensity
from trainer.progress import Progress

translate = QCoreApplication.translate

#: Codes decoded between two looks whether the strip is still wanted: as many as are fastest (64 frames of the
#: default MLP 1.0 ms in one piece, 1.8 in four; of 32-64 channels on 64 x 64 pixels 21 ms by eight, 32 in one).
_CHUNKS = {"mlp": 64, "conv": 8}
#: A geodesic is bent on at least so many steps, and constant speed measured on so many a frame.
_FINE = 32
_DENSER = 4
#: Seconds between two pictures of a path that is being refined, and until it counts as long work.
_SHOW_EVERY = 0.05
_LONG = 1.0
#: Seconds of rest before the data density is measured on its own.
_REST = 0.06
#: Points of a drawn line between two stops.
_LINE = 33


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class StripOrder:
    """All that making a strip needs, taken when it was asked for.

    Attributes:
        pane: whose strip.
        looks: all panes.
        link: between them.
        stops, kind, frames, grid: see `InterpolationState`.
        images: uint8 (N, C, H, W), or None.
        density: measure the data density along the path: "first" with the pictures, "later" when they are shown
            already (20 dimensions take 10 ms more), or "" not at all.
        patient: the strip on show has these stops and this kind, so nothing plainer need be shown meanwhile.
    """

    pane: int
    looks: tuple[PaneLook | None, ...]
    link: str
    stops: tuple[Stop, ...]
    kind: str
    frames: int
    grid: bool
    images: np.ndarray | None
    density: str
    patient: bool = False


@dataclass(frozen=True, slots=True)
class NoStrip:
    """Why there is none, in a sentence."""

    sentence: str


@dataclass(slots=True, eq=False)
class _Path:
    """What becomes a strip. See `Strip`."""

    codes: np.ndarray
    places: np.ndarray
    line: np.ndarray
    done: bool = True
    columns: int = 0


class StripWork:
    """Makes strips for one pane, keeping what the next can use. For one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._stop_codes = StopCodes(replicas)
        self._density: tuple[PaneCodes, CodeDensity] | None = None
        self._graph: tuple[PaneCodes, DataGraph] | None = None
        #: Stops, path and places of the last geodesic, where the next one starts.
        self._bent: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None

    def make(self, order: StripOrder) -> Iterator[object]:
        """Generate `Strip`s, each better than the one before, None and `Progress`; or one `NoStrip`."""
        look = order.looks[order.pane]
        if look is None or look.codes.snapshot is None:
            yield NoStrip(translate("Interpolation", "No model, no strip: train, or open a checkpoint."))
            return
        replica = self._replicas.of(look.codes.snapshot, look.traits)
        try:
            stops = self._stop_codes.of(order.stops, order.pane, order.looks, order.link, order.images)
        except NoCodeError as error:
            yield NoStrip(str(error))
            return
        strip = None
        for path in self._paths(order, look, replica, stops):
            if not isinstance(path, _Path):
                yield path
                continue
            strip = yield from self._strip(order, look, replica, stops, path)
            yield strip
        if strip is not None and strip.density is None and order.density:
            # Not between two moves of a hand: the next request comes first.
            waited = time.monotonic()
            while order.density == "later" and time.monotonic() - waited < _REST:
                time.sleep(0.005)
                yield None
            density = yield from self._measured(look.codes)
            yield replace(strip, density=density.typicality(strip.codes))

    # ------------------------------------------------------------ paths

    def _paths(
        self, order: StripOrder, look: PaneLook, replica: Replica, stops: np.ndarray
    ) -> Iterator[_Path | Progress | None]:
        if order.grid:
            side = min(max(math.isqrt(order.frames), 3), 8)
            codes = grid(stops, side, side).reshape(side * side, -1)
            last = side * side - 1
            places = np.array([0, side - 1, last - side + 1, last])
            yield _Path(codes, places, stops[[0, 1, 3, 2, 0]], columns=side)
            return
        kind = order.kind
        if kind in ("lerp", "slerp"):
            codes, places = through(stops, order.frames, kind)
            yield _Path(codes, places, _line(stops, kind))
        elif kind == "constant":
            yield from self._constant(order, replica, stops)
        elif kind == "data":
            yield from self._through_data(order, look, stops)
        else:
            yield from self._geodesic(order, replica, stops)

    def _constant(self, order: StripOrder, replica: Replica, stops: np.ndarray) -> Iterator[_Path | None]:
        """Straight, resampled by how much pictures change: measured on the frames first, then between them too."""
        for fine in (1, _DENSER):
            dense, places = through(stops, (order.frames - 1) * fine + 1)
            pictures = yield from _decode(replica, dense)
            steps = changes(pictures)
            travelled = np.concatenate([[0.0], np.cumsum(steps, dtype=np.float64)])
            if not (np.isfinite(travelled[-1]) and travelled[-1] > 0):
                yield _Path(*through(stops, order.frames), _line(stops, "lerp"))
                return
            near = np.rint(travelled[places] / travelled[-1] * (order.frames - 1)).astype(np.intp)
            codes = at_even_distances(dense, steps, order.frames)
            yield _Path(codes, near, _line(stops, "lerp"), done=fine > 1)

    def _through_data(self, order: StripOrder, look: PaneLook, stops: np.ndarray) -> Iterator[_Path | None]:
        if self._graph is None or self._graph[0] is not look.codes:
            if not order.patient:
                yield _Path(*through(stops, order.frames), _line(stops, "lerp"), done=False)
            graph = yield from build_graph(look.codes.codes)
            self._graph = (look.codes, graph)
        graph = self._graph[1]
        ways = graph.ways(stops)
        line = np.concatenate([ways[0], *(way[1:] for way in ways[1:])])
        yield _Path(*along(ways, order.frames), line)

    def _geodesic(
        self, order: StripOrder, replica: Replica, stops: np.ndarray
    ) -> Iterator[_Path | Progress | None]:
        fine = max(1, math.ceil(_FINE / (order.frames - 1)))
        coarse, places = through(stops, order.frames)
        path = at_places(coarse, np.arange((len(coarse) - 1) * fine + 1) / fine)
        warm = self._warm(stops, places * fine, len(path))
        if warm is not None:
            straight, bent = (yield from _energy(replica, path)), (yield from _energy(replica, warm))
            path = warm if bent < straight else path
        begun = shown = time.monotonic()
        yield _Path(path[::fine], places, path, done=False)
        for refined in geodesic(lambda codes: decode_vjp(replica, codes), path, places * fine):
            if refined is None:
                yield None
                continue
            self._bent = (stops, refined.path, places * fine)
            now = time.monotonic()
            if refined.done or now - shown > _SHOW_EVERY:
                shown = now
                yield _Path(refined.path[::fine], places, refined.path, done=refined.done)
            if not refined.done and now - begun > _LONG:
                yield Progress(refined.steps, None, "steps", translate("Interpolation", "Bending the geodesic"))

    def _warm(self, stops: np.ndarray, places: np.ndarray, count: int) -> np.ndarray | None:
        """The last geodesic moved along with its stops, if it had as many of them and as many points."""
        if self._bent is None:
            return None
        former, path, fixed = self._bent
        if former.shape != stops.shape or len(path) != count or not np.array_equal(fixed, places):
            return None
        moved = stops.astype(np.float64) - former
        shares = np.arange(count, dtype=np.float64)
        shift = np.stack([np.interp(shares, places, column) for column in moved.T], axis=1)
        return (path + shift).astype(np.float32)

    # ------------------------------------------------------------ strips

    def _strip(
        self, order: StripOrder, look: PaneLook, replica: Replica, stops: np.ndarray, path: _Path
    ) -> Generator[None, None, Strip]:
        pictures = yield from _decode(replica, path.codes)
        finite = bool(np.isfinite(pictures).all())
        measures = continuity(pictures, path.places) if finite and not path.columns else None
        density = None
        if order.density == "first" and self._density is not None and self._density[0] is look.codes:
            density = self._density[1].typicality(path.codes)
        return Strip(
            asked=order.stops,
            kind="grid" if path.columns else order.kind,
            codes=path.codes,
            pictures=to_bytes(pictures),
            measures=measures,
            density=density,
            line=path.line,
            stops=stops,
            places=path.places,
            columns=path.columns,
            done=path.done,
            note=_note(order, path, stops, finite, measures),
        )

    def _measured(self, codes: PaneCodes) -> Generator[Progress | None, None, CodeDensity]:
        if self._density is None or self._density[0] is not codes:
            density = yield from CodeDensity.measured(codes.codes)
            self._density = (codes, density)
        return self._density[1]


def _note(order: StripOrder, path: _Path, stops: np.ndarray, finite: bool, measures: Continuity | None) -> str:
    """What does not apply, and why."""
    if not finite:
        return translate(
            "Interpolation", "The decoder gives values that are not finite here: the model has diverged."
        )
    if not segment_lengths(stops).any():
        return translate("Interpolation", "All stops have the same code: every frame is the same picture.")
    if measures is not None and math.isnan(measures.ratio):
        return translate("Interpolation", "All stops decode to the same picture: path over chord does not apply.")
    if stops.shape[1] == 1 and order.kind in ("slerp", "geodesic", "data") and not path.columns:
        return translate("Interpolation", "With one latent dimension all paths run along the same line.")
    return ""


def _decode(replica: Replica, codes: np.ndarray) -> Generator[None, None, np.ndarray]:
    """Pictures as they are seen, float32 (n, C, H, W), clipped to [0, 1]; NaN stays."""
    pictures = np.empty((len(codes), *replica.config.shape), np.float32)
    chunk = _CHUNKS[replica.config.network]
    for start in range(0, len(codes), chunk):
        rows = slice(start, start + chunk)
        np.clip(replica.decode_float(codes[rows]), 0, 1, out=pictures[rows])
        yield
    return pictures


def _energy(replica: Replica, path: np.ndarray) -> Generator[None, None, float]:
    """Sum of squared changes along a path; infinite if a picture is not finite."""
    pictures = yield from _decode(replica, path)
    total = float(np.square(changes(pictures), dtype=np.float64).sum())
    return total if math.isfinite(total) else math.inf


def _line(stops: np.ndarray, kind: str) -> np.ndarray:
    """The line as it is drawn: only a spherical one bends."""
    return stops if kind == "lerp" else through(stops, _LINE * (len(stops) - 1), kind)[0]
