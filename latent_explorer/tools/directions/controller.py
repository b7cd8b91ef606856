"""Fits, scores and applies directions; A - B + C."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.hidden_code import code_of_row
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.directions.state import AppliedStrip, DirectionsState, PaneDirection
from latent_explorer.tools.directions.work import DirectionResult, DirectionWork, StripPart

#: Interval of requests during a drag, and during training (ms).
_FOLLOWING, _WHILE_TRAINING = 25, 500


#: The tool's name as receiver of the lasso.
_NAME = "directions"


class DirectionsController(QObject):
    """Updates directions, strips and arithmetic from groups, weights and base; moves the cursors with the slider.

    The base of the direction is fixed while the slider moves the cursors away from it: with the
    cursor as base it is the code where the user last put it.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[DirectionsState]
        #: Directions and their scores, or A - B + C; and the strips along a direction.
        self.finds = self._follower("directions", self._what_to_find, "find", at_once=True)
        self.strips = self._follower("direction-strips", self._which_strips, "strips", at_once=False)
        #: The base codes of the slider; empty until it is moved.
        self._bases: dict[int, np.ndarray] = {}
        state.directions_changed.connect(self._groups_changed)
        state.shown_changed.connect(self._shown)
        state.base_changed.connect(self._rest)
        state.amount_wanted.connect(self._apply)
        state.terms_changed.connect(self._terms_changed)
        state.analogy_wanted.connect(self._show_analogy)
        state.tools_changed.connect(self._share_lasso)
        kit.tools.lasso.changed.connect(self._lasso_taken)
        kit.explorer.picked_changed.connect(self._picked)
        kit.explorer.data_changed.connect(self._data_changed)
        self._data = kit.explorer.data
        for pane in kit.panes:
            pane.model_changed.connect(self._model_changed)
            pane.picture_changed.connect(self._cursor_moved)
            pane.cursor_dragged.connect(self._moved_by_hand)
            pane.code_wanted.connect(self._moved_by_hand)

    def _follower(
        self, name: str, question: Callable[[], Question | None], work: str, *, at_once: bool
    ) -> Follower:
        follower = Follower(
            self._kit.new_worker(name, True),
            question,
            getattr(DirectionWork(self._kit.new_replicas()), work),
            self._kit.training,
            self._kit.notifications,
            self,
            sentence=lambda: self.tr("The direction could not be worked out; see the details."),
            seen=lambda: self._state.shown,
            pause=_WHILE_TRAINING,
            moving=_FOLLOWING,
            at_once=at_once,
            # Weights arrive faster than scores are computed, and a drag would always update the first pane and
            #     # never the second.
            whole=True,
        )
        follower.watch(*self._kit.panes)
        follower.answered.connect(self._answered)
        return follower

    # ------------------------------------------------------------ what changes

    @Slot()
    def _groups_changed(self) -> None:
        self._rest()
        self.finds.change()

    @Slot()
    def _terms_changed(self) -> None:
        for pane, found in enumerate(self._state.analogies):
            if found is not None and found.terms != self._state.terms:
                self._state.set_analogy(pane, None)
        self.finds.renew()

    @Slot()
    def _shown(self) -> None:
        if not self._state.shown:
            self._state.set_lasso(False)
        self.finds.look_again()
        self.strips.look_again()

    @Slot()
    def _share_lasso(self) -> None:
        lasso = self._kit.tools.lasso
        (lasso.take if self._state.lasso else lasso.leave)(_NAME)

    @Slot()
    def _lasso_taken(self) -> None:
        if self._kit.tools.lasso.taker != _NAME:
            self._state.set_lasso(False)

    @Slot()
    def _model_changed(self) -> None:
        self._rest()
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
            self.strips.change()

    @Slot()
    def _cursor_moved(self) -> None:
        if not self._bases:
            self.strips.move()

    @Slot()
    def _moved_by_hand(self) -> None:
        """Set the slider back to 0, since the cursors were moved elsewhere."""
        self._bases = {}
        self._state.set_amount(0.0)
        self.strips.move()

    @Slot()
    def _rest(self) -> None:
        """Set the slider back to 0, since the direction or its base has changed."""
        self._bases = {}
        self._state.set_amount(0.0)
        self.strips.move()

    # ------------------------------------------------------------ asking

    def _what_to_find(self) -> Question | None:
        state = self._state
        looks = tuple(look for look in self._kit.looks() if look.snapshot is not None)
        if not state.arithmetic:
            return looks, state.direction
        return None if None in state.terms else (looks, state.terms)

    def _which_strips(self) -> Question | None:
        parts = []
        for pane in self._kit.panes:
            look = self._kit.look(pane)
            vector, base = self._vector(pane), self._base(pane, self._picked_code(pane))
            if look is None or look.snapshot is None or vector is None or base is None:
                self._state.set_strip(pane.index, None)
            else:
                parts.append(StripPart(look, base, vector))
        return (tuple(parts),) if parts else None

    def _vector(self, pane: PaneState) -> np.ndarray | None:
        found, codes = self._state.found[pane.index], pane.codes
        if found is None or found.direction is None or codes is None or found.saved is not self._state.direction:
            return None
        vector = found.direction.vector
        return vector if len(vector) == codes.codes.shape[1] else None

    def _picked_code(self, pane: PaneState) -> np.ndarray | None:
        """The picked image's code in this pane, if it is the base and available."""
        row = self._kit.explorer.picked
        if self._state.base != "picked" or row is None or pane.codes is None:
            return None
        return code_of_row(pane.codes, row)

    def _base(self, pane: PaneState, picked: np.ndarray | None) -> np.ndarray | None:
        """The base of the direction in this pane: `picked` (d,), or the cursor's code."""
        base = self._bases.get(pane.index, pane.code) if picked is None else picked
        if base is None or pane.codes is None or len(base) != pane.codes.codes.shape[1]:
            return None
        return base if np.isfinite(base).all() else None

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answered(self, result: DirectionResult) -> None:
        what = result.what
        if isinstance(what, PaneDirection):
            if what.saved is self._state.direction:
                former = self._state.found[result.pane]
                if former is not None and former.saved is what.saved:
                    what = _with_former_score(what, former)
                self._state.set_found(result.pane, what)
                self.strips.change()
                if self._state.amount:
                    self._apply()
        elif isinstance(what, AppliedStrip):
            self._state.set_strip(result.pane, what)
        elif what.terms == self._state.terms:
            self._state.set_analogy(result.pane, what)

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
    """`found` with the score and step of earlier weights, until its own score is available."""
    if found.direction is None or found.score is not None or former.score is None or not found.scorable:
        return found
    step, snapshot = former.score_step, former.codes.snapshot
    if step is None and snapshot is not None and snapshot is not found.codes.snapshot:
        step = snapshot.step
    return replace(found, score=former.score, score_step=step)
