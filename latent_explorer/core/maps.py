"""The maps of all panes: prepared outside the GUI thread, replaced in all panes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.map_maker import MadeMap, MapMaker, MapOrder, MapPart
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneModel, PaneState, set_all_codes
from latent_explorer.core.plane_memory import KeptPlane
from latent_explorer.core.view_transform import bounds_of
from latent_explorer.core.workers.worker import Worker
from trainer.replica.replica import Replica, ReplicaError

#: Values (n d) of one pane's codes, and dimensions, up to which a map may be prepared in the GUI thread: two
#: panes take about 3 ms then.
_AT_ONCE_VALUES = 50_000
_AT_ONCE_LATENT = 32


class MapController(QObject):
    """Shows new codes and weights on all maps, and the present ones again when the user chooses other axes.

    Of waiting orders only the newest is processed. Results for replaced models, or for axes that are no longer
    chosen, are dropped.
    """

    def __init__(
        self,
        panes: tuple[PaneState, ...],
        exploration: ExplorationController,
        make_replica: Callable[[PaneModel], Replica | None],
        worker: Worker,
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
        #: The newest part of each pane.
        self._wanted: tuple[MapPart | None, ...] = (None,) * len(panes)
        self._axes = [pane.axes for pane in panes]
        #: Number of the newest order, and the axes of the shown one.
        self._ordered = 0
        self._shown_axes: tuple[str, ...] = ()
        #: Planes to restore with the next models' maps, and callbacks that wait for those maps.
        self._coming: tuple[KeptPlane | None, ...] = ()
        self._kept: tuple[KeptPlane | None, ...] = ()
        self._then: Callable[[], None] | None = None
        #: The plane on which each pane's model was last shown, ignoring past moments.
        self._live: list[tuple[PaneModel, KeptPlane] | None] = [None] * len(panes)
        for pane in panes:
            pane.plane_changed.connect(self._axes_changed)
        worker.answered.connect(self._made)
        worker.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        """Whether a map is being prepared."""
        return self._worker.busy

    @property
    def live(self) -> tuple[KeptPlane | None, ...]:
        """The plane on which each pane's model was last shown, ignoring past moments; None before."""
        return tuple(
            one[1] if one is not None and one[0] == pane.model else None
            for pane, one in zip(self._panes, self._live, strict=True)
        )

    def come_back(self, kept: tuple[KeptPlane | None, ...]) -> None:
        """Show the next models on these planes, with these axes."""
        self._coming = kept

    def hold(self, step: int) -> None:
        """The run is at `step` again: panes that show it are left unchanged."""
        self._kept = tuple(
            KeptPlane(step, pane.axes, pane.plane) if pane.codes is not None and pane.codes.step == step else None
            for pane in self._panes
        )

    def when_shown(self, then: Callable[[], None]) -> None:
        """Call `then` when the models in the panes have maps, now if they do; never if they are replaced."""
        if all(pane.codes is not None for pane in self._panes if pane.model is not None):
            then()
        else:
            self._then = then

    def show(self, parts: Sequence[MapPart | None], *, at_once: bool = False) -> None:
        """Show codes and weights of the models in the panes, one entry per pane; None for an empty one.

        `at_once`: prepare the map in this call if no other is being prepared, regardless of its size; otherwise
        only small maps that do not come from a run in progress block the GUI thread.
        """
        if [_model(part) for part in parts] != [_model(part) for part in self._wanted]:
            self._kept, self._coming = self._coming, ()
            self._then = None
            for pane, kept in zip(self._panes, self._kept, strict=False):
                if kept is not None:
                    pane.set_axes(kept.axes)
            self._axes = [pane.axes for pane in self._panes]
        self._wanted = tuple(parts)
        if any(part is not None for part in parts):
            self._order(at_once=at_once)
        else:
            self._coming = ()  # nothing was shown that could be restored with it

    def _order(self, *, at_once: bool) -> None:
        self._ordered += 1
        order = MapOrder(self._ordered, self._wanted, tuple(pane.axes for pane in self._panes), self._kept)
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
        if any(part is not None for part in self._wanted) and self._are_current(self._wanted):
            # Use the newest codes, which may still be waiting: this order replaces theirs.
            self._order(at_once=is_small(self._wanted))

    def _are_current(self, parts: Sequence[MapPart | None]) -> bool:
        """Whether these parts belong to the models in the panes."""
        return all(part is None or pane.model == part.model for pane, part in zip(self._panes, parts, strict=True))

    @Slot(object)
    def _made(self, made: MadeMap) -> None:
        order = made.order
        if not self._are_current(order.parts) or order.axes != tuple(pane.axes for pane in self._panes):
            return  # the order for the present models is under way
        former_axes = self._shown_axes or order.axes
        self._shown_axes = order.axes
        # An unchanged one has been shown and measured before.
        ready = [
            (pane, one, was != now)
            for pane, one, was, now in zip(self._panes, made.panes, former_axes, order.axes, strict=True)
            if one is not None and one.codes is not pane.codes
        ]
        turned = [pane for pane, _, other in ready if other and pane.codes is not None]
        fresh = [pane for pane, _, _ in ready if pane.codes is None]
        with self._exploration.one_look():
            for pane, one, _ in ready:
                self._exploration.adopt(pane.index, one)
            set_all_codes([(pane, one.codes, one.plane) for pane, one, _ in ready])
            for pane in turned:
                if pane.plane is not None and pane.code is not None:
                    # The cursor stays on the code it was on.
                    x, y = pane.plane.project(pane.code[None])[0]
                    pane.place_cursor(float(x), float(y))
            for pane in fresh:
                _bring_back(pane)
        for pane, part in zip(self._panes, order.parts, strict=True):
            if part is not None and not part.past:
                self._live[pane.index] = part.model, KeptPlane(part.step, pane.axes, pane.plane)
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        shown = sentence or self.tr("The map could not be brought up to date; see the details.")
        self._notifications.post("error", shown, details)


def _model(part: MapPart | None) -> PaneModel | None:
    return None if part is None else part.model


def _bring_back(pane: PaneState) -> None:
    """Move a cursor of a previous model that is outside this map to the middle of it."""
    bounds = None if pane.codes is None else bounds_of(pane.codes.points)
    if bounds is None:
        return
    left, bottom, right, top = bounds
    x, y = pane.cursor
    if not (left <= x <= right and bottom <= y <= top):
        pane.place_cursor((left + right) / 2, (bottom + top) / 2)


def is_small(parts: Sequence[MapPart | None]) -> bool:
    """Whether these maps are prepared so fast that the GUI thread can wait for them."""
    codes = [part.codes for part in parts if part is not None]
    return all(one.size <= _AT_ONCE_VALUES and one.shape[1] <= _AT_ONCE_LATENT for one in codes)
