"""What both models are: latent size, network, likelihood."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.training import TrainingState
from latent_explorer.training.field_rows import CHOICE_WIDTH, FieldRows
from latent_explorer.training.network_field import NetworkField
from trainer.config import MAX_LATENT


class ModelFields(FieldRows):
    """Settings of the draft that all models of the next run share."""

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.latent = NumberField(self, least=1, most=MAX_LATENT, whole=True, step=1)
        self.network = NetworkField(self)
        self.likelihood = Combo(self._likelihoods(), self)
        self.variance = NumberField(self, least=0, most=100, open_below=True, factor=10 ** (1 / 10))
        self.add(self.tr("Latent size"), self.latent, "latent-size")
        self.latent.set_help(self.tr("Latent dimensions of both models, 1 to 512."))
        tip = self.tr("Encoder layers; the decoder mirrors them.")
        self.add(self.tr("Network"), self.network, "network", tip, CHOICE_WIDTH)
        tip = self.tr("p(x|z): what the reconstruction loss measures.")
        self.add(self.tr("Likelihood"), self.likelihood, "likelihood", tip, CHOICE_WIDTH)
        self.add(self.tr("Variance σ²"), self.variance, "variance")
        self.variance.set_help(self.tr("σ² of the Gaussian likelihood, pixels in [0, 1]."))
        self.latent.committed.connect(lambda latent: self._change(latent=int(latent)))
        self.network.chosen.connect(lambda network, widths: self._change(network=network, widths=tuple(widths)))
        self.likelihood.activated.connect(lambda index: self._change(likelihood=self.likelihood.itemData(index)))
        self.variance.committed.connect(lambda variance: self._change(variance=variance))
        training.draft_changed.connect(self._show)
        self._show()

    def _likelihoods(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (self.tr("Bernoulli"), "bernoulli", self.tr("Pixels as probabilities; cross-entropy in nats.")),
            (self.tr("Gaussian, σ² fixed"), "gaussian", self.tr("Squared error over 2σ², with the σ² below.")),
            (self.tr("Gaussian, σ² fitted"), "gaussian-learned", self.tr("One σ² for all pixels, learned.")),
            (self.tr("Gaussian, σ²(z)"), "gaussian-pixel", self.tr("The decoder gives a σ² for every pixel.")),
        )

    def _change(self, **changes: Any) -> None:
        models = tuple(model.replace(**changes) for model in self._training.draft_models)
        self._training.set_draft(models=models)

    @Slot()
    def _show(self) -> None:
        model = self._training.draft_models[0]
        self.latent.set_number(model.latent)
        self.network.show_config(model)
        self.likelihood.choose(model.likelihood)
        self.variance.set_number(model.variance)
        self.set_row_visible(self.variance, model.likelihood == "gaussian")
