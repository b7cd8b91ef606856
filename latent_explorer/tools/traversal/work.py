"""The work of the traversals' thread: measures codes and planes, decodes rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.pane import THROUGH_ROWS
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.traversal.state import UNITS, WAYS, PaneSummary, PlaneFacts, TraversalRow
from trainer.latent.slices import HiddenDirection, distance_from_plane, explained, most_hidden, towards
from trainer.latent.traversal import CodeSummary, Steps, change_of, order_of, places, summarise

#: Maximum interval of answers with several rows (s): in a drag each answer lets the next request begin.
_AT_LEAST = 0.08


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TraversalPart:
    """One pane, its requested rows, and the results that the window has already.

    Attributes:
        look: with the picked image.
        place: the picked image's number in its source; None if its code is not on the map, or not finite.
        hidden: float32 (d,), values of hidden dimensions without the slice's offset.
        base: float32 (d,), base of the rows; None for no rows.
        first, count: the requested rows, by position in the order `sort`.
        known: rows that are decoded already, by dimension.
        summary, facts: not sent again.
    """

    look: Look
    place: int | None
    hidden: np.ndarray = field(repr=False)
    base: np.ndarray | None = field(repr=False)
    sort: str
    first: int
    count: int
    known: dict[int, TraversalRow] = field(repr=False)
    summary: PaneSummary | None = field(repr=False)
    facts: PlaneFacts | None = field(repr=False)

    @property
    def index(self) -> int:
        """Index of the pane."""
        return self.look.index

    @property
    def picked_code(self) -> np.ndarray | None:
        """float32 (d,), finite."""
        return None if self.place is None else self.look.picked_code


@dataclass(frozen=True, slots=True, eq=False)
class TraversalResult:
    """A result of pane `pane`, with one or several rows."""

    pane: int
    what: PaneSummary | PlaneFacts | tuple[TraversalRow, ...]


class TraversalWork:
    """Yields `TraversalResult`s; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._summaries: dict[int, PaneSummary] = {}
        self._facts: dict[int, tuple[TraversalPart, PlaneFacts]] = {}
        #: The pane whose rows were sent last.
        self._sent = 1

    def make(self, parts: tuple[TraversalPart, ...]) -> Iterator[object]:
        """Yield rows as soon as the codes are measured; results that are known already are not sent again."""
        ready = []
        for part in parts:
            known = self._summaries.get(part.index)
            if known is None or known.codes is not part.look.codes:
                prior = part.look.model.prior(part.look.snapshot)
                found = yield from summarise(
                    part.look.codes.codes, part.look.codes.sigmas, prior, part.look.traits.posterior_kind
                )
                known = self._summaries[part.index] = PaneSummary(part.look.codes, found)
            if known is not part.summary:  # it may have been computed for a cancelled request
                yield TraversalResult(part.index, known)
            if known.summary is not None:
                ready.append((part, known.summary))
        yield from self._rows(ready)
        for part, summary in ready:
            facts = self._facts_of(part, summary)
            if facts is not None:
                yield TraversalResult(part.index, facts)

    def _rows(self, ready: list[tuple[TraversalPart, CodeSummary]]) -> Iterator[object]:
        """Yield missing rows, alternating between panes, oldest first."""
        missing: list[list[tuple[TraversalPart, CodeSummary, int]]] = []
        # Alternate, because the next request may interrupt after a few rows, which would starve the second pane.
        for part, summary in sorted(ready, key=lambda one: one[0].index == self._sent):
            order = order_of(summary, part.sort)[part.first : part.first + part.count].tolist()
            missing.append(
                [
                    (part, summary, dimension)
                    for dimension in sorted(order, key=partial(_age, part))
                    if part.base is not None and not _is_fresh(part, dimension)
                ]
            )
        wanted = [row for turn in zip_longest(*missing) for row in turn if row is not None]
        made: dict[int, list[TraversalRow]] = {}
        since = time.monotonic()
        for part, summary, dimension in wanted:
            row = yield from self._row(part, summary, dimension)
            made.setdefault(part.index, []).append(row)
            if time.monotonic() - since > _AT_LEAST:
                yield from self._send(made)
                made, since = {}, time.monotonic()
            else:
                yield None
        yield from self._send(made)

    def _send(self, made: dict[int, list[TraversalRow]]) -> Iterator[TraversalResult]:
        for index, rows in made.items():
            self._sent = index
            yield TraversalResult(index, tuple(rows))

    def _row(self, part: TraversalPart, summary: CodeSummary, dimension: int) -> Steps[TraversalRow]:
        assert part.base is not None
        assert part.look.snapshot is not None
        replica = self._replicas.of(part.look.snapshot, part.look.traits)
        codes = places(part.base, dimension, summary, np.array(UNITS))
        third = len(codes) // 3
        pictures = []
        for start in range(0, len(codes), third):
            pictures.append(replica.decode(codes[start : start + third]))
            yield None
        row = np.concatenate(pictures)
        for array in (codes, row):
            array.setflags(write=False)
        return TraversalRow(dimension, codes, row, change_of(row), part.look.codes)

    def _facts_of(self, part: TraversalPart, summary: CodeSummary) -> PlaneFacts | None:
        """The figures of the plane; None if nothing is new."""
        known = self._facts.get(part.index)
        if known is not None:
            then = known[0]
            if then.look.same(part.look, ("picked",)) and np.array_equal(then.hidden, part.hidden):
                return None if known[1] is part.facts else known[1]
        plane = part.look.plane
        axes, mean = plane.axes, summary.mean
        anchor = plane.origin.astype(np.float64) if part.look.axes.startswith(THROUGH_ROWS) else mean
        distance = way = None
        if part.picked_code is not None:
            distance = distance_from_plane(part.picked_code, anchor, mean, axes)
            way = towards(part.picked_code, anchor, summary.covariance, axes)
        former = known[1].ways["most"] if known is not None else None
        most = most_hidden(summary.covariance, axes, None if former is None else former.vector)
        ways = dict(zip(WAYS, (most, way), strict=True))
        facts = PlaneFacts(
            plane=plane,
            explained=explained(summary.covariance, axes),
            picked=part.place,
            distance=distance,
            ways=ways,
            picked_at={name: _place_along(one, part) for name, one in ways.items()},
        )
        self._facts[part.index] = (part, facts)
        return facts


def _place_along(way: HiddenDirection | None, part: TraversalPart) -> float | None:
    """The slice of the picked image, in standard deviations from the one of the pane's policy."""
    if way is None or part.picked_code is None:
        return None
    return float((part.picked_code.astype(np.float64) - part.hidden) @ way.vector) / way.spread


def _is_fresh(part: TraversalPart, dimension: int) -> bool:
    known = part.known.get(dimension)
    return known is not None and part.base is not None and known.shows(part.base, part.look.codes)


def _age(part: TraversalPart, dimension: int) -> int:
    """Age order of a row: rows are cached in the order of computation; missing ones come first."""
    made = list(part.known)
    return made.index(dimension) if dimension in part.known else -1
