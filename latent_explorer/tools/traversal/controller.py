"""Decodes traversals, measures planes, moves slices."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.hidden_code import code_of_row
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.traversal.state import PaneSummary, PlaneFacts, TraversalRow, TraversalState
from latent_explorer.tools.traversal.work import Told, TraversalPart, TraversalWork
from trainer.latent.plane import Plane

#: Between two requests that follow a hand (ms), and between two while training.
_FOLLOWING, _WHILE_TRAINING = 25, 300
#: Decoded rows kept for each pane: some screens full.
_KEPT = 64


class TraversalController(QObject):
    """Keeps rows, figures of planes and slices true to weights, base and what is on the screen."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[TraversalState]
        self._worker = kit.new_worker("traversals", True)
        self._work = TraversalWork(kit.new_replicas())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._due = True
        #: The planes and policies that were looked at last.
        self._planes: list[tuple[Plane | None, str]] = []
        #: Each pane's axes, and the plane that was on show before them.
        self._axes = [pane.axes for pane in kit.panes]
        self._left: list[Plane | None] = [None] * len(kit.panes)
        self._worker.answered.connect(self._answered)
        self._worker.failed.connect(self._failed)
        state = self._state
        state.settings_changed.connect(self._settings_changed)
        state.windows_changed.connect(self._soon)
        state.slices_changed.connect(self._move_slices)
        state.shown_changed.connect(self._shown)
        kit.explorer.picked_changed.connect(self._soon)
        for pane in kit.panes:
            pane.model_changed.connect(self._model_changed)
            pane.codes_changed.connect(self._codes_changed)
            pane.axes_left.connect(lambda pane=pane: self._axes_left(pane))
            pane.plane_changed.connect(self._plane_changed)
            pane.picture_changed.connect(self._cursor_moved)

    # ------------------------------------------------------------ what changes

    @Slot()
    def _soon(self) -> None:
        self._want(0)

    @Slot()
    def _settings_changed(self) -> None:
        self._move_slices()
        self._want(0)

    @Slot()
    def _codes_changed(self) -> None:
        self._want(_WHILE_TRAINING if self._kit.training.run == "training" else 0)

    def _axes_left(self, pane: PaneState) -> None:
        """What is known, or being found out, of the plane that goes must not move the next one's slices."""
        self._left[pane.index] = pane.plane
        self._worker.cancel()
        self._state.set_facts(pane.index, None)

    @Slot()
    def _plane_changed(self) -> None:
        for pane in self._kit.panes:
            if pane.axes != self._axes[pane.index]:
                # Slices of another plane lie along another direction, so the cursor would be carried off.
                self._axes[pane.index] = pane.axes
                self._state.set_slice(pane.index, 0.0)
        planes = [(pane.plane, pane.hidden) for pane in self._kit.panes]
        if planes != self._planes:  # a slice that is moved changes nothing that is measured here
            self._planes = planes
            self._want(0)

    @Slot()
    def _cursor_moved(self) -> None:
        if "cursor" in self._state.bases or "" in self._state.bases:
            self._want(_FOLLOWING)

    @Slot()
    def _model_changed(self) -> None:
        self._worker.cancel()  # what is under way is of the former model, whatever its size
        for pane in self._kit.panes:
            if pane.model is None or pane.codes is None:
                self._state.set_summary(pane.index, None)
                self._state.set_rows(pane.index, {})
                self._state.set_facts(pane.index, None)
                self._state.set_slice(pane.index, 0.0)
        self._want(0)

    @Slot()
    def _shown(self) -> None:
        if not self._state.shown:
            self._timer.stop()
            self._due = self._due or self._worker.busy
            self._worker.cancel()
        elif self._due:
            self._want(0)

    def _want(self, milliseconds: int) -> None:
        self._due = True
        if self._state.shown and (not self._timer.isActive() or self._timer.remainingTime() > milliseconds):
            self._timer.start(milliseconds)

    # ------------------------------------------------------------ asking

    @Slot()
    def _ask(self) -> None:
        self._due = False
        parts = tuple(part for pane in self._kit.panes if (part := self._part(pane)) is not None)
        if parts:
            self._worker.ask(lambda: self._work.make(parts))

    def _part(self, pane: PaneState) -> TraversalPart | None:
        codes, model, plane = pane.codes, pane.model, pane.plane
        if codes is None or model is None or plane is None or codes.snapshot is None or not len(codes.codes):
            return None
        row = self._kit.explorer.picked
        picked = None if row is None else code_of_row(codes, row)
        if picked is not None and not np.isfinite(picked).all():
            picked = None
        base, used = pane.code, "cursor"
        if self._state.base == "picked" and picked is not None:
            base, used = picked, "picked"
        if base is not None and (len(base) != codes.codes.shape[1] or not np.isfinite(base).all()):
            base = None
        self._state.set_base_used(pane.index, used if base is not None else "")
        offset = pane.slice_offset
        hidden = self._kit.exploration.hidden(pane.index)
        first, count = self._state.windows[pane.index]
        return TraversalPart(
            index=pane.index,
            traits=model.traits,
            prior=model.prior(codes.snapshot),
            codes=codes,
            plane=plane,
            axes=pane.axes,
            picked=self._kit.explorer.place(row) if row is not None and picked is not None else None,
            picked_code=picked,
            hidden=hidden if offset is None or not plane.hides else hidden - offset,
            base=base,
            sort=self._state.sort,
            first=first,
            count=count,
            known=self._state.rows[pane.index],
            summary=self._state.summaries[pane.index],
            facts=self._state.facts[pane.index],
        )

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, told: Told) -> None:
        index, what = told.pane, told.what
        pane = self._kit.panes[index]
        latent = None if pane.model is None else pane.model.config.latent
        if isinstance(what, PaneSummary):
            if what.codes.codes.shape[1] == latent:
                self._state.set_summary(index, what)
        elif isinstance(what, PlaneFacts):
            if what.plane.latent == latent:
                self._state.set_facts(index, what)
                self._move_slice(pane)
        elif what[0].codes.shape[1] == latent:
            self._state.set_rows(index, _with(self._state.rows[index], what))

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The traversals could not be decoded; see the details.")
        self._kit.notifications.post("error", told, details)

    # ------------------------------------------------------------ slices

    @Slot()
    def _move_slices(self) -> None:
        for pane in self._kit.panes:
            self._move_slice(pane)

    def _move_slice(self, pane: PaneState) -> None:
        """Along the present way, whose direction follows the weights."""
        spreads, facts = self._state.slices[pane.index], self._state.facts[pane.index]
        known = facts is not None and facts.plane is not self._left[pane.index]
        way = facts.ways[self._state.way] if known and facts is not None else None
        if spreads == 0 or way is None or pane.plane is None or len(way.vector) != pane.plane.latent:
            pane.set_slice_offset(None)
        else:
            pane.set_slice_offset((spreads * way.spread * way.vector).astype(np.float32))


def _with(rows: dict[int, TraversalRow], fresh: tuple[TraversalRow, ...]) -> dict[int, TraversalRow]:
    """`rows` with new ones, which stand last; the oldest are given up."""
    merged = {dimension: row for dimension, row in rows.items() if row.codes.shape == fresh[0].codes.shape}
    for row in fresh:
        merged.pop(row.dimension, None)
        merged[row.dimension] = row
    return dict(list(merged.items())[-_KEPT:])
