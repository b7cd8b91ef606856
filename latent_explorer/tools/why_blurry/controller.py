"""Keeps the averages up to date with cursors and weights while their panel is visible."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.why_blurry.state import WhyBlurryState
from latent_explorer.tools.why_blurry.work import averages

#: Interval of averages under a moving cursor, and during training (ms), and as a multiple of one's time.
_MOVING, _TRAINING, _SHARE = 45, 600, 4


class WhyBlurryController(QObject):
    """Has one thread per pane."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = [_PaneAverage(kit, pane, self) for pane in kit.panes]


class _PaneAverage(QObject):
    """The average of one pane."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state = state = kit.tools[WhyBlurryState]
        self.follower = follower = Follower(
            kit.new_worker(f"why-blurry-{pane.index}", background=True),
            self._question,
            averages,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The average of the data could not be made; see the details."),
            seen=lambda: state.shown,
            pause=_TRAINING,
            share=_SHARE,
            moving=_MOVING,
        )
        follower.watch(pane)
        follower.answered.connect(lambda averaged: state.set_averaged(pane.index, averaged))
        pane.model_changed.connect(self._clear)
        pane.picture_changed.connect(follower.move)
        state.shown_changed.connect(follower.look_again)
        kit.explorer.data_changed.connect(self._data_changed)
        kit.training.run_changed.connect(follower.weights)

    def _question(self) -> Question | None:
        if self._pane.picture is None:
            return None
        look = self._kit.look(self._pane, "code", "picture", "data")
        return None if look is None else (look,)

    @Slot()
    def _data_changed(self) -> None:
        self._clear()
        self.follower.renew()

    @Slot()
    def _clear(self) -> None:
        self._state.set_averaged(self._pane.index, None)
