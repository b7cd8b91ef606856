"""The heat maps over the visible planes: coarse first, refined at rest, cancelled by the next pan."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneState
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.holes.gauges import HoleGauges
from latent_explorer.tools.holes.heat_fields import HeatField, heat_field
from latent_explorer.tools.holes.heat_outline import outline
from latent_explorer.tools.holes.heat_schedule import MOST, HeatSchedule
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from trainer.latent.lattice import STRIDES, Lattice, LatticeValues

#: Approximate screen pixels between two points of the finest picture.
CELL = 4.0
#: Delay after a pan or zoom before computing (ms).
_REST = 30
#: Interval of pictures during training (ms), and their finest stride, as the next weights arrive soon.
_TRAINING = 1_500
_TRAINING_STRIDE = 4


class HeatController(QObject):
    """Updates the heat maps of all panes from weights, planes, views and the choice of measure."""

    def __init__(self, kit: ToolKit, gauges: HoleGauges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneHeat(kit, pane, gauges, self) for pane in kit.panes]


class _PaneHeat(QObject):
    """The heat map of one pane."""

    def __init__(self, kit: ToolKit, pane: PaneState, gauges: HoleGauges, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[HeatState], kit.tools.overlays
        self._work = _HeatWork(gauges, kit.new_replicas())
        self.follower = follower = Follower(
            kit.new_worker(f"heat-{pane.index}", background=True),
            self._question,
            self._work.pictures,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The heat map could not be computed; see the details."),
            seen=lambda: self._overlays.chosen("heat") != "none",
            pane=pane,
            pause=_TRAINING,
            view=_REST,
            at_once=True,
            whole=True,
        )
        follower.answered.connect(self._answered)
        follower.failed.connect(self._failed)
        follower.watch_map(pane, kit.explorer)
        pane.model_changed.connect(self._clear)
        kit.explorer.data_changed.connect(self._data_changed)
        self._overlays.changed.connect(self._overlay_changed)

    def _question(self) -> Question | None:
        look = self._kit.look(self._pane, "hidden", "view", "data")
        if look is None or look.view is None:
            return None
        return look, self._overlays.chosen("heat"), self.follower.training

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "heat":
            self._clear()  # the previous measure's picture would be wrong for the new one
            self.follower.renew()

    @Slot()
    def _data_changed(self) -> None:
        self._work.forget()
        self.follower.renew()

    @Slot()
    def _clear(self) -> None:
        self._state.set_picture(self._pane.index, None)

    @Slot(object)
    def _answered(self, picture: HeatPicture) -> None:
        self._state.set_picture(self._pane.index, picture)

    @Slot()
    def _failed(self) -> None:
        if self._overlays.chosen("heat") != "none":
            nothing = HeatPicture(kind=self._overlays.chosen("heat"), reason="failed", finished=True)
            self._state.set_picture(self._pane.index, nothing)


class _HeatWork:
    """The work of one pane's thread; caches the last measure and its values for the next view."""

    def __init__(self, gauges: HoleGauges, replicas: ReplicaCache) -> None:
        self._gauges, self._replicas = gauges, replicas
        self._last: tuple[Look, str, bool, HeatField, LatticeValues] | None = None
        #: Cost of a point of the last measure.
        self._pace = AdaptiveChunks(MOST)

    def forget(self) -> None:
        """Release the last look and its data."""
        self._last = None

    def pictures(self, look: Look, kind: str, quick: bool) -> Iterator[object]:
        """`HeatPicture`s: the measure `kind` over the view, increasingly fine; `quick`: during training."""
        assert look.view is not None
        field, former = self._known(look, kind, quick)
        if field is None:
            field = yield from heat_field(look, kind, quick, self._gauges, self._replicas)
            self._pace = AdaptiveChunks(MOST)
        if field.reason:
            yield HeatPicture(kind=kind, reason=field.reason, finished=True, number=look.number)
            return
        values = LatticeValues(Lattice.over(*look.view.rect, CELL / look.view.scale), former)
        self._last = (look, kind, quick, field, values)
        finest = _TRAINING_STRIDE if quick else 1
        pace = HeatSchedule(self._pace)
        for stride in STRIDES:
            yield from values.refined(stride, pace.timed(field.evaluate), pace.batch)
            finished = stride <= finest
            if finished or not pace.soon(values.missing(stride // 2)):
                level = values.level(stride)
                yield HeatPicture(
                    kind=kind,
                    values=level,
                    rect=values.lattice.rect(stride),
                    low=field.low,
                    high=field.high,
                    held_back=field.held_back,
                    fails=field.fails,
                    outline=outline(level, values.lattice.rect(stride), field.fails, field.held_back),
                    powers=field.powers,
                    finished=finished,
                    number=look.number,
                )
                pace.handed_out()
            if finished:
                return

    def _known(self, look: Look, kind: str, quick: bool) -> tuple[HeatField | None, LatticeValues | None]:
        """The last measure and its values if they match the request, for any view."""
        last = self._last  # the other thread may release it
        if last is None:
            return None, None
        of, of_kind, was_quick, field, values = last
        # Values of a quick measurement during training are measured better at rest.
        fits = kind == of_kind and was_quick <= quick and look.same(of, ("hidden", "data"))
        return (field, values) if fits else (None, None)
