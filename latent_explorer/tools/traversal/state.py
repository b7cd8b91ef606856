"""Traversals of the latent dimensions, and what the maps' planes hide."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.panel_state import PanelState
from trainer.latent.plane import Plane
from trainer.latent.slices import HiddenDirection, PlaneDistance
from trainer.latent.traversal import CodeSummary

#: Orders of the dimensions: by KL (by variance without a KL), by variance of the codes, by number.
SORTS = ("kl", "variance", "number")
#: Base codes of traversals: the picked image's code, or the code under the cursor.
BASES = ("picked", "cursor")
#: Directions of slices: that of the largest hidden variance, or towards the picked image.
WAYS = ("most", "picked")
#: Positions of a row's pictures, in standard deviations around the codes' mean.
UNITS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
#: Range of slices, in standard deviations.
FARTHEST_SLICE = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class PaneSummary:
    """Statistics of the codes of one pane. summary is None if no code is finite."""

    codes: PaneCodes = field(repr=False)
    summary: CodeSummary | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TraversalRow:
    """One dimension of one pane, decoded.

    Attributes:
        dimension: counted from 0.
        codes: float32 (n, d), one a picture; in all other dimensions they are the base.
        pictures: uint8 (n, H, W, C).
        change: root mean square difference of the pictures from their mean, as a share of the intensity range.
        made_from: the codes that define ranges and weights.
    """

    dimension: int
    codes: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)
    change: float
    made_from: PaneCodes = field(repr=False)

    def shows(self, base: np.ndarray, made_from: PaneCodes) -> bool:
        """Whether a row through `base` (d,) with these weights would be the same."""
        if made_from is not self.made_from or len(base) != self.codes.shape[1]:
            return False
        here = base.copy()
        here[self.dimension] = self.codes[0, self.dimension]
        return bool(np.array_equal(here, self.codes[0]))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PlaneFacts:
    """Figures on what one pane's plane shows and hides.

    Attributes:
        plane: the plane.
        explained: share of the codes' variance along each axis.
        picked: the picked image's number in its source, or None.
        distance: of the picked image's code from the plane through the codes' mean (through the first image, for a
            plane through three images); None without a picked image on the map.
        ways: by `WAYS`; None if there is no such direction.
        picked_at: by `WAYS`: the slice of the picked image, in std; None if unknown.
    """

    plane: Plane
    explained: tuple[float, ...]
    picked: int | None
    distance: PlaneDistance | None
    ways: dict[str, HiddenDirection | None]
    picked_at: dict[str, float | None]


class TraversalState(PanelState):
    """Shared by all panes. Setting an equal value emits nothing.

    Attributes:
        sort, base: one of `SORTS`, `BASES`.
        way: one of `WAYS`.
        slices: one per pane: the offset of its slice along `way`, in standard deviations.
        windows: one per pane: (first, count) of the visible rows, by position in the order.
        summaries, facts: one entry a pane, None before the first.
        bases: one per pane: the base actually used for its rows: "picked", "cursor", or "" if there is none.
        rows: one per pane: decoded rows by dimension.

    Signals:
        settings_changed: `sort`, `base` or `way` changed.
        slices_changed: `slices` changed.
        windows_changed: `windows` changed.
        summary_changed(int): this pane's `summaries` or `bases` has a new entry.
        facts_changed(int): this pane's `facts` has a new entry.
        rows_changed(int): this pane's `rows` changed.
    """

    settings_changed = Signal()
    slices_changed = Signal()
    windows_changed = Signal()
    summary_changed = Signal(int)
    facts_changed = Signal(int)
    rows_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sort = "kl"
        self.base = "picked"
        self.way = "most"
        self.slices = [0.0, 0.0]
        self.windows = [(0, 0), (0, 0)]
        self.summaries: list[PaneSummary | None] = [None, None]
        self.bases = ["", ""]
        self.facts: list[PlaneFacts | None] = [None, None]
        self.rows: list[dict[int, TraversalRow]] = [{}, {}]

    def set_sort(self, sort: str) -> None:
        """Choose the order of the dimensions."""
        self._choose("sort", sort, SORTS)

    def set_base(self, base: str) -> None:
        """Choose the base of traversals."""
        self._choose("base", base, BASES)

    def set_way(self, way: str) -> None:
        """Choose the direction of slices."""
        self._choose("way", way, WAYS)

    def _choose(self, name: str, value: str, known: tuple[str, ...]) -> None:
        if value not in known:
            raise ValueError(f"unknown {name} {value!r}")
        if value != getattr(self, name):
            setattr(self, name, value)
            self.settings_changed.emit()

    def set_slice(self, pane: int, sigmas: float) -> None:
        """Move a pane's slice; 0 is the slice of the pane's policy."""
        sigmas = min(max(float(sigmas), -FARTHEST_SLICE), FARTHEST_SLICE)
        if sigmas != self.slices[pane]:
            self.slices[pane] = sigmas
            self.slices_changed.emit()

    def set_window(self, pane: int, first: int, count: int) -> None:
        """Set the visible rows of a pane."""
        if (first, count) != self.windows[pane]:
            self.windows[pane] = (first, count)
            self.windows_changed.emit()

    def set_summary(self, pane: int, summary: PaneSummary | None) -> None:
        """Set the statistics of a pane's codes."""
        if summary is not self.summaries[pane]:
            self.summaries[pane] = summary
            self.summary_changed.emit(pane)

    def set_base_used(self, pane: int, base: str) -> None:
        """Set the base actually used for a pane's rows."""
        if base != self.bases[pane]:
            self.bases[pane] = base
            self.summary_changed.emit(pane)

    def set_facts(self, pane: int, facts: PlaneFacts | None) -> None:
        """Set the figures of a pane's plane."""
        if facts is not self.facts[pane]:
            self.facts[pane] = facts
            self.facts_changed.emit(pane)

    def set_rows(self, pane: int, rows: dict[int, TraversalRow]) -> None:
        """Set a pane's decoded rows."""
        if rows != self.rows[pane]:
            self.rows[pane] = rows
            self.rows_changed.emit(pane)
