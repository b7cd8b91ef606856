"""Measures the losses of all images while they are shown, and marks outdated ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.losses import loss_key
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.losses.work import LossesWork, PaneMeasured

#: During training: minimum ms between two measurements, and as a multiple of the last one's time.
_WHILE_TRAINING, _SHARE = 1_500, 4


class LossesController(QObject):
    """Follows weights and requested losses."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.explorer.losses
        worker = kit.new_worker("losses", True)
        self.measures = Follower(
            worker,
            self._what,
            LossesWork(kit.new_replicas()).measure,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The losses of the images could not be measured; see the details."),
            seen=lambda: bool(state.wanted),
            pause=_WHILE_TRAINING,
            share=_SHARE,
            at_once=True,
            whole=True,
        )
        kit.local_job(lambda: self.tr("Measuring the losses of all images"), worker)
        self.measures.watch(*kit.panes)
        self.measures.answered.connect(self._answered)
        worker.busy_changed.connect(self._look)
        state.wanted_changed.connect(self.measures.look_again)
        kit.explorer.data_left.connect(self._forget)
        kit.explorer.data_changed.connect(self._data_changed)
        for pane in kit.panes:
            pane.model_changed.connect(lambda pane=pane: self._model_changed(pane.index))
            pane.codes_changed.connect(self._look)
        self._offer()

    def _what(self) -> Question | None:
        looks = self._kit.looks("data")
        looks = tuple(look for look in looks if look.index in self._state.wanted and look.images is not None)
        return (looks,) if looks else None

    @Slot(object)
    def _answered(self, found: PaneMeasured) -> None:
        data = self._kit.explorer.data
        pane = self._kit.panes[found.pane]
        if pane.model == found.look.model and data is not None and data is found.look.data:
            self._state.set_measured(found.pane, found.losses)
            self._look()

    @Slot()
    def _look(self) -> None:
        """Compare the measured losses with the present weights."""
        stale = set()
        for pane in self._kit.panes:
            losses = self._state.of(pane.index)
            snapshot = None if pane.codes is None else pane.codes.snapshot
            if losses is not None and snapshot is not None and losses.number != snapshot.number:
                stale.add(pane.index)
        self._state.set_state(frozenset(stale), self.measures.busy)

    def _model_changed(self, index: int) -> None:
        self._state.set_measured(index, None)
        self._offer()

    @Slot()
    def _forget(self) -> None:
        for pane in self._kit.panes:
            self._state.set_measured(pane.index, None)

    @Slot()
    def _data_changed(self) -> None:
        self._offer()
        self.measures.change()

    @Slot()
    def _offer(self) -> None:
        """Set the losses that can be measured: those of the models in the panes, if images are available."""
        data, offered = self._kit.explorer.data, []
        for pane in self._kit.panes if data is not None and data.images is not None else ():
            if pane.model is None:
                continue
            offered.append(loss_key("reconstruction", pane.index))
            if pane.model.traits.has_posterior and pane.model.traits.has_prior:
                offered.append(loss_key("kl", pane.index))
        self._state.set_offered(tuple(offered))
