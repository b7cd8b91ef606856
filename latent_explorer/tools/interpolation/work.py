"""Makes the film strip of one pane: codes along a path, pictures, measures. Runs in a worker."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel, lacks_sigmas
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.interpolation.state import Stop, Strip
from latent_explorer.tools.interpolation.stop_codes import NoCodeError, StopCodes
from latent_explorer.tools.interpolation.strip_notes import gaps_on, shortfall
from latent_explorer.tools.interpolation.strip_settings import NoStrip, StripSettings
from trainer.latent.data_paths import DataGraph, along, build_graph
from trainer.latent.fine_geodesic import fine_geodesic
from trainer.latent.geodesic import CHUNK, Refined
from trainer.latent.interpolation import along as spaced
from trainer.latent.interpolation import at_even_distances, at_places, grid, segment_lengths, through
from trainer.metrics.continuity import Continuity, changes, continuity
from trainer.metrics.holes import CodeDensity
from trainer.metrics.path_length import whole_path
from trainer.prior import Prior
from trainer.progress import Progress
from trainer.replica.derivatives import decode_vjp
from trainer.replica.replica import Replica, to_bytes
from trainer.sentences import Sentence

translate = QCoreApplication.translate

#: Codes decoded between two checks for cancellation: the fastest number (64 frames of the
#: default MLP 1.0 ms in one piece, 1.8 in four; of 32-64 channels on 64 x 64 pixels 21 ms by eight, 32 in one),
#: and no more than so many values of their pictures (one of 256 x 256 colour pixels takes an MLP 9 ms).
_CHUNKS, _VALUES = {"mlp": 64, "conv": 8}, 200_000
#: Initial number of steps of a geodesic, minimum number between two stops, and number of points for comparisons.
#: Independent of the number of frames, so that the path is the same for any number.
_FINE, _LEAST, _COMPARED = 64, 8, 33
#: Steps per frame for measuring constant speed, and number of corrections by the frames' changes.
_DENSER, _CORRECTIONS = 4, 2
#: Seconds between two pictures of a path under refinement, and until it is shown as a job.
_SHOW_EVERY = 0.05
_LONG = 1.0
#: Seconds of rest before *Data here* is measured separately.
_REST = 0.06
#: Points of a drawn line between two stops, and steps between them on which a spherical path is round: there its
#: chords are shorter by no more than 3 parts in 100,000.
_LINE, _ROUND = 33, 128
#: Steps of the drawn line of a geodesic.
_DRAWN = 128


@dataclass(slots=True, eq=False)
class _Path:
    """An intermediate result for a strip. See `Strip`.

    whole: float32 (m, d), codes of the path itself, straight in between; None where `line` is no coarser.
    """

    codes: np.ndarray
    places: np.ndarray
    line: np.ndarray
    whole: np.ndarray | None = None
    done: bool = True
    columns: int = 0
    note: str = ""


class StripWork:
    """Computes strips for one pane, with a cache for the next one. For one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._stop_codes = StopCodes(replicas)
        self._density: tuple[PaneCodes, CodeDensity] | None = None
        self._graph: tuple[PaneCodes, DataGraph] | None = None
        #: Stops and path of the last geodesic, the start of the next one.
        self._bent: tuple[np.ndarray, Refined] | None = None
        #: Model, stops and kind of the last strip: while it is on show, its like of other weights begins nothing
        #: plainer.
        self._shown: tuple[PaneModel, tuple[Stop, ...], str] | None = None

    def make(self, pane: int, looks: tuple[Look | None, ...], settings: StripSettings) -> Iterator[object]:
        """Generate `Strip`s, each better than the one before, None and `Progress`; or one `NoStrip`.

        looks: all panes, with what they hide, and the data.
        """
        look = looks[pane]
        if look is None or look.snapshot is None:
            yield NoStrip(translate("Interpolation", "No model, no strip: train, or open a checkpoint."))
            return
        replica = self._replicas.of(look.snapshot, look.traits)
        try:
            stops = self._stop_codes.of(settings.stops, pane, looks, settings.link)
        except NoCodeError as error:
            yield NoStrip(str(error))
            return
        for path in self._paths(settings, look, replica, stops):
            if not isinstance(path, _Path):
                yield path
                continue
            strip = yield from self._strip(settings, look, replica, stops, path)
            yield strip
            self._shown = look.model, settings.stops, settings.kind
            shown = path, strip
        yield from self._on_show(settings, look, replica, *shown)

    def _on_show(
        self, settings: StripSettings, look: Look, replica: Replica, path: _Path, strip: Strip
    ) -> Iterator[Strip | Progress | None]:
        """Measure after the pictures are shown."""
        begun = time.monotonic()
        if settings.density and strip.density is None:
            strip = yield from self._with_density(look, strip)
            yield strip
        if not settings.rests:
            return
        # Not during a drag: the next request comes first.
        while time.monotonic() - begun < _REST:
            time.sleep(0.005)
            yield None
        if strip.density is None:
            strip = yield from self._with_density(look, strip)
            yield strip
        if strip.measures is not None:
            line = path.line if path.whole is None else path.whole
            chunk = _chunk(replica)
            whole = yield from whole_path(partial(_seen, replica), line, strip.measures, chunk)
            yield replace(strip, measures=whole)

    # ------------------------------------------------------------ paths

    def _paths(
        self, settings: StripSettings, look: Look, replica: Replica, stops: np.ndarray
    ) -> Iterator[_Path | Progress | None]:
        if settings.grid:
            side = min(max(math.isqrt(settings.frames), 3), 8)
            codes = grid(stops, side, side).reshape(side * side, -1)
            last = side * side - 1
            places = np.array([0, side - 1, last - side + 1, last])
            yield _Path(codes, places, stops[[0, 1, 3, 2, 0]], columns=side)
            return
        kind = settings.kind
        if kind in ("lerp", "slerp"):
            prior = look.model.prior(look.snapshot) if kind == "slerp" else None
            codes, places = through(stops, settings.frames, kind, prior)
            whole = through(stops, _ROUND * (len(stops) - 1) + 1, kind, prior)[0] if kind == "slerp" else None
            yield _Path(codes, places, _line(stops, kind, prior), whole)
        elif kind == "constant":
            yield from self._constant(settings, replica, stops)
        elif kind == "data":
            yield from self._through_data(settings, look, stops)
        else:
            yield from self._geodesic(settings, replica, stops)

    def _constant(self, settings: StripSettings, replica: Replica, stops: np.ndarray) -> Iterator[_Path | None]:
        """Straight, resampled by how much pictures change: measured on the frames first, then between them too."""
        for fine in (1, _DENSER):
            dense, places = through(stops, (settings.frames - 1) * fine + 1)
            pictures = yield from _decode(replica, dense)
            steps = changes(pictures)
            travelled = np.concatenate([[0.0], np.cumsum(steps, dtype=np.float64)])
            if not (np.isfinite(travelled[-1]) and travelled[-1] > 0):
                yield _Path(*through(stops, settings.frames), _line(stops, "lerp"))
                return
            codes = at_even_distances(dense, steps, settings.frames)
            at = np.linspace(0, travelled[-1], settings.frames)
            for _ in range(_CORRECTIONS if fine > 1 else 0):
                # Frames cut corners of the curve of pictures: only their differences count.
                own = np.cumsum(changes((yield from _decode(replica, codes))), dtype=np.float64)
                if not own[-1] > 0:
                    break
                at = np.interp(np.linspace(0, own[-1], settings.frames), np.concatenate([[0.0], own]), at)
                row = np.interp(at, travelled, np.arange(len(dense)))
                row[0], row[-1] = 0, len(dense) - 1
                codes = at_places(dense, row)
            near = np.rint(np.interp(travelled[places], at, np.arange(settings.frames))).astype(np.intp)
            yield _Path(codes, near, _line(stops, "lerp"), done=fine > 1)

    def _through_data(self, settings: StripSettings, look: Look, stops: np.ndarray) -> Iterator[_Path | None]:
        if self._graph is None or self._graph[0] is not look.codes:
            if self._shown != (look.model, settings.stops, settings.kind):
                yield _Path(*through(stops, settings.frames), _line(stops, "lerp"), done=False)
            graph = yield from build_graph(look.codes.codes)
            self._graph = (look.codes, graph)
        graph = self._graph[1]
        ways = graph.segments(stops)
        line = np.concatenate([ways[0].codes, *(way.codes[1:] for way in ways[1:])])
        yield _Path(*along(ways, settings.frames), line, note=gaps_on(ways))

    def _geodesic(
        self, settings: StripSettings, replica: Replica, stops: np.ndarray
    ) -> Iterator[_Path | Progress | None]:
        path, places = through(stops, max(_FINE, _LEAST * (len(stops) - 1)) + 1)
        first = _Path(*through(stops, settings.frames), _line(stops, "lerp"), done=False)
        warm = self._warm(stops)
        if warm is not None:
            ways = [warm[0][a : b + 1] for a, b in pairwise(warm[1].tolist())]
            lengths = [warm[2][a:b] for a, b in pairwise(warm[1].tolist())]
            straight, bent = (yield from _energy(replica, path)), (yield from _energy(replica, warm[0]))
            if bent < straight:
                path, places = spaced(ways, lengths, len(path))
                first = _Path(*spaced(ways, lengths, settings.frames), warm[0], done=False)
        begun = shown = time.monotonic()
        yield first
        chunk = min(CHUNK, _chunk(replica))
        for refined in fine_geodesic(lambda codes: decode_vjp(replica, codes), path, places, chunk=chunk):
            if refined is None:
                yield None
                continue
            self._bent = (stops, refined)
            now = time.monotonic()
            if refined.done or now - shown > _SHOW_EVERY:
                shown = now
                yield _bent_path(refined, settings.frames)
            if not refined.done and now - begun > _LONG:
                yield Progress(refined.steps, None, Sentence("steps"), Sentence("Bending the geodesic"))

    def _warm(self, stops: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
        """The last geodesic moved along with its stops, if it had as many: path, places, change a step."""
        if self._bent is None or self._bent[0].shape != stops.shape:
            return None
        former, bent = self._bent
        moved = stops.astype(np.float64) - former
        shares = np.arange(len(bent.path), dtype=np.float64)
        shift = np.stack([np.interp(shares, bent.stops, column) for column in moved.T], axis=1)
        return (bent.path + shift).astype(np.float32), bent.stops, bent.change

    # ------------------------------------------------------------ strips

    def _strip(
        self, settings: StripSettings, look: Look, replica: Replica, stops: np.ndarray, path: _Path
    ) -> Generator[None, None, Strip]:
        pictures = yield from _decode(replica, path.codes)
        finite = bool(np.isfinite(pictures).all())
        measures = None
        if finite and not path.columns:
            # Frames at constant speed leave stops out.
            among = np.array_equal(path.codes[path.places], stops)
            corners = pictures[path.places] if among else (yield from _decode(replica, stops))
            measures = continuity(pictures, corners)
        density = None
        if settings.density and self._density is not None and self._density[0] is look.codes:
            density = self._density[1].p(path.codes)
        return Strip(
            asked=settings.stops,
            kind="grid" if path.columns else settings.kind,
            codes=path.codes,
            pictures=to_bytes(pictures),
            measures=measures,
            density=density,
            line=path.line,
            stops=stops,
            places=path.places,
            columns=path.columns,
            done=path.done,
            note=_note(settings, path, stops, finite, measures),
            number=look.codes.number,
        )

    def _with_density(self, look: Look, strip: Strip) -> Generator[Progress | None, None, Strip]:
        if self._density is None or self._density[0] is not look.codes:
            # Without the σ of a posterior the decoder's training inputs are unknown: no codes, no figures.
            codes = look.codes.codes[:0] if lacks_sigmas(look.codes, look.traits) else look.codes.codes
            density = yield from CodeDensity.measured(
                codes, look.codes.sigmas, posterior=look.traits.posterior_kind
            )
            self._density = (look.codes, density)
        return replace(strip, density=self._density[1].p(strip.codes))


def _note(
    settings: StripSettings, path: _Path, stops: np.ndarray, finite: bool, measures: Continuity | None
) -> str:
    """The note on limitations of a strip."""
    if not finite:
        return translate(
            "Interpolation", "The decoder gives values that are not finite here: the model has diverged."
        )
    if not segment_lengths(stops).any():
        return translate("Interpolation", "All stops have the same code: every frame is the same picture.")
    if measures is not None and math.isnan(measures.ratio):
        return translate("Interpolation", "All stops decode to the same picture: path over chord does not apply.")
    if stops.shape[1] == 1 and settings.kind in ("slerp", "geodesic", "data") and not path.columns:
        return translate("Interpolation", "With one latent dimension all paths run along the same line.")
    return path.note


def _chunk(replica: Replica) -> int:
    """Codes to decode in one piece."""
    return max(1, min(_CHUNKS[replica.config.network], _VALUES // replica.config.pixels))


def _decode(replica: Replica, codes: np.ndarray) -> Generator[None, None, np.ndarray]:
    """Pictures as shown, float32 (n, C, H, W), clipped to [0, 1]; NaN is kept."""
    pictures = np.empty((len(codes), *replica.config.shape), np.float32)
    chunk = _chunk(replica)
    for start in range(0, len(codes), chunk):
        rows = slice(start, start + chunk)
        pictures[rows] = _seen(replica, codes[rows])
        yield
    return pictures


def _seen(replica: Replica, codes: np.ndarray) -> np.ndarray:
    """Pictures with values 0 to 1."""
    return np.clip(replica.decode_float(codes), 0, 1)


def _bent_path(refined: Refined, frames: int) -> _Path:
    """Frames of a geodesic with equal changes of pictures between them."""
    spans = list(pairwise(refined.stops.tolist()))
    ways, lengths = [refined.path[a : b + 1] for a, b in spans], [refined.change[a:b] for a, b in spans]
    codes, places = spaced(ways, lengths, frames)
    note = shortfall(refined) if refined.done and not refined.converged else ""
    # Painting a line takes longer the more points it has.
    line = spaced(ways, lengths, max(_DRAWN, len(spans)) + 1)[0]
    return _Path(codes, places, line, refined.path, done=refined.done, note=note)


def _energy(replica: Replica, path: np.ndarray) -> Generator[None, None, float]:
    """Sum of squared changes along a path on `_COMPARED` points; infinite if a picture is not finite."""
    points = at_places(path, np.linspace(0, len(path) - 1, _COMPARED))
    pictures = yield from _decode(replica, points)
    total = float(np.square(changes(pictures), dtype=np.float64).sum())
    return total if math.isfinite(total) else math.inf


def _line(stops: np.ndarray, kind: str, prior: Prior | None = None) -> np.ndarray:
    """The line for drawing: only a spherical one is curved."""
    return stops if kind == "lerp" else through(stops, _LINE * (len(stops) - 1), kind, prior)[0]
