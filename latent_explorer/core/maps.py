"""Which map each pane shows: made ready off the GUI thread, swapped in for all panes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.map_maker import MadeMap, MapMaker, MapOrder
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneModel, PaneState, set_all_codes
from latent_explorer.core.plane_memory import KeptPlanes
from latent_explorer.core.view_transform import bounds_of
from latent_explorer.core.workers.newest_task import NewestTask
from trainer.replica.replica import Replica, ReplicaError
from trainer.reports import MapReport

#: Values (n d) of one pane's codes, and dimensions, up to which a map may be made at once in the GUI thread: two
#: panes take some 3 ms then.
_AT_ONCE_VALUES = 50_000
_AT_ONCE_LATENT = 32


class MapController(QObject):
    """Shows new codes and weights on all maps, and the present ones anew when a person chooses other axes.

    Of maps that wait to be made the newest wins. What was made for models that have been replaced is dropped, and
    so is what was made for other axes than are chosen by now.
    """

    def __init__(
        self,
        panes: tuple[PaneState, ...],
        exploration: ExplorationController,
        make_replica: Callable[[PaneModel], Replica | None],
        worker: NewestTask,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        """`make_replica` is called in the worker's thread; see `MapMaker`."""
        super().__init__(parent)
        self._panes = panes
        self._exploration = exploration
        self._maker = MapMaker(make_replica)
        self._worker = worker
        self._notifications = notifications
        #: The newest report, the models it belongs to, and whether it is of a past moment.
        self._wanted: tuple[MapReport, tuple[PaneModel, ...], bool] | None = None
        self._axes = [pane.axes for pane in panes]
        #: Number of the newest order, and the axes of the one on show.
        self._ordered = 0
        self._shown_axes: tuple[str, ...] = ()
        #: What is to be on show again once the next models' maps are made, and what waits for those.
        self._coming: KeptPlanes | None = None
        self._kept: KeptPlanes | None = None
        self._then: Callable[[], None] | None = None
        #: The planes that the run itself was shown on last.
        self._live: KeptPlanes | None = None
        for pane in panes:
            pane.plane_changed.connect(self._axes_changed)
        worker.answered.connect(self._made)
        worker.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        """Whether a map is in the making."""
        return self._worker.busy

    @property
    def live(self) -> KeptPlanes | None:
        """The planes that the run was shown on last, whatever past moment is looked at; None before the first."""
        return self._live

    def come_back(self, kept: KeptPlanes | None) -> None:
        """The next models shown come from where they were saved: on these planes, with these axes."""
        self._coming = kept

    def hold(self, step: int) -> None:
        """The run stands at `step` again: if the maps show that, they stay as they are."""
        shown = [pane.codes for pane in self._panes if pane.codes is not None]
        steps = {None if codes.snapshot is None else codes.snapshot.step for codes in shown}
        if steps == {step}:
            self._kept = _planes_of(self._panes, step)

    def when_shown(self, then: Callable[[], None]) -> None:
        """Call `then` once the models in the panes have maps, at once if they do; never if they are replaced."""
        if all(pane.codes is not None for pane in self._panes if pane.model is not None):
            then()
        else:
            self._then = then

    def show(self, report: MapReport, *, at_once: bool = False, past: bool = False) -> None:
        """Show codes and weights of the models that are in the panes, from the first pane on.

        `at_once`: before this returns if no other map is in the making, however large; else only a small one that
        does not come from a run in progress is worth holding the GUI thread for. `past`: somebody looks at a past
        moment of the run.
        """
        models = tuple(pane.model for pane in self._panes[: len(report.codes)])
        present = tuple(model for model in models if model is not None)
        if self._wanted is None or self._wanted[1] != present:
            self._kept, self._coming = self._coming, None
            self._live = self._then = None
            for pane, axes in zip(self._panes, () if self._kept is None else self._kept.axes, strict=False):
                pane.set_axes(axes)
            self._axes = [pane.axes for pane in self._panes]
        self._wanted = (report, present, past)
        if None not in models:
            self._order(at_once=at_once)

    def show_opened(self, report: MapReport) -> None:
        """Like `show`, at once if the map is small."""
        self.show(report, at_once=_small(report))

    def _order(self, *, at_once: bool) -> None:
        assert self._wanted is not None
        report, models, past = self._wanted
        self._ordered += 1
        axes = tuple(pane.axes for pane in self._panes[: len(models)])
        order = MapOrder(self._ordered, report, models, axes, past, self._kept)
        if not at_once or self._worker.busy:
            self._worker.ask(lambda: self._maker.make(order))
            return
        try:
            made = self._maker.make(order)
        except ReplicaError as error:
            self._notifications.post("error", error.sentence)
            return
        self._made(made)

    @Slot()
    def _axes_changed(self) -> None:
        chosen = [pane.axes for pane in self._panes]
        if chosen == self._axes:
            return
        self._axes = chosen
        if self._wanted is not None and self._stand(self._wanted[1]):
            # Of the newest codes, which may still be waiting: this order takes their place in the slot.
            self._order(at_once=_small(self._wanted[0]))

    def _stand(self, models: tuple[PaneModel, ...]) -> bool:
        """Whether these models are the ones in the panes."""
        return all(pane.model == model for pane, model in zip(self._panes, models, strict=False))

    @Slot(object)
    def _made(self, made: MadeMap) -> None:
        order = made.order
        panes = self._panes[: len(made.panes)]
        if not self._stand(order.models) or order.axes != tuple(pane.axes for pane in panes):
            return  # the order for what stands now is on its way
        former_axes = self._shown_axes or order.axes
        turned = [
            pane
            for pane, was, now in zip(panes, former_axes, order.axes, strict=False)
            if pane.codes is not None and was != now
        ]
        self._shown_axes = order.axes
        fresh = [pane for pane in panes if pane.codes is None]
        with self._exploration.one_look():
            for pane, ready in zip(panes, made.panes, strict=True):
                self._exploration.adopt(pane.index, ready)
            set_all_codes(
                [(pane, ready.codes, ready.plane) for pane, ready in zip(panes, made.panes, strict=True)]
            )
            for pane in turned:
                if pane.plane is not None and pane.code is not None:
                    # The cursor stays on the code it stood on.
                    x, y = pane.plane.project(pane.code[None])[0]
                    pane.place_cursor(float(x), float(y))
            for pane in fresh:
                _bring_back(pane)
        if not order.past:
            self._live = _planes_of(panes, order.report.step)
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        told = sentence or self.tr("The map could not be brought up to date; see the details.")
        self._notifications.post("error", told, details)


def _planes_of(panes: Sequence[PaneState], step: int) -> KeptPlanes:
    return KeptPlanes(step, tuple(pane.axes for pane in panes), tuple(pane.plane for pane in panes))


def _bring_back(pane: PaneState) -> None:
    """A cursor left from another model that is off this one's map goes to the middle of it."""
    bounds = None if pane.codes is None else bounds_of(pane.codes.points)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    x, y = pane.cursor
    if not (left <= x <= right and bottom <= y <= top):
        pane.place_cursor((left + right) / 2, (bottom + top) / 2)


def _small(report: MapReport) -> bool:
    return all(codes.size <= _AT_ONCE_VALUES and codes.shape[1] <= _AT_ONCE_LATENT for codes in report.codes)
