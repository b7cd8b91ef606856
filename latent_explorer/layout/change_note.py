"""A note on the last change in large type over the panes, for presentations."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.training import TrainingState
from latent_explorer.words.knob_words import knob_values

#: Duration of the note (ms).
_SHOWN_MS = 1_400


class ChangeNote(PlainLabel):
    """A note over the middle of `place` while enabled: "β 4", "Training…". Transparent to the mouse."""

    def __init__(self, training: TrainingState, place: QWidget) -> None:
        super().__init__(place)
        self._training = training
        self._place = place
        self._knobs, self._run = training.knobs, training.run_state
        self._awake = False
        self.setObjectName("change-note")
        self.setProperty("role", "large-note")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        training.knobs_changed.connect(self._knobs_changed)
        training.run_changed.connect(self._run_changed)
        place.installEventFilter(self)
        self.hide()

    def set_awake(self, awake: bool) -> None:
        """Enable or disable notes."""
        self._awake = awake
        if not awake:
            self._timer.stop()
            self.hide()

    @Slot()
    def _knobs_changed(self) -> None:
        former, self._knobs = self._knobs, self._training.knobs
        self._say(knob_values(former, self._knobs, self._training.acting_cards))

    @Slot()
    def _run_changed(self) -> None:
        former, self._run = self._run, self._training.run_state
        if former != self._run:
            words = {
                "training": self.tr("Training…"),
                "paused": self.tr("Paused"),
                "stopped": self.tr("Stopped"),
                "finished": self.tr("Finished"),
                "failed": self.tr("Training failed"),
                "loading": self.tr("Loading…"),
            }
            self._say(words.get(self._run, ""))

    def _say(self, text: str) -> None:
        if not self._awake or not text:
            return
        self.setText(text)
        self.show()
        self.raise_()
        self._put()
        self._timer.start()

    def _put(self) -> None:
        self.adjustSize()
        self.move((self._place.width() - self.width()) // 2, (self._place.height() - self.height()) // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the note in the middle."""
        if watched is self._place and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._put()
        return False
