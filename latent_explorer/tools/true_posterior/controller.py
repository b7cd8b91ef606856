"""Keeps the true posterior of the picked image up to date while its panel is visible."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.true_posterior.state import TruePosterior, TruePosteriorState
from latent_explorer.tools.true_posterior.work import TruePosteriorWork

#: Interval of answers during training (ms), and as a multiple of one's time, whichever is longer.
_TRAINING, _SHARE = 1_500, 8


class TruePosteriorController(QObject):
    """Has one thread per pane."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = [_PanePosterior(kit, pane, self) for pane in kit.panes]


class _PanePosterior(QObject):
    """The true posterior of one pane."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state = state = kit.tools[TruePosteriorState]
        self._overlays = kit.tools.overlays
        self.follower = follower = Follower(
            kit.new_worker(f"true-posterior-{pane.index}", background=True),
            self._question,
            TruePosteriorWork(kit.new_replicas()).find,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The true posterior could not be computed; see the details."),
            seen=lambda: state.shown or self._overlays.on("truth"),
            pause=_TRAINING,
            share=_SHARE,
            at_once=True,
            whole=True,
        )
        follower.watch(pane)
        follower.answered.connect(self._answered)
        pane.model_changed.connect(self._clear)
        state.shown_changed.connect(follower.look_again)
        self._overlays.changed.connect(self._overlay_changed)
        kit.explorer.picked_changed.connect(follower.renew)
        kit.explorer.data_changed.connect(self._data_changed)
        kit.training.run_changed.connect(follower.weights)

    def _question(self) -> Question | None:
        look = self._kit.look(self._pane, "picked", "data")
        if look is None or look.picked is None:
            return None
        return look, self.follower.training

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "truth":
            self.follower.look_again()

    @Slot()
    def _data_changed(self) -> None:
        self._clear()
        self.follower.renew()

    @Slot()
    def _clear(self) -> None:
        self._state.set_found(self._pane.index, None)

    @Slot(object)
    def _answered(self, found: TruePosterior) -> None:
        if found.row == self._kit.explorer.picked:
            self._state.set_found(self._pane.index, found)
