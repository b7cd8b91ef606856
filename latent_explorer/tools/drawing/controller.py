"""Keeps the drawing up to date with weights, picked image, cursor and settings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.drawing.row import row_drawn
from latent_explorer.tools.drawing.state import DrawingState, Drawn
from latent_explorer.tools.drawing.work import DrawingWork

#: Minimum pause between requests during training (ms), and as a multiple of the last answer's time.
_WHILE_TRAINING, _SHARE = 200, 4


class DrawingController(QObject):
    """Sends requests to the worker while the drawing is visible."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[DrawingState]
        self.follower = follower = Follower(
            kit.new_worker("drawing", True),
            self._question,
            DrawingWork(kit.new_replicas()).make,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The drawing of the model could not be made; see the details."),
            seen=lambda: state.shown,
            pause=_WHILE_TRAINING,
            share=_SHARE,
            whole=True,
        )
        follower.watch(*kit.panes)
        follower.answered.connect(self._answered)
        state.settings_changed.connect(follower.change)
        state.shown_changed.connect(follower.look_again)
        kit.explorer.picked_changed.connect(follower.change)
        kit.explorer.data_changed.connect(follower.renew)
        kit.explorer.leader_changed.connect(follower.move)
        for pane in kit.panes:
            pane.model_changed.connect(self._model_changed)
            pane.picture_changed.connect(self._cursor_moved)
            pane.nearest_changed.connect(self._nearest_changed)

    @Slot()
    def _cursor_moved(self) -> None:
        settings = self._state.settings
        if settings.source == "cursor" and not settings.draws:
            self.follower.move()

    @Slot()
    def _nearest_changed(self) -> None:
        if self._kit.explorer.picked is None:
            self.follower.move()

    @Slot()
    def _model_changed(self) -> None:
        gone = {pane.index: None for pane in self._kit.panes if pane.model is None or pane.codes is None}
        self._state.set_drawn(dict(gone))

    def _question(self) -> Question | None:
        settings = self._state.settings
        from_cursor = settings.source == "cursor" and not settings.draws
        looks = self._kit.looks("data", *(("code",) if from_cursor else ()))
        looks = tuple(look for look in looks if look.snapshot is not None)
        row = None if from_cursor else row_drawn(self._kit.explorer, self._kit.panes)
        return (looks, row, settings) if looks else None

    @Slot(object)
    def _answered(self, drawn: Mapping[int, Drawn]) -> None:
        current = {}
        for index, one in drawn.items():
            codes = self._kit.panes[index].codes
            made = one.flow or one.draws
            if codes is not None and (made is None or made.snapshot is codes.snapshot):
                current[index] = one
        self._state.set_drawn(dict(current))
