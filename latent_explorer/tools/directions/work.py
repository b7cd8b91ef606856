"""The work of the directions' threads: fit and score directions, decode strips, find nearest images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.directions.state import STEPS, AppliedStrip, PaneAnalogy, PaneDirection, SavedDirection
from trainer.latent.directions import (
    FEWEST,
    DirectionError,
    Steps,
    analogy,
    direction_between,
    finite,
    score,
    taken,
)

#: Codes compared between two yields.
_ROWS = 50_000


class StripPart(NamedTuple):
    """One pane's strip: base and direction, each float32 (d,)."""

    look: Look
    base: np.ndarray
    vector: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class DirectionResult:
    """A result for pane `pane`."""

    pane: int
    what: PaneDirection | AppliedStrip | PaneAnalogy


class DirectionWork:
    """Yields `DirectionResult`s; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas

    def find(self, looks: tuple[Look, ...], what: SavedDirection | tuple[int, int, int]) -> Iterator[object]:
        """A direction, or the result of A - B + C of three data rows."""
        return self.analogies(looks, what) if isinstance(what, tuple) else self.fit(looks, what)

    def fit(self, looks: tuple[Look, ...], saved: SavedDirection) -> Iterator[object]:
        """The directions of all panes first, their scores afterwards."""
        fitted = []
        shared = np.intersect1d(saved.plus.rows, saved.minus.rows, assume_unique=True)
        for look in looks:
            groups = []
            for which in (0, 1):
                groups.append((yield from _group(look.codes, saved.group(which).rows)))
            plus, minus = groups
            both = len(np.intersect1d(plus.rows, shared, assume_unique=True))
            counts = (len(plus.rows), len(minus.rows))
            found = PaneDirection(
                saved=saved,
                codes=look.codes,
                counts=counts,
                shared=both,
                scorable=min(counts) - both >= FEWEST,
            )
            try:
                if len(saved.plus) and np.array_equal(saved.plus.rows, saved.minus.rows):
                    raise DirectionError("Both groups hold the same images.", kind="equal")
                found = replace(found, direction=(yield from direction_between(plus.codes, minus.codes)))
            except DirectionError as error:
                found = replace(found, problem=error.kind)
            else:
                fitted.append((look, found, plus, minus))
            yield DirectionResult(look.index, found)
        for look, found, plus, minus in fitted:
            if found.scorable:
                # Images in both groups are excluded: they would be scored by a direction fitted on them.
                apart_plus = yield from plus.without(shared)
                apart_minus = yield from minus.without(shared)
                scored = yield from score(apart_plus, apart_minus, look.codes.codes)
                yield DirectionResult(look.index, replace(found, score=scored))

    def strips(self, parts: tuple[StripPart, ...]) -> Iterator[object]:
        """base + t · direction, decoded."""
        for part in parts:
            assert part.look.snapshot is not None
            replica = self._replicas.of(part.look.snapshot, part.look.traits)
            codes = part.base + np.array(STEPS, np.float32)[:, None] * part.vector
            pictures = []
            for code in np.array_split(codes, 3):
                pictures.append(replica.decode(code))
                yield None
            strip = AppliedStrip(codes, np.concatenate(pictures))
            for array in (strip.codes, strip.pictures):
                array.setflags(write=False)
            yield DirectionResult(part.look.index, strip)

    def analogies(self, looks: tuple[Look, ...], terms: tuple[int, int, int]) -> Iterator[object]:
        """A - B + C, decoded, and the nearest image that is none of the three."""
        for look in looks:
            yield None
            found = []
            for row in terms:
                found.append((yield from _group(look.codes, np.array([row]))).codes)
            if not all(len(codes) for codes in found):
                yield DirectionResult(look.index, PaneAnalogy(terms=terms, problem="off-map"))
                continue
            assert look.snapshot is not None
            first, second, third = (codes[0] for codes in found)
            code = analogy(first, second, third)
            picture = self._replicas.of(look.snapshot, look.traits).decode(code[None])[0]
            yield None
            row, distance = yield from _nearest(look.codes, code, terms)
            code.setflags(write=False)
            found_analogy = PaneAnalogy(terms=terms, code=code, picture=picture, row=row, distance=distance)
            yield DirectionResult(look.index, found_analogy)


@dataclass(frozen=True, slots=True, eq=False)
class _OnMap:
    """Images of a group that are on a map with finite codes. rows: int64 (n,), in order; codes: float32 (n, d)."""

    rows: np.ndarray
    codes: np.ndarray

    def without(self, shared: np.ndarray) -> Steps[np.ndarray]:
        """The codes of those that are not in `shared`."""
        kept = np.isin(self.rows, shared, assume_unique=True, invert=True)
        return self.codes if kept.all() else (yield from taken(self.codes, np.flatnonzero(kept)))


def _group(codes: PaneCodes, rows: np.ndarray) -> Steps[_OnMap]:
    places = np.searchsorted(codes.rows, rows)
    inside = places < len(codes.rows)
    places, rows = places[inside], rows[inside]
    there = codes.rows[places] == rows
    rows, found = rows[there], (yield from taken(codes.codes, places[there]))
    kept = yield from finite(found)
    if len(kept) < len(found):
        rows = rows[np.isfinite(found).all(axis=1)]
    return _OnMap(rows, kept)


def _nearest(codes: PaneCodes, code: np.ndarray, but: tuple[int, ...]) -> Steps[tuple[int, float]]:
    """(row, distance) of the code nearest to `code`, leaving out some rows; (-1, 0) without one."""
    best, row = np.inf, -1
    for start in range(0, len(codes.rows), _ROWS):
        part = slice(start, start + _ROWS)
        with np.errstate(invalid="ignore", over="ignore"):
            squares = ((codes.codes[part] - code) ** 2).sum(axis=1, dtype=np.float64)
        squares[np.isin(codes.rows[part], but) | ~np.isfinite(squares)] = np.inf
        place = int(squares.argmin())
        if squares[place] < best:
            best, row = float(squares[place]), int(codes.rows[start + place])
        yield None
    return row, float(np.sqrt(best)) if row >= 0 else 0.0
