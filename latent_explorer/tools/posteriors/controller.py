"""Computes the overlays of posteriors and prior: unions of ellipses, contours, prior mass covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.posteriors.shown_prior import ShownPrior
from latent_explorer.tools.posteriors.state import Coverage, PosteriorsState
from latent_explorer.tools.posteriors.work import UnionWork, contours, coverages, prior_contours
from trainer.metrics.prior_coverage import DRAWS

#: Delay after a pan or zoom before the union is computed (ms).
_REST = 40
#: Interval of answers during training (ms), and number of draws of the prior then, as new weights arrive soon.
_TRAINING = 1_500
_TRAINING_DRAWS = 2_000


class PosteriorController(QObject):
    """Updates whose ellipses are drawn, and every pane's overlays of posteriors, from state."""

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
    """One pane's overlays, each with its own thread."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[PosteriorsState], kit.tools.overlays
        self.union = self._follower("ellipses", self._union_question, UnionWork().unions, lambda: self._union_on)
        self.contours = self._follower(
            "contours", self._contours_question, contours, lambda: self._overlays.on("contours")
        )
        self.coverage = self._follower("prior-mass", self._coverage_question, coverages, lambda: self._coverage_on)
        self.union.answered.connect(lambda union: self._state.set_union(pane.index, union))
        self.contours.answered.connect(lambda lines: self._state.set_contours(pane.index, lines))
        self.coverage.answered.connect(self._covered)
        self.prior = self._follower(
            "prior", self._prior_question, prior_contours, lambda: self._overlays.on("prior")
        )
        self.prior.answered.connect(lambda regions: self._state.set_prior(pane.index, regions))
        self._shown_prior = ShownPrior()
        self._overlays.changed.connect(self._overlay_changed)
        pane.plane_changed.connect(self._slice_moved)
        kit.explorer.picked_changed.connect(self._slice_moved)
        pane.view_changed.connect(self.union.view_changed)
        pane.view_moved.connect(self.union.view_moved)
        pane.model_changed.connect(self._clear)

    def _follower(
        self,
        name: str,
        question: Callable[[], Question | None],
        work: Callable[..., Iterator[object]],
        seen: Callable[[], bool],
    ) -> Follower:
        follower = Follower(
            self._kit.new_worker(f"{name}-{self._pane.index}", background=True),
            question,
            work,
            self._kit.training,
            self._kit.notifications,
            self,
            sentence=lambda: self.tr("What posteriors cover could not be computed; see the details."),
            seen=seen,
            pane=self._pane,
            pause=_TRAINING,
            view=_REST,
            moving=_REST,
            at_once=True,
            whole=True,
        )
        follower.watch(self._pane)  # a new plane arrives with its codes
        self._kit.training.run_changed.connect(follower.weights)
        return follower

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
            self._state.set_union(index, None)
            self.union.renew()
        if name == "contours":
            self._state.set_contours(index, None)
            self.contours.renew()
        if name == "prior":
            self._state.set_prior(index, None)
            self.prior.renew()
        if name in ("ellipses", "prior"):
            if self._coverage_on:
                self.coverage.change()
            else:
                self._state.set_coverage(index, None)
                self.coverage.leave()

    @Slot()
    def _slice_moved(self) -> None:
        """Update the contours of a prior that is shown as a slice."""
        shown = self._state.prior(self._pane.index)
        if shown is not None and shown.regions.slice:
            self.prior.move()

    @Slot()
    def _clear(self) -> None:
        self._state.set_union(self._pane.index, None)
        self._state.set_coverage(self._pane.index, None)
        self._state.set_contours(self._pane.index, None)
        self._state.set_prior(self._pane.index, None)

    def _union_question(self) -> Question | None:
        look = self._kit.look(self._pane, "view")
        return None if look is None or look.view is None else (look,)

    def _contours_question(self) -> Question | None:
        look = self._kit.look(self._pane)
        return None if look is None else (look,)

    def _coverage_question(self) -> Question | None:
        look, known = self._kit.look(self._pane), self._state.coverage(self._pane.index)
        draws = _TRAINING_DRAWS if self.coverage.training else DRAWS
        if look is None or (known is not None and known.number == look.number and known.draws >= draws):
            return None
        return look, self._shown_prior.of(look.model, look.codes), draws

    def _prior_question(self) -> Question | None:
        look = self._kit.look(self._pane, "hidden")
        prior = None if look is None else self._shown_prior.of(look.model, look.codes)
        # Rings of a Gaussian need no computation.
        return None if prior is None or prior.is_gaussian else (look, prior)

    @Slot(object)
    def _covered(self, found: Coverage) -> None:
        known = self._state.coverage(self._pane.index)
        if known is None or known.number != found.number or known.draws < found.draws:
            self._state.set_coverage(
                self._pane.index, found
            )  # a first, lower value would be worse than the present one
