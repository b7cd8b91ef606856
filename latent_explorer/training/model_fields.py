"""The settings of the next run's models: of all, or of one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.training import TrainingState
from latent_explorer.training.card_fields import CardFields
from latent_explorer.training.draft_choice import DraftChoice
from latent_explorer.training.field_rows import CHOICE_WIDTH, FieldRows
from latent_explorer.training.network_field import NetworkField
from latent_explorer.words.trainer_names import shown_name
from trainer.config import MAX_LATENT


class ModelFields(FieldRows):
    """Settings of the drafted models: family, options and knobs of one; network and likelihood of one or all."""

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.choice = DraftChoice(training, self)
        self.family = Combo((), self)
        self.latent = NumberField(self, least=1, most=MAX_LATENT, whole=True, step=1)
        self.network = NetworkField(self)
        self.likelihood = Combo(self._likelihoods(), self)
        self.variance = NumberField(self, least=0, most=100, open_below=True, factor=10 ** (1 / 10))
        self.card = CardFields(training, self)
        self._build()
        self.family.activated.connect(lambda index: self._choose_family(self.family.itemData(index)))
        self.latent.committed.connect(lambda latent: self._change(latent=int(latent)))
        self.network.chosen.connect(lambda network, widths: self._change(network=network, widths=tuple(widths)))
        self.likelihood.activated.connect(lambda index: self._change(likelihood=self.likelihood.itemData(index)))
        self.variance.committed.connect(lambda variance: self._change(variance=variance))
        self.choice.chosen.connect(self._show)
        self.choice.chosen.connect(self.drop_refused)
        self.choice.chosen.connect(self.card.drop_refused)
        training.draft_changed.connect(self._show)
        training.cards_changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        self.add_wide(self.choice)
        # Without a label: titles of families need the full row.
        self.family.setObjectName("family")
        self.family.setAccessibleName(self.tr("Family"))
        self.family.setToolTip(self.tr("What kind of model it is."))
        self.add_wide(self.family)
        self.add(self.tr("Latent size"), self.latent, "latent-size", term="latent_size")
        self.latent.set_help(self.tr("Latent dimensions, 1 to 512."))
        tip = self.tr("Encoder layers; the decoder mirrors them.")
        self.add(self.tr("Network"), self.network, "network", tip, CHOICE_WIDTH, term="network")
        tip = self.tr("p(x|z): what the reconstruction loss measures.")
        self.add(self.tr("Likelihood"), self.likelihood, "likelihood", tip, CHOICE_WIDTH, term="likelihood")
        self.add(self.tr("Variance σ²"), self.variance, "variance", term="likelihood")
        self.variance.set_help(self.tr("σ² of the Gaussian likelihood, pixels in [0, 1]."))
        self.add_wide(self.card)

    def _likelihoods(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (self.tr("Bernoulli"), "bernoulli", self.tr("Pixels as probabilities; cross-entropy in nats.")),
            (self.tr("Gaussian, σ² fixed"), "gaussian", self.tr("Squared error over 2σ², with the σ² below.")),
            (self.tr("Gaussian, σ² fitted"), "gaussian-learned", self.tr("One σ² for all pixels, learned.")),
            (self.tr("Gaussian, σ²(z)"), "gaussian-pixel", self.tr("The decoder gives a σ² for every pixel.")),
        )

    def _change(self, **changes: Any) -> None:
        only = self.choice.index
        models = self._training.draft_models
        self._training.set_draft(
            models=tuple(
                model.replace(**changes) if only in (None, index) else model for index, model in enumerate(models)
            )
        )

    def _choose_family(self, name: str) -> None:
        """Change the family, with its default options; the model's own knob values are removed."""
        only, training = self.choice.index, self._training
        if only is None or training.draft_models[only].family == name:
            return
        models = list(training.draft_models)
        options = training.cards[name].all_options({})
        models[only] = models[only].replace(family=name, options=options)
        kept = tuple(None if index == only else index for index in range(len(models)))
        training.set_draft(models=tuple(models), own=training.own_after(kept))

    @Slot()
    def _show(self) -> None:
        training, only = self._training, self.choice.index
        model = training.draft_models[only or 0]
        self._show_families(model.family)
        self.family.setVisible(only is not None)
        self.latent.set_number(model.latent)
        self.network.show_config(model)
        self.likelihood.choose(model.likelihood)
        self.variance.set_number(model.variance)
        self.set_row_visible(self.variance, model.likelihood == "gaussian")
        self.card.show_model(only)

    def _show_families(self, chosen: str) -> None:
        names = list(self._training.cards)
        if [self.family.itemData(index) for index in range(self.family.count())] != names:
            self.family.clear()
            for card in self._training.cards.values():
                self.family.add_choice(shown_name(card.title), card.name, shown_name(card.about))
        self.family.choose(chosen)
