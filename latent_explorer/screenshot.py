"""`--screenshot FILE`: saves the window as a PNG after its first decode, then ends the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.core.notifications import Notification, Notifications
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.picture_file import save_picture
from trainer.standard_streams import say

#: Time in ms for points and curves that are drawn progressively to be complete.
_SETTLE_MS = 700
_GIVE_UP_MS = 60_000


class Screenshot(QObject):
    """Waits until every pane with a model shows a picture, then saves the window.

    Signals:
        finished(int): the exit code.
    """

    finished = Signal(int)

    def __init__(self, window: QWidget, panes: tuple[PaneState, ...], training: TrainingState, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._training = training
        self._file = file
        self._waits_for_run = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._write)
        for pane in panes:
            pane.picture_changed.connect(self._look)
        training.run_changed.connect(self._look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._give_up)
        self._patience.start(_GIVE_UP_MS)
        QTimer.singleShot(0, self._look)

    def wait_for_run(self, notifications: Notifications) -> None:
        """Wait also for an opened run; an error in `notifications` ends the wait."""
        self._waits_for_run = True
        notifications.shown.connect(self._noticed)

    @Slot(object)
    def _noticed(self, notification: Notification) -> None:
        if notification.level == "error":
            self._patience.stop()
            self._settle.stop()
            say(f"latent-explorer: {notification.sentence}")
            self.finished.emit(2)

    @Slot()
    def _look(self) -> None:
        # A run that cannot be trained further has no run state, but a reason.
        ready = self._training.run_state in ("ready", "paused") or bool(self._training.reason)
        if self._waits_for_run and not ready:
            return
        if all(pane.picture is not None for pane in self._panes if pane.model is not None):
            self._settle.start()

    @Slot()
    def _write(self) -> None:
        self._patience.stop()
        if not save_picture(self._window.grab().toImage(), str(self._file)):
            self.finished.emit(0)
        else:
            say(f"latent-explorer: {self._file} could not be written; choose another place for the picture.")
            self.finished.emit(1)

    @Slot()
    def _give_up(self) -> None:
        say("latent-explorer: no picture was decoded within a minute.")
        self.finished.emit(1)
