"""Fits, scores and applies directions; A - B + C."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.hidden_code import code_of_row
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.directions.state import AppliedStrip, DirectionsState, PaneDirection
from latent_explorer.tools.directions.work import AnalogyPart, DirectionWork, FitPart, StripPart, Told

#: Between two requests that follow a hand (ms), and between two while training.
_FOLLOWING, _WHILE_TRAINING = 25, 500


class DirectionsController(QObject):
    """Keeps directions, strips and arithmetic true to groups, weights and base; moves the cursors with the slider.

    What the direction is applied to stays where it was while the slider moves the cursors away from it: with the
    cursor as base that is the code where a hand last put it.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[DirectionsState]
        self._fits = kit.new_worker("directions", True)
        self._strips = kit.new_worker("direction-strips", True)
        self._fit_work = DirectionWork(kit.new_replicas())
        self._strip_work = DirectionWork(kit.new_replicas())
        #: The codes that the slider moves away from; empty while it has not been moved.
        self._bases: dict[int, np.ndarray] = {}
        #: New weights came while a score was in the making.
        self._fit_due = False
        #: Whether a strip begins at the cursor, and whether it moved on while strips were in the making.
        self._at_cursor, self._strips_due = True, False
        self._fit_timer, self._strip_timer = QTimer(self), QTimer(self)
        for timer, ask in ((self._fit_timer, self._ask_fit), (self._strip_timer, self._ask_strips)):
            timer.setSingleShot(True)
            timer.timeout.connect(ask)
        for worker in (self._fits, self._strips):
            worker.answered.connect(self._answered)
            worker.failed.connect(self._failed)
        self._fits.finished.connect(self._fitted)
        self._strips.finished.connect(self._decoded)
        state.directions_changed.connect(self._groups_changed)
        state.shown_changed.connect(self._shown)
        state.base_changed.connect(self._rest)
        state.amount_wanted.connect(self._apply)
        state.terms_changed.connect(self._terms_changed)
        state.analogy_wanted.connect(self._show_analogy)
        kit.explorer.picked_changed.connect(self._picked)
        kit.explorer.data_changed.connect(self._data_changed)
        self._data = kit.explorer.data
        for pane in kit.panes:
            pane.codes_changed.connect(self._codes_changed)
            pane.model_changed.connect(self._model_changed)
            pane.picture_changed.connect(self._cursor_moved)
            pane.cursor_dragged.connect(self._moved_by_hand)
            pane.code_wanted.connect(self._moved_by_hand)

    # ------------------------------------------------------------ what changes

    @Slot()
    def _groups_changed(self) -> None:
        self._rest()
        self._want_fit(0)

    @Slot()
    def _terms_changed(self) -> None:
        for pane, found in enumerate(self._state.analogies):
            if found is not None and found.terms != self._state.terms:
                self._state.set_analogy(pane, None)
        self._want_fit(0)

    @Slot()
    def _shown(self) -> None:
        if self._state.shown:
            self._want_fit(0)
            self._want_strips(0)
        else:
            self._state.set_lasso(False)
            for worker, timer in ((self._fits, self._fit_timer), (self._strips, self._strip_timer)):
                timer.stop()
                worker.cancel()

    @Slot()
    def _codes_changed(self) -> None:
        pause = _WHILE_TRAINING if self._kit.training.run == "training" else 0
        self._want_fit(pause)
        self._want_strips(pause)

    @Slot()
    def _model_changed(self) -> None:
        for worker in (self._fits, self._strips):
            worker.cancel()  # what is under way is of the former model, whatever its size
        self._rest()
        self._want_fit(0)
        for pane in self._kit.panes:
            if pane.model is None or pane.codes is None:
                self._state.set_found(pane.index, None)
                self._state.set_strip(pane.index, None)
                self._state.set_analogy(pane.index, None)

    @Slot()
    def _data_changed(self) -> None:
        former, self._data = self._data, self._kit.explorer.data
        same = former is not None and self._data is not None and former.fingerprint == self._data.fingerprint
        if not same or (former is not None and self._data is not None and former.count != self._data.count):
            self._state.set_amount(0.0)

    @Slot()
    def _picked(self) -> None:
        if self._state.base == "picked":
            self._rest()
            self._want_strips(0)

    @Slot()
    def _cursor_moved(self) -> None:
        if not self._bases:
            self._follow()

    @Slot()
    def _moved_by_hand(self) -> None:
        """The slider goes back to 0: the cursors are somewhere else now."""
        self._bases = {}
        self._state.set_amount(0.0)
        self._follow()

    @Slot()
    def _rest(self) -> None:
        """The slider goes back to 0: what it moves, or what that is moved from, is something else now."""
        self._bases = {}
        self._state.set_amount(0.0)
        self._want_strips(_FOLLOWING)

    def _follow(self) -> None:
        """Draw the strips that begin at the cursor, when those under way have ended.

        A drag must not take over: the first pane would be drawn again and again and the second never.
        """
        if self._at_cursor and self._strips.busy:
            self._strips_due = True
        elif self._at_cursor:
            self._want_strips(_FOLLOWING)

    def _want_fit(self, milliseconds: int) -> None:
        if self._state.shown and (
            not self._fit_timer.isActive() or self._fit_timer.remainingTime() > milliseconds
        ):
            self._fit_timer.start(milliseconds)

    def _want_strips(self, milliseconds: int) -> None:
        timer = self._strip_timer
        if self._state.shown and (not timer.isActive() or timer.remainingTime() > milliseconds):
            timer.start(milliseconds)

    # ------------------------------------------------------------ asking

    @Slot()
    def _ask_fit(self) -> None:
        state = self._state
        ready = [pane for pane in self._kit.panes if pane.codes is not None and pane.codes.snapshot is not None]
        if state.arithmetic:
            self._ask_analogies(ready)
            return
        saved = state.direction
        parts = tuple(FitPart(pane.index, pane.codes) for pane in ready if pane.codes is not None)
        stands = all(found is None or found.saved is saved for found in state.found)
        if stands and self._fits.busy and self._kit.training.run == "training":
            # Weights come faster than scores can be made: the one in the making is finished first.
            self._fit_due = True
            return
        self._fit_due = False
        self._fits.ask(lambda: self._fit_work.fit(saved, parts), at_once=True)

    def _ask_analogies(self, ready: list[PaneState]) -> None:
        first, second, third = self._state.terms
        if first is None or second is None or third is None:
            self._fits.cancel()
            return
        terms = (first, second, third)
        parts = tuple(
            AnalogyPart(pane.index, pane.model.traits, pane.codes, terms)
            for pane in ready
            if pane.model is not None and pane.codes is not None
        )
        self._fits.ask(lambda: self._fit_work.analogies(parts), at_once=True)

    @Slot()
    def _ask_strips(self) -> None:
        parts = []
        self._at_cursor = self._strips_due = False
        for pane in self._kit.panes:
            picked = self._picked_code(pane)
            self._at_cursor |= picked is None
            vector, base, codes = self._vector(pane), self._base(pane, picked), pane.codes
            if vector is None or base is None or codes is None or codes.snapshot is None or pane.model is None:
                self._state.set_strip(pane.index, None)
            else:
                parts.append(StripPart(pane.index, pane.model.traits, codes, base, vector))
        if parts:
            asked = tuple(parts)
            self._strips.ask(lambda: self._strip_work.strips(asked))

    def _vector(self, pane: PaneState) -> np.ndarray | None:
        found, codes = self._state.found[pane.index], pane.codes
        if found is None or found.direction is None or codes is None or found.saved is not self._state.direction:
            return None
        vector = found.direction.vector
        return vector if len(vector) == codes.codes.shape[1] else None

    def _picked_code(self, pane: PaneState) -> np.ndarray | None:
        """The picked image's code in this pane, if the direction is to be applied to it and it is at hand."""
        row = self._kit.explorer.picked
        if self._state.base != "picked" or row is None or pane.codes is None:
            return None
        return code_of_row(pane.codes, row)

    def _base(self, pane: PaneState, picked: np.ndarray | None) -> np.ndarray | None:
        """What the direction is applied to in this pane: `picked` (d,), or the cursor's code."""
        base = self._bases.get(pane.index, pane.code) if picked is None else picked
        if base is None or pane.codes is None or len(base) != pane.codes.codes.shape[1]:
            return None
        return base if np.isfinite(base).all() else None

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, told: Told) -> None:
        model = self._kit.panes[told.pane].model
        latent = None if model is None else model.config.latent
        what = told.what
        if isinstance(what, PaneDirection):
            if what.codes.codes.shape[1] == latent and what.saved is self._state.direction:
                former = self._state.found[told.pane]
                if former is not None and former.saved is what.saved:
                    what = _with_former_score(what, former)
                self._state.set_found(told.pane, what)
                self._want_strips(0)
                if self._state.amount:
                    self._apply()
        elif isinstance(what, AppliedStrip):
            if what.codes.shape[1] == latent:
                self._state.set_strip(told.pane, what)
        elif what.terms == self._state.terms and (what.code is None or len(what.code) == latent):
            self._state.set_analogy(told.pane, what)

    @Slot()
    def _decoded(self) -> None:
        if self._strips_due:
            self._want_strips(0)

    @Slot()
    def _fitted(self) -> None:
        if self._fit_due:
            self._want_fit(0)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The direction could not be worked out; see the details.")
        self._kit.notifications.post("error", told, details)

    # ------------------------------------------------------------ showing

    @Slot()
    def _apply(self) -> None:
        """Put the cursors on base + amount · direction."""
        if not self._bases:
            self._bases = {pane.index: pane.code for pane in self._kit.panes if pane.code is not None}
        shown = {}
        for pane in self._kit.panes:
            vector, base = self._vector(pane), self._base(pane, self._picked_code(pane))
            if vector is not None and base is not None:
                shown[pane.index] = (base + np.float32(self._state.amount) * vector).astype(np.float32)
        self._kit.exploration.show_codes(shown)

    @Slot()
    def _show_analogy(self) -> None:
        self._rest()
        codes = {}
        for index, found in enumerate(self._state.analogies):
            if found is not None and found.code is not None:
                codes[index] = found.code
        self._kit.exploration.show_codes(codes)


def _with_former_score(found: PaneDirection, former: PaneDirection) -> PaneDirection:
    """`found` with the score of former weights and their step, until its own is there."""
    if found.direction is None or found.score is not None or former.score is None or not found.scorable:
        return found
    step, snapshot = former.score_step, former.codes.snapshot
    if step is None and snapshot is not None and snapshot is not found.codes.snapshot:
        step = snapshot.step
    return replace(found, score=former.score, score_step=step)
