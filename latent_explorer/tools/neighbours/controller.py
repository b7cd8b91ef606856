"""Finds the neighbours of the picked image while their panel is visible."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.neighbours.state import Found, NeighboursState
from latent_explorer.tools.neighbours.work import NeighbourWork

#: Between two searches while training (ms).
_WHILE_TRAINING = 600


class NeighboursController(QObject):
    """Updates the neighbours when picked image, weights, data or number change."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[NeighboursState]
        self.follower = follower = Follower(
            kit.new_worker("neighbours"),
            self._question,
            NeighbourWork().find,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The neighbours could not be looked for; see the details."),
            seen=lambda: state.shown,
            pause=_WHILE_TRAINING,
        )
        follower.watch(*kit.panes)
        follower.answered.connect(self._answered)
        state.shown_changed.connect(follower.look_again)
        state.count_changed.connect(follower.change)
        kit.explorer.picked_changed.connect(self._picked)
        kit.explorer.data_changed.connect(follower.renew)
        kit.training.run_changed.connect(follower.weights)

    def _question(self) -> Question | None:
        if self._kit.explorer.picked is None:
            return None
        looks = self._kit.looks("picked", "data")
        panes = tuple(pane.index for pane in self._kit.panes)
        return (looks, panes, self._state.count) if looks else None

    @Slot()
    def _picked(self) -> None:
        if self._kit.explorer.picked is None:
            self._state.forget()
        self.follower.change()

    @Slot(object)
    def _answered(self, found: Found) -> None:
        if found.of == self._kit.explorer.picked:
            self._state.set_found(found)
