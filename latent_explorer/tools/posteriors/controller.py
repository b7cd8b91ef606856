"""Makes what is drawn of posteriors and prior: unions of ellipses, contours, prior mass covered."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.posteriors.shown_prior import ShownPrior
from latent_explorer.tools.posteriors.state import (
    ContourLines,
    Coverage,
    PosteriorsState,
    PriorContours,
    UnionPicture,
)
from latent_explorer.tools.posteriors.work import PosteriorAnswer, PosteriorOrder, UnionWork, facts
from trainer.metrics.prior_coverage import DRAWS

#: Rest after a pan or zoom before the union is computed (ms).
_REST = 40
#: Between two orders while training (ms), and draws of the prior then: the next weights are on their way.
_TRAINING = 1_500
_TRAINING_DRAWS = 2_000


class PosteriorController(QObject):
    """Keeps whose ellipses are drawn, and every pane's overlays of posteriors, true to state."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._parts = [_PanePosteriors(kit, pane, self) for pane in kit.panes]
        kit.tools.overlays.changed.connect(self._overlay_changed)
        kit.explorer.picked_changed.connect(self._choose)
        for pane in kit.panes:
            pane.hovered_changed.connect(self._choose)

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "ellipses":
            self._choose()

    @Slot()
    def _choose(self) -> None:
        whose, row = self._kit.tools.overlays.chosen("ellipses"), None
        if whose == "picked":
            row = self._kit.explorer.picked
        elif whose == "hovered":
            row = next((pane.hovered for pane in self._kit.panes if pane.hovered is not None), None)
        self._kit.tools[PosteriorsState].set_row(row)


class _PanePosteriors(QObject):
    """One pane's overlays."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[PosteriorsState], kit.tools.overlays
        self._work = UnionWork()
        self._unions = kit.new_worker(f"ellipses-{pane.index}", background=True)
        self._facts = kit.new_worker(f"posterior-{pane.index}", background=True)
        self._union_timer, self._facts_timer = QTimer(self), QTimer(self)
        for timer, ask in ((self._union_timer, self._ask_union), (self._facts_timer, self._ask_facts)):
            timer.setSingleShot(True)
            timer.timeout.connect(ask)
        for worker in (self._unions, self._facts):
            worker.answered.connect(self._answered)
            worker.failed.connect(self._failed)
        self._union_at = self._facts_at = 0.0
        #: A hand moves the view while training: its new edge is filled with the weights that are on show.
        self._edge_timer = QTimer(self)
        self._edge_timer.setSingleShot(True)
        self._edge_timer.timeout.connect(self._ask_edge)
        self._union_of: PosteriorOrder | None = None
        self._plane = pane.plane
        #: What the contours, of codes and of the prior, and the coverage in state were made of.
        self._contours_of: PosteriorOrder | None = None
        self._regions_of: PosteriorOrder | None = None
        self._prior = ShownPrior()
        self._coverage_of: PaneCodes | None = None
        self._overlays.changed.connect(self._overlay_changed)
        pane.view_changed.connect(self._view_changed)
        pane.view_moved.connect(self._view_moved)
        pane.plane_changed.connect(self._plane_changed)
        pane.codes_changed.connect(self._weights_changed)
        pane.model_changed.connect(self._model_changed)
        kit.explorer.picked_changed.connect(self._slice_moved)
        kit.training.run_changed.connect(self._weights_changed)

    @property
    def _training(self) -> bool:
        return self._kit.training.run == "training"

    @property
    def _union_on(self) -> bool:
        return self._overlays.chosen("ellipses") == "all"

    @property
    def _coverage_on(self) -> bool:
        return self._union_on or self._overlays.on("prior")

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        index = self._pane.index
        if name == "ellipses":
            self._unions.cancel()
            if self._union_on:
                self._union_timer.start(0)
            else:
                self._union_timer.stop()
                self._state.set_union(index, None)
        if name == "contours" and not self._overlays.on("contours"):
            self._state.set_contours(index, None)
        if name == "prior" and not self._overlays.on("prior"):
            self._state.set_prior(index, None)
        if name in ("ellipses", "prior", "contours"):
            if not self._coverage_on:
                self._state.set_coverage(index, None)
            self._facts.cancel()
            self._facts_timer.start(0)

    @Slot()
    def _view_changed(self) -> None:
        if not self._union_on:
            return
        if self._training:
            self._later(self._union_timer, self._unions.busy, self._union_at)
        else:
            self._unions.cancel()
            self._union_timer.start(_REST)

    @Slot()
    def _view_moved(self) -> None:
        # Not postponed by the next step of the same pan.
        if self._union_on and self._training and not self._edge_timer.isActive():
            self._edge_timer.start(_REST)

    @Slot()
    def _ask_edge(self) -> None:
        order, view = self._union_of, self._pane.view
        if self._union_on and order is not None and view is not None:
            self._unions.ask(partial(self._work.unions, order, view))

    @Slot()
    def _plane_changed(self) -> None:
        # A slice that is moved leaves the plane, and so all that is drawn here, as it is.
        if self._pane.plane is not self._plane:
            self._plane = self._pane.plane
            self._weights_changed()
        else:
            self._slice_moved()

    @Slot()
    def _slice_moved(self) -> None:
        """Only the contours of a prior that is seen in a slice change with it."""
        shown = self._state.prior(self._pane.index)
        if shown is not None and shown.regions.slice:
            self._facts_timer.start(_REST)

    @Slot()
    def _weights_changed(self) -> None:
        if self._union_on:
            if self._training:
                self._later(self._union_timer, self._unions.busy, self._union_at)
            else:
                self._union_timer.start(0)
        if self._coverage_on or self._overlays.on("contours"):
            if self._training:
                self._later(self._facts_timer, self._facts.busy, self._facts_at)
            else:
                self._facts_timer.start(0)

    @staticmethod
    def _later(timer: QTimer, busy: bool, asked_at: float) -> None:
        """Ask when the last answer has stood long enough."""
        if not timer.isActive() and not busy:
            timer.start(max(0, round(_TRAINING - 1_000 * (time.monotonic() - asked_at))))

    @Slot()
    def _model_changed(self) -> None:
        for timer, worker in ((self._union_timer, self._unions), (self._facts_timer, self._facts)):
            timer.stop()
            worker.cancel()
        self._union_of = None
        self._state.set_union(self._pane.index, None)
        self._state.set_coverage(self._pane.index, None)
        self._state.set_contours(self._pane.index, None)
        self._state.set_prior(self._pane.index, None)

    def _order(self) -> PosteriorOrder | None:
        pane = self._pane
        if pane.model is None or pane.codes is None or pane.plane is None:
            return None
        if not pane.codes.codes.shape[1] == pane.plane.latent == pane.model.config.latent:
            return None  # another model is on its way: its codes come in a moment, and ask again
        prior = self._prior.of(pane.model, pane.codes)
        return PosteriorOrder(pane.model, pane.codes, pane.plane, prior, self._kit.exploration.hidden(pane.index))

    @Slot()
    def _ask_union(self) -> None:
        order, view = self._order(), self._pane.view
        if self._union_on and order is not None and view is not None:
            self._union_of, self._union_at = order, time.monotonic()
            self._unions.ask(partial(self._work.unions, order, view), at_once=True)

    @Slot()
    def _ask_facts(self) -> None:
        order = self._order()
        if order is None or not (self._coverage_on or self._overlays.on("contours")):
            return
        index, draws = self._pane.index, 0
        if self._coverage_on:
            draws = _TRAINING_DRAWS if self._training else DRAWS
        coverage, known = self._state.coverage(index), self._coverage_of
        if coverage is not None and coverage.draws >= draws and known is order.codes:
            draws = 0
        made_of = self._contours_of
        shown = self._state.contours(index) is not None and made_of is not None and made_of.same(order)
        contours = self._overlays.on("contours") and not shown
        regions = self._overlays.on("prior") and not order.prior.is_gaussian and not self._shows_prior_of(order)
        if contours or regions or draws:
            self._facts_at = time.monotonic()
            self._facts.ask(partial(facts, order, contours, regions, draws), at_once=True)

    def _shows_prior_of(self, order: PosteriorOrder) -> bool:
        """Whether the prior's contours in state are those of `order`."""
        shown, made_of = self._state.prior(self._pane.index), self._regions_of
        if shown is None or made_of is None or not made_of.same(order):
            return False
        return not shown.regions.slice or np.array_equal(made_of.hidden, order.hidden)

    @Slot(object)
    def _answered(self, answer: PosteriorAnswer) -> None:
        index, result = self._pane.index, answer.result
        if answer.order.model != self._pane.model:
            return
        match result:
            case UnionPicture() if self._union_on:
                self._state.set_union(index, result)
            case ContourLines() if self._overlays.on("contours"):
                self._contours_of = answer.order
                self._state.set_contours(index, result)
            case PriorContours() if self._overlays.on("prior"):
                self._regions_of = answer.order
                self._state.set_prior(index, result)
            case Coverage() if self._coverage_on:
                known = self._state.coverage(index)
                same = known is not None and self._coverage_of is answer.order.codes
                if same and known is not None and known.draws >= result.draws:
                    return  # asked for again: what is known better stays until it is overtaken
                self._coverage_of = answer.order.codes
                self._state.set_coverage(index, result)
            case _:
                pass

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("What posteriors cover could not be computed; see the details.")
        self._kit.notifications.post("error", told, details)
