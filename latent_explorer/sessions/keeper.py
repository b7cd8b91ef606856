"""Sends the window's state to the trainer, so that an automatic save contains the complete session."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.runs import RunController
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.sessions.views import SessionViews
from trainer.config import RunConfig
from trainer.service.messages import KeepSession

#: Minimum interval; a crash loses at most this much of the cursors' moves.
_EVERY_MS = 2_000


class SessionKeeper(QObject):
    """Sends the window's part of the session some time after a change, while there is a run."""

    def __init__(
        self,
        client: TrainerClient,
        explorer: ExplorerState,
        panes: tuple[PaneState, ...],
        runs: RunController,
        views: SessionViews,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._runs = runs
        self._views = views
        #: The last text sent, and its run: a new run needs it again even if unchanged.
        self._sent: tuple[RunConfig | None, str] = (None, "")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_EVERY_MS)
        self._soon.timeout.connect(self._send)
        shared = (
            explorer.link_changed,
            explorer.colour_changed,
            explorer.picked_changed,
            explorer.leader_changed,
        )
        own = [
            signal
            for pane in panes
            for signal in (pane.cursor_changed, pane.plane_changed, pane.codes_changed, pane.view_moved)
        ]
        tools = [signal for aspect in views.saved for signal in aspect.changed]
        for signal in (*shared, *own, *tools):
            signal.connect(lambda *_: self._changed())

    def _changed(self) -> None:
        if self._runs.config is not None and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _send(self) -> None:
        run = self._runs.config
        if run is None:
            return
        text = json.dumps(self._views.session().to_json())
        sent_for, sent = self._sent
        if run is not sent_for or text != sent:
            self._sent = run, text
            self._client.tell(KeepSession(text))
