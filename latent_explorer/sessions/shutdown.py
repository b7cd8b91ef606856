"""Shutdown: asks if something would be lost, then closes everything once, in named stages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.runs import RunController
from latent_explorer.core.training import TrainingState
from latent_explorer.sessions.controller import SessionController
from latent_explorer.sessions.recovery import RecoveryController


class ShutdownController(QObject):
    """Decides whether the window may close.

    `ask()` returns "save", "stop" or "keep". Signals: `consented` once, when nothing prevents it.
    """

    consented = Signal()

    def __init__(
        self,
        training: TrainingState,
        runs: RunController,
        sessions: SessionController,
        recovery: RecoveryController,
        ask: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._training = training
        self._runs = runs
        self._sessions = sessions
        self._recovery = recovery
        self._ask = ask
        self._asking = False
        self._leaving = False

    def request(self) -> None:
        """Handle a request to close the window."""
        if self._asking or self._leaving:
            return
        if self._training.run_state != "training" and not self._runs.unsaved:
            self._leave()
            return
        self._asking = True
        answer = self._ask()
        self._asking = False
        if answer == "stop":
            self._leave()
        elif answer == "save":
            if self._training.run_state == "training":
                self._training.command_requested.emit("pause")
            self._sessions.save_then(lambda saved: self._leave() if saved else None)

    def _leave(self) -> None:
        """Close when no save is under way; stay open if a save failed, so that the user can read the reason."""
        self._leaving = True
        self._sessions.when_saved(self._consent)

    def _consent(self, saved: bool) -> None:
        self._leaving = False
        if not saved:
            return
        # Saved or discarded: nothing to offer at the next start.
        self._recovery.forget()
        self.consented.emit()
