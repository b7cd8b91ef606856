"""Train or pause, step, stop, new run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.core.training import TrainingState


class RunButtons(QWidget):
    """The commands to the trainer; unavailable ones are disabled."""

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run-buttons")
        self._training = training
        self.train = LabelledButton("play", self.tr("Train"), self, role="primary")
        self.train.setObjectName("train-button")
        self.step = LabelledButton("step", self.tr("Step"), self)
        self.step.setObjectName("step-button")
        self.step.setToolTip(self.tr("One optimisation step"))
        self.stop = LabelledButton("stop", self.tr("Stop"), self)
        self.stop.setObjectName("stop-button")
        self.stop.setToolTip(self.tr("Stop the run"))
        self.new_run = IconButton("restart", self.tr("New run from the settings in the training panel"), self)
        self.new_run.setObjectName("new-run-button")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.train, self.step, self.stop, self.new_run):
            row.addWidget(button)
        self._keep_width()
        self.train.clicked.connect(self._toggle)
        self.step.clicked.connect(lambda: training.command_requested.emit("step"))
        self.stop.clicked.connect(lambda: training.command_requested.emit("stop"))
        self.new_run.clicked.connect(lambda: training.command_requested.emit("reset"))
        training.run_changed.connect(self._show)
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Show Step and Stop without text, which stays in their tool tips and accessible names."""
        for button, text in ((self.step, self.tr("Step")), (self.stop, self.tr("Stop"))):
            button.setText("" if compact else text)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self.updateGeometry()

    def _words(self) -> dict[str, tuple[str, str, str]]:
        """Run state -> icon, label, tool tip of the first button."""
        train = ("play", self.tr("Train"), self.tr("Train all models"))
        return {
            "training": ("pause", self.tr("Pause"), self.tr("Pause training")),
            "paused": ("play", self.tr("Resume"), self.tr("Go on training")),
            "loading": ("play", self.tr("Loading…"), self.tr("The run is being made ready")),
            "stopped": ("play", self.tr("Train"), self.tr("Go on training")),
            "finished": (
                "play",
                self.tr("Resume"),
                self.tr("The run has reached its last epoch; go on beyond it"),
            ),
        } | dict.fromkeys(("none", "ready", "failed"), train)

    def _keep_width(self) -> None:
        """Make the button wide enough for every label, so that the row does not move."""
        widest = 0
        self.train.ensurePolished()
        for _, label, _ in self._words().values():
            self.train.setText(label)
            widest = max(widest, self.train.sizeHint().width())
        self.train.setMinimumWidth(widest)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "new_run"):
            self._keep_width()

    def showEvent(self, event: QShowEvent) -> None:
        # Only now the style sheet's padding is known.
        super().showEvent(event)
        self._keep_width()

    @Slot()
    def _toggle(self) -> None:
        self._training.command_requested.emit("pause" if self._training.run_state == "training" else "train")

    @Slot()
    def _show(self) -> None:
        run = self._training.run_state
        picture, label, tip = self._words()[run]
        self.train.set_icon(picture)
        self.train.setText(label)
        self.train.setToolTip(tip)
        self.train.setAccessibleName(label)
        self.train.setEnabled(run != "loading")
        self.step.setEnabled(run not in ("loading", "training"))
        self.stop.setEnabled(run in ("training", "paused"))
        self.new_run.setEnabled(run not in ("loading", "none"))
