"""Prepares a refresh of the maps from codes and weights; no Qt, so that it can run outside the GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from latent_explorer.core.pane import THROUGH_ROWS, PaneCodes, PaneModel, rows_of
from latent_explorer.core.plane_memory import KeptPlane, PlaneMemory
from trainer.latent import plane as planes
from trainer.latent.neighbours import Neighbours
from trainer.latent.plane import Plane
from trainer.replica.replica import Replica
from trainer.reports import MapReport, Snapshot

_TRIALS = 5


@dataclass(frozen=True, slots=True, eq=False)
class MapPart:
    """The input for the map of one pane.

    Attributes:
        model: the pane's model.
        step: of its run; the weights of a stopped model are of an earlier step.
        snapshot: its weights.
        rows: int64 (n,) indices into the data, ascending.
        codes, sigmas: float32 (n, d) of these rows, computed with these weights; see `PaneCodes`.
        past: whether it is an earlier moment that is shown, not the present model.
    """

    model: PaneModel
    step: int
    snapshot: Snapshot = field(repr=False)
    rows: np.ndarray = field(repr=False)
    codes: np.ndarray = field(repr=False)
    sigmas: np.ndarray | None = field(default=None, repr=False)
    past: bool = False

    @classmethod
    def of(cls, report: MapReport, member: int, model: PaneModel, past: bool = False) -> MapPart:
        """The part of one member in a run's report."""
        snapshot, codes, sigmas = report.snapshots[member], report.codes[member], report.spread(member)
        return cls(model, report.step, snapshot, report.rows, codes, sigmas, past)


@dataclass(frozen=True, slots=True, eq=False)
class MapOrder:
    """A request to prepare maps, one entry per pane.

    Attributes:
        number: increases with each order.
        parts: None for a pane that stays empty or unchanged.
        axes: the requested axes of each pane.
        kept: planes to be shown again, if there are any.
    """

    number: int
    parts: tuple[MapPart | None, ...] = field(repr=False)
    axes: tuple[str, ...]
    kept: tuple[KeptPlane | None, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class MadePane:
    """The result for one pane, all from the same weights; passed on, not shared.

    `replica` (None for a family that needs torch) has loaded `snapshot`; `decode_ms` is the time to decode a
    cursor.
    """

    codes: PaneCodes
    plane: Plane
    neighbours: Neighbours
    snapshot: Snapshot
    replica: Replica | None
    decode_ms: float | None


@dataclass(frozen=True, slots=True, eq=False)
class MadeMap:
    """An order and its result, one entry per pane."""

    order: MapOrder
    panes: tuple[MadePane | None, ...]


class MapMaker:
    """Prepares maps in order. One call at a time, in any thread."""

    def __init__(self, make_replica: Callable[[PaneModel], Replica | None]) -> None:
        """`make_replica(model)` returns a replica without weights, or None for a family that needs torch."""
        self._make_replica = make_replica
        self._memory = PlaneMemory()
        #: Per pane the last input and result: an unchanged model is prepared only once.
        self._made: dict[int, tuple[MapPart, str, MadePane]] = {}
        #: Decode times by generation: measured once per model, independent of its weights.
        self._decode_ms: dict[int, float] = {}

    def make(self, order: MapOrder) -> MadeMap:
        """Planes, points, neighbours and loaded replicas. Raises `ReplicaError` for weights that do not fit."""
        # Includes planes that were prepared and not shown yet: the axes continue to rotate from there.
        self._memory.begin([None if part is None else part.model for part in order.parts], order.kept)
        made = [
            None if part is None else self._pane(place, part, axes)
            for place, (part, axes) in enumerate(zip(order.parts, order.axes, strict=True))
        ]
        return MadeMap(order, tuple(made))

    def _pane(self, place: int, part: MapPart, axes: str) -> MadePane:
        former_part, former_axes, former_made = self._made.get(place, (None, "", None))
        if former_part is part and former_axes == axes and former_made is not None:
            return former_made
        made = self._prepared(place, part, axes)
        self._made[place] = part, axes, made
        return made

    def _prepared(self, place: int, part: MapPart, axes: str) -> MadePane:
        model, codes, snapshot = part.model, part.codes, part.snapshot
        weights = (part.step, snapshot.number, len(part.rows))
        former, same = self._memory.recall(place, model, axes, *weights, past=part.past)
        plane = former if same and former is not None else plane_for(axes, codes, former, part.rows)
        self._memory.note(place, model, axes, *weights, plane, past=part.past)
        points = plane.project(codes)
        for array in (part.rows, codes, points, part.sigmas):
            if array is not None:
                array.setflags(write=False)
        replica, cost = self._make_replica(model), None
        if replica is not None:
            replica.load(snapshot)
            if model.generation not in self._decode_ms:
                self._decode_ms[model.generation] = _decode_cost(replica)
            cost = self._decode_ms[model.generation]
        pane_codes = PaneCodes(part.rows, codes, points, snapshot.number, snapshot, part.sigmas, part.step)
        return MadePane(pane_codes, plane, Neighbours(codes), snapshot, replica, cost)


def plane_for(axes: str, codes: np.ndarray, former: Plane | None, rows: np.ndarray | None = None) -> Plane:
    """The plane that `axes` means for codes (n, d) of data `rows` (n,), aligned to `former`.

    `axes` is "auto", "pca", "i,j", or "rows:a,b,c" for the plane through three images; where one of those is not
    among `rows`, the axes are as in "auto".
    """
    latent = codes.shape[1]
    if axes.startswith(THROUGH_ROWS):
        plane = _through_rows(rows_of(axes), codes, rows)
        if plane is not None:
            return _same_or(former, plane)
    elif "," in axes:
        first, second = (int(part) for part in axes.split(","))
        if first < latent and second < latent and first != second:
            return _same_or(former, planes.dimensions(first, second, latent))
    if latent <= 2 and axes != "pca":
        return _same_or(former, planes.raw(latent))
    # Aligning to a plane of another kind would keep its directions instead of the variance's.
    aligned = former if former is not None and former.explained else None
    return planes.pca(codes, aligned)


def _through_rows(chosen: tuple[int, ...], codes: np.ndarray, rows: np.ndarray | None) -> Plane | None:
    """The plane through the codes of three data rows, named by them; None if it cannot be drawn."""
    if rows is None or codes.shape[1] < 3:
        return None
    found = np.searchsorted(rows, chosen)
    if (
        (found >= len(rows)).any()
        or not np.array_equal(rows[found], chosen)
        or not np.isfinite(codes[found]).all()
    ):
        return None
    first, second, third = chosen
    plane = planes.through(*codes[found])
    return Plane(plane.origin, plane.axes, (f"#{first} → #{second}", f"→ #{third}"))


def _same_or(former: Plane | None, plane: Plane) -> Plane:
    """`former` if it is the same plane, to avoid needless redraws."""
    if (
        former is not None
        and former.names == plane.names
        and former.axes.shape == plane.axes.shape
        and np.array_equal(former.axes, plane.axes)
        and np.array_equal(former.origin, plane.origin)
    ):
        return former
    return plane


def _decode_cost(replica: Replica) -> float:
    """ms to decode a cursor, the minimum of a few tries, so that a temporary load has no effect."""
    codes = np.zeros((1, replica.config.latent), np.float32)
    replica.decode(codes)
    costs = []
    for _ in range(_TRIALS):
        started = time.perf_counter()
        replica.decode(codes)
        costs.append((time.perf_counter() - started) * 1e3)
    return min(costs)
