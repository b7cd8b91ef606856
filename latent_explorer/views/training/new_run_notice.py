"""Says when the settings shown are not those of the run, and offers a new one. Nothing is thrown away here."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from latent_explorer.state.training import TrainingState


class NewRunNotice(QFrame):
    """Shown while the draft differs from a run that has steps (one without steps follows the draft by itself).

    The button asks for "reset"; whoever answers asks before steps that are not saved are lost.
    """

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new-run-notice")
        self.setProperty("role", "notice")
        self._training = training
        self.sentence = QLabel(self)
        self.sentence.setObjectName("new-run-sentence")
        self.sentence.setProperty("role", "caption")
        self.sentence.setWordWrap(True)
        self.apply = QPushButton(self.tr("Apply: new run"), self)
        self.apply.setObjectName("apply-new-run")
        self.apply.setAccessibleName(self.apply.text())
        self.undo = QPushButton(self.tr("Back to this run's settings"), self)
        self.undo.setObjectName("undo-draft")
        self.undo.setAccessibleName(self.undo.text())
        self.undo.setToolTip(self.undo.text())
        self.undo.setProperty("role", "quiet")
        self._low = False
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(6)
        self._buttons.addWidget(self.apply)
        self._buttons.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.sentence)
        column.addLayout(self._buttons)
        self.apply.clicked.connect(lambda: training.command_requested.emit("reset"))
        self.undo.clicked.connect(self._undo)
        for signal in (
            training.draft_changed,
            training.running_changed,
            training.run_changed,
            training.device_changed,
            training.progress_changed,
        ):
            signal.connect(self._show)
        self._show()

    def set_low(self, low: bool) -> None:
        """Whether the panel is low: then the buttons share a line, and their tool tips say the rest."""
        if low == self._low:
            return
        self._low = low
        direction = QBoxLayout.Direction
        self._buttons.setDirection(direction.LeftToRight if low else direction.TopToBottom)
        self.undo.setText(self.tr("Back") if low else self.undo.accessibleName())
        self.sentence.setHidden(low)

    @Slot()
    def _show(self) -> None:
        training = self._training
        differs = training.step > 0 and training.draft_differs
        self.setVisible(differs)
        self.apply.setEnabled(training.run != "loading")
        if differs:
            text = self.tr("These changes need a new run. The present one, at step {step}, goes on without them.")
            self.sentence.setText(text.format(step=f"{training.step:,}"))
            self.apply.setToolTip(self.sentence.text())

    @Slot()
    def _undo(self) -> None:
        running = self._training.running
        if running is not None:
            self._training.set_draft(data=running.data, models=running.models, train=running.train)
            self._training.set_device_wish(running.train.device)
