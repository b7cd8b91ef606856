"""Decodes traversals, measures planes, moves slices."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.traversal.state import PaneSummary, PlaneFacts, TraversalRow, TraversalState
from latent_explorer.tools.traversal.work import TraversalPart, TraversalResult, TraversalWork
from trainer.latent.plane import Plane

#: Interval of requests during a drag, and during training (ms).
_FOLLOWING, _WHILE_TRAINING = 25, 300
#: Maximum number of cached rows per pane: several screens full.
_KEPT = 64


class TraversalController(QObject):
    """Updates rows, figures of planes and slices from weights, base and the visible rows."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[TraversalState]
        self.follower = follower = Follower(
            kit.new_worker("traversals", True),
            self._question,
            TraversalWork(kit.new_replicas()).make,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The traversals could not be decoded; see the details."),
            seen=lambda: self._state.shown,
            pause=_WHILE_TRAINING,
            moving=_FOLLOWING,
        )
        follower.watch(*kit.panes)
        follower.answered.connect(self._answered)
        #: The last planes and policies.
        self._planes: list[tuple[Plane | None, str]] = []
        #: Each pane's axes, and the plane shown before them.
        self._axes = [pane.axes for pane in kit.panes]
        self._left: list[Plane | None] = [None] * len(kit.panes)
        state = self._state
        state.settings_changed.connect(self._settings_changed)
        state.windows_changed.connect(follower.change)
        state.slices_changed.connect(self._move_slices)
        state.shown_changed.connect(follower.look_again)
        kit.explorer.picked_changed.connect(follower.change)
        for pane in kit.panes:
            pane.model_changed.connect(self._model_changed)
            pane.axes_left.connect(lambda pane=pane: self._axes_left(pane))
            pane.plane_changed.connect(self._plane_changed)
            pane.picture_changed.connect(self._cursor_moved)

    # ------------------------------------------------------------ changes

    @Slot()
    def _settings_changed(self) -> None:
        self._move_slices()
        self.follower.change()

    def _axes_left(self, pane: PaneState) -> None:
        """Remove the facts of the previous plane, which must not move the slices of the next one."""
        self._left[pane.index] = pane.plane
        self.follower.leave()
        self._state.set_facts(pane.index, None)

    @Slot()
    def _plane_changed(self) -> None:
        for pane in self._kit.panes:
            if pane.axes != self._axes[pane.index]:
                # Slices of another plane have another direction, which would move the cursor.
                self._axes[pane.index] = pane.axes
                self._state.set_slice(pane.index, 0.0)
        planes = [(pane.plane, pane.hidden) for pane in self._kit.panes]
        if planes != self._planes:  # moving a slice does not affect these measures
            self._planes = planes
            self.follower.weights()

    @Slot()
    def _cursor_moved(self) -> None:
        if "cursor" in self._state.bases or "" in self._state.bases:
            self.follower.move()

    @Slot()
    def _model_changed(self) -> None:
        for pane in self._kit.panes:
            if pane.model is None or pane.codes is None:
                self._state.set_summary(pane.index, None)
                self._state.set_rows(pane.index, {})
                self._state.set_facts(pane.index, None)
                self._state.set_slice(pane.index, 0.0)

    # ------------------------------------------------------------ requests

    def _question(self) -> Question | None:
        parts = tuple(self._part(look) for look in self._kit.looks("code", "picked") if look.snapshot is not None)
        parts = tuple(part for part in parts if len(part.look.codes.codes))
        return (parts,) if parts else None

    def _part(self, look: Look) -> TraversalPart:
        index, picked = look.index, look.picked_code
        known = picked is not None and bool(np.isfinite(picked).all())
        base, used = look.code, "cursor"
        if self._state.base == "picked" and known:
            base, used = picked, "picked"
        if base is not None and (len(base) != look.plane.latent or not np.isfinite(base).all()):
            base = None
        self._state.set_base_used(index, used if base is not None else "")
        offset = self._kit.panes[index].slice_offset
        hidden = self._kit.exploration.hidden(index)
        first, count = self._state.windows[index]
        return TraversalPart(
            look=look,
            place=self._kit.explorer.place(look.picked) if known and look.picked is not None else None,
            hidden=hidden if offset is None or not look.plane.hides else hidden - offset,
            base=base,
            sort=self._state.sort,
            first=first,
            count=count,
            known=self._state.rows[index],
            summary=self._state.summaries[index],
            facts=self._state.facts[index],
        )

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, result: TraversalResult) -> None:
        index, what = result.pane, result.what
        if isinstance(what, PaneSummary):
            self._state.set_summary(index, what)
        elif isinstance(what, PlaneFacts):
            self._state.set_facts(index, what)
            self._move_slice(self._kit.panes[index])
        else:
            self._state.set_rows(index, _with(self._state.rows[index], what))

    # ------------------------------------------------------------ slices

    @Slot()
    def _move_slices(self) -> None:
        for pane in self._kit.panes:
            self._move_slice(pane)

    def _move_slice(self, pane: PaneState) -> None:
        """Move the slice along the present direction, which depends on the weights."""
        sigmas, facts = self._state.slices[pane.index], self._state.facts[pane.index]
        known = facts is not None and facts.plane is not self._left[pane.index]
        way = facts.ways[self._state.way] if known and facts is not None else None
        if sigmas == 0 or way is None or pane.plane is None or len(way.vector) != pane.plane.latent:
            pane.set_slice_offset(None)
        else:
            pane.set_slice_offset((sigmas * way.spread * way.vector).astype(np.float32))


def _with(rows: dict[int, TraversalRow], fresh: tuple[TraversalRow, ...]) -> dict[int, TraversalRow]:
    """`rows` with new ones at the end; the oldest are dropped."""
    merged = {dimension: row for dimension, row in rows.items() if row.codes.shape == fresh[0].codes.shape}
    for row in fresh:
        merged.pop(row.dimension, None)
        merged[row.dimension] = row
    return dict(list(merged.items())[-_KEPT:])
