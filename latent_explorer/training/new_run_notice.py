"""The notice that Train would not use the present settings. It discards nothing."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.training import LastTime, TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.words.trainer_names import shown_name


class NewRunNotice(QFrame):
    """Shown while the draft differs from a run with steps, and while shown models belong to no run.

    A run without steps follows the draft automatically. The button requests "reset"; the receiver asks before
    unsaved steps are lost. The last setup is offered until a run is started.
    """

    def __init__(self, explorer: ExplorerState, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new-run-notice")
        self.setProperty("role", "notice")
        self._explorer = explorer
        self._training = training
        self.sentence = PlainLabel(self)
        refer(self.sentence, "step", "beta")
        self.sentence.setObjectName("new-run-sentence")
        self.sentence.setProperty("role", "caption")
        self.sentence.setWordWrap(True)
        self.apply = self._button(self.tr("Apply: new run"), "apply-new-run")
        self.undo = self._button(self.tr("Back to this run's settings"), "undo-draft")
        self.last = self._button(self.tr("Use the settings of last time"), "last-settings")
        for quiet in (self.undo, self.last):
            quiet.setToolTip(quiet.text())
            quiet.setProperty("role", "quiet")
        self._low = False
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(6)
        for button in (self.apply, self.undo, self.last):
            self._buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.sentence)
        column.addLayout(self._buttons)
        self.apply.clicked.connect(lambda: training.command_requested.emit("reset"))
        self.undo.clicked.connect(self._undo)
        self.last.clicked.connect(self._use_last)
        for signal in (
            training.draft_changed,
            training.run_config_changed,
            training.last_time_changed,
            training.run_changed,
            training.device_changed,
            training.progress_changed,
            explorer.available_changed,
            explorer.data_changed,
        ):
            signal.connect(self._show)
        self._show()

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def set_low(self, low: bool) -> None:
        """Set whether the panel is low: then the buttons share a line, and tool tips have the full text."""
        if low == self._low:
            return
        self._low = low
        direction = QBoxLayout.Direction
        self._buttons.setDirection(direction.LeftToRight if low else direction.TopToBottom)
        self.undo.setText(self.tr("Back") if low else self.undo.accessibleName())
        self._show()

    @Slot()
    def _show(self) -> None:
        training = self._training
        differs = training.step > 0 and training.draft_differs
        looked_at = training.run_config is None and training.on_show is not None
        last = training.last_time
        offered = (
            looked_at
            and last is not None
            and last != LastTime(training.draft_models, training.draft_train, training.own)
        )
        self.setVisible(differs or looked_at)
        self.apply.setVisible(differs)
        self.undo.setVisible(differs)
        self.last.setVisible(offered)
        self.apply.setEnabled(training.run_state != "loading")
        # A low panel keeps its room for the settings, but always shows what Train does.
        self.sentence.setHidden(self._low and differs)
        if differs:
            text = self.tr("These changes need a new run. The present one, at step {step}, goes on without them.")
            self.sentence.setText(text.format(step=f"{training.step:,}"))
            self.apply.setToolTip(self.sentence.text())
        elif looked_at:
            remark = last.remark if offered and last is not None else ""
            self.sentence.setText(f"{self._beginning()} {remark}".strip())

    def _beginning(self) -> str:
        """The text on what Train does while shown models belong to no run."""
        explorer, training = self._explorer, self._training
        assert training.on_show is not None
        shown, wanted = training.on_show.data, training.draft_data
        at_hand = any(info.name == shown.name and info.present for info in explorer.available)
        if shown.name == wanted.name or at_hand or not explorer.available:
            return self.tr(
                "Train begins with new, untrained models of these settings; those on show are not trained on."
            )
        title = next((info.title for info in explorer.available if info.name == wanted.name), wanted.name)
        text = self.tr(
            "Train begins with new, untrained models of these settings, on {data}: the images of those on show "
            "are not at hand."
        )
        return text.format(data=shown_name(title))

    @Slot()
    def _undo(self) -> None:
        running = self._training.run_config
        if running is not None:
            self._training.set_draft(data=running.data, models=running.models, train=running.train)
            self._training.set_device_wish(running.train.device)

    @Slot()
    def _use_last(self) -> None:
        last = self._training.last_time
        if last is not None:
            self._training.set_draft(models=last.models, train=last.train, own=last.own)
