"""Shutdown: asks if something would be lost, then closes what runs, in named stages, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from latent_explorer.core.exports import ExportsState
from latent_explorer.core.runs import RunController
from latent_explorer.core.training import TrainingState
from latent_explorer.sessions.controller import SessionController
from latent_explorer.sessions.recovery import RecoveryController


class ShutdownController(QObject):
    """Decides whether the window may close.

    `ask()`, about the run, and `ask_files(count)`, about files that are not written yet, return "save", "stop" or
    "keep". Signals: `consented` once, when nothing prevents it.
    """

    consented = Signal()

    def __init__(
        self,
        training: TrainingState,
        runs: RunController,
        sessions: SessionController,
        recovery: RecoveryController,
        exports: ExportsState,
        ask: Callable[[], str],
        ask_files: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._training = training
        self._runs = runs
        self._sessions = sessions
        self._recovery = recovery
        self._exports = exports
        self._ask = ask
        self._ask_files = ask_files
        self._asking = False
        self._leaving = False
        #: Whether the window is to close once files are written.
        self._waiting = False
        # Later: what hands out the news of a file is to be done with it before a question comes up.
        exports.pending_changed.connect(self._files_changed, Qt.ConnectionType.QueuedConnection)
        exports.failed.connect(self._file_failed)

    def request(self) -> None:
        """Handle a request to close the window."""
        if self._asking or self._leaving or not self._files_settled():
            return
        if self._training.run_state != "training" and not self._runs.unsaved:
            self._leave()
            return
        answer = self._answer(self._ask)
        if answer == "stop":
            self._leave()
        elif answer == "save":
            if self._training.run_state == "training":
                self._training.command_requested.emit("pause")
            self._sessions.save_then(lambda saved: self._leave() if saved else None)

    def _answer(self, ask: Callable[[], str]) -> str:
        self._asking = True
        answer = ask()
        self._asking = False
        return answer

    def _files_settled(self) -> bool:
        """Whether no file needs to be waited for. Asked first: a run goes on while files are written."""
        self._waiting = False
        files = len(self._exports.pending)
        answer = self._answer(lambda: self._ask_files(files)) if files else "stop"
        # They may have been written while the question was on the screen.
        self._waiting = answer == "save" and bool(self._exports.pending)
        return answer != "keep" and not self._waiting

    @Slot()
    def _files_changed(self) -> None:
        if self._waiting and not self._exports.pending:
            self.request()

    @Slot()
    def _file_failed(self) -> None:
        self._waiting = False  # the window stays open, so that the reason can be read

    def _leave(self) -> None:
        """Close once nothing is being saved; stay open if a save failed, so that the reason can be read."""
        self._leaving = True
        self._sessions.when_saved(self._consent)

    def _consent(self, saved: bool) -> None:
        self._leaving = False
        if not saved:
            return
        # Saved or given up: either way there is nothing to offer at the next start.
        self._recovery.forget()
        self.consented.emit()
