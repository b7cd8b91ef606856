"""The Train menu: the toolbar's commands by name and shortcut, enabled as the run allows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.beta_stops import next_stop
from latent_explorer.core.training import TrainingState


class TrainMenu(QMenu):
    """Train or pause, single step, stop, β from stop to stop and back to 1."""

    def __init__(self, training: TrainingState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Train"))
        self.setObjectName("train-menu")
        self._training = training
        self.train = self._add("train", self.tr("&Train"), "Ctrl+T", self._toggle)
        self.step = self._add("step", self.tr("&Single step"), "Ctrl+.", lambda: self._command("step"))
        self.stop = self._add("stop", self.tr("St&op"), "Ctrl+Shift+T", lambda: self._command("stop"))
        self.addSeparator()
        self.beta_up = self._add("beta-up", self.tr("β &up"), "Ctrl+PgUp", lambda: self._go_beta(1))
        self.beta_down = self._add("beta-down", self.tr("β do&wn"), "Ctrl+PgDown", lambda: self._go_beta(-1))
        # Additional keys if the keyboard has them; text fields have priority.
        for action, key in ((self.beta_up, "]"), (self.beta_down, "[")):
            action.setShortcuts([*action.shortcuts(), QKeySequence(key)])
        self.beta = self._add("reset-beta", self.tr("&β back to 1"), "Ctrl+B", lambda: training.turn("beta", 1.0))
        training.run_changed.connect(self._refresh)
        self._refresh()

    def _add(self, name: str, text: str, shortcut: str, slot: object) -> QAction:
        action = self.addAction(text)
        action.setObjectName(f"menu-{name}")
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(slot)
        return action

    def _command(self, command: str) -> None:
        self._training.command_requested.emit(command)

    def _go_beta(self, direction: int) -> None:
        self._training.turn("beta", next_stop(self._training.knobs.beta, direction))

    @Slot()
    def _toggle(self) -> None:
        self._command("pause" if self._training.run_state == "training" else "train")

    @Slot()
    def _refresh(self) -> None:
        run = self._training.run_state
        self.train.setText(self.tr("&Pause") if run == "training" else self.tr("&Train"))
        self.train.setEnabled(run != "loading")
        self.step.setEnabled(run not in ("loading", "training"))
        self.stop.setEnabled(run in ("training", "paused"))
