"""The fields of the live knobs except β, which is in the toolbar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.number_text import format_number
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.training.field_rows import FieldRows
from trainer.knobs import MAX_LEARNING_RATE, MAX_NOISE


class KnobFields(FieldRows):
    """Learning rate and input noise; they take effect at the next step."""

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.rate = NumberField(self, least=0, most=MAX_LEARNING_RATE, open_below=True, factor=10 ** (1 / 10))
        self.noise = NumberField(self, least=0, most=MAX_NOISE, step=0.01)
        self.add(self.tr("Learning rate"), self.rate, "learning-rate", term="learning_rate")
        self.acting = PlainLabel(self)
        self.acting.setObjectName("acting-rate")
        self.acting.setProperty("role", "caption")
        refer(self.acting, "learning_rate")
        self.acting.setWordWrap(True)
        self.add_wide(self.acting)
        self.add(self.tr("Noise"), self.noise, "noise", term="noise")
        self.rate.set_help(self.tr("Size of a step of the optimiser Adam. Acts on the next step."))
        self.noise.set_help(
            self.tr("Standard deviation of noise on the encoder's input, pixels in [0, 1]. Acts on the next step.")
        )
        self.rate.committed.connect(partial(training.turn, "learning_rate"))
        self.noise.committed.connect(partial(training.turn, "noise"))
        training.knobs_changed.connect(self._show)
        training.progress_changed.connect(self._show_acting)
        training.run_config_changed.connect(self._show_acting)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.rate.set_number(self._training.knobs.learning_rate)
        self.noise.set_number(self._training.knobs.noise)
        self._show_acting()

    @Slot()
    def _show_acting(self) -> None:
        """The last epochs of a run may have a learning rate of their own."""
        rate, acting = self._training.knobs.learning_rate, self._training.acting_knobs.learning_rate
        self.acting.setVisible(acting != rate)
        if acting != rate:
            text = self.tr("Acting now: {rate}. The run's last epochs go slower than what is set.")
            self.acting.setText(text.format(rate=format_number(acting, 3)))
