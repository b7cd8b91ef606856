"""β in the toolbar: a logarithmic slider with stops at round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.log_slider import LogSlider
from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.number_text import format_number
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import describe, refer, tip
from trainer.knobs import MAX_BETA, own_name

#: Minimum width in px for the text that it belongs to the next run.
_NAMED = 320


class BetaControl(QWidget):
    """β as a slider and as a number, and a button back to 1. It takes effect at the next step."""

    def __init__(self, training: TrainingState, panes: Sequence[PaneState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("beta-control")
        self._training = training
        self._panes = tuple(panes)
        self._tip = ""
        #: The applied β during warm-up; None if it equals the setting.
        self._acting: float | None = None
        self.slider = LogSlider(self)
        self.slider.setObjectName("beta-slider")
        self.slider.setAccessibleName(self.tr("β, weight of the KL divergence"))
        self.field = NumberField(self, least=0, most=MAX_BETA, factor=10 ** (1 / 20), show=show_beta)
        self.field.setObjectName("beta-field")
        self.field.setAccessibleName(self.tr("β, exact"))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance("1000.00") + 20)
        self.reset = IconButton("reset", self.tr("β back to 1"), self)
        self.reset.setObjectName("beta-reset")
        self._build()
        turn = partial(training.turn, "beta")
        self.slider.quantity_changed.connect(turn)
        self.field.committed.connect(turn)
        self.reset.clicked.connect(lambda: turn(1.0))
        training.knobs_changed.connect(self._show)
        training.run_config_changed.connect(self._show_use)
        training.progress_changed.connect(self._show_acting)
        for pane in self._panes:
            pane.model_changed.connect(self._show_use)
        self._show()

    def _build(self) -> None:
        label = self.label = PlainLabel("β", self)
        label.setBuddy(self.slider)
        describe(label, "beta")
        for control in (self.slider, self.field):
            refer(control, "beta")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (label, self.slider, self.field, self.reset):
            row.addWidget(widget, 1 if widget is self.slider else 0)
        self.slider.setMaximumWidth(300)
        self.setMaximumWidth(440)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @Slot()
    def _show(self) -> None:
        beta = self._training.knobs.beta
        self.slider.set_quantity(beta)
        self.field.set_number(beta)
        self.reset.setEnabled(beta != 1.0)
        self._show_use()

    @Slot()
    def _show_use(self) -> None:
        # Kept models are not trained, and members need not be in a pane.
        models = [pane.model for pane in self._panes if pane.model is not None and pane.frozen is None]
        having = self._members_with_own()
        unused = bool(models) and not having and not any(model.traits.uses_beta for model in models)
        own = [number for number, has_own in having.items() if has_own]
        every = bool(own) and all(having.values())
        note = self.tr("no model here uses β") if unused else ""
        if unused:
            said = self.tr(
                "None of these models has β in its loss; the setting is kept for the next one that has."
            )
        else:
            said = f"{tip('beta')} {self.tr('Acts on the next step.')}"
        if every and not unused:
            note = self.tr("each model has a β of its own")
            said = self.tr("Each of these models has a β of its own: set it in the training panel.")
        elif own:
            text = self.tr("Not for models that have a β of their own: {numbers}.")
            said += " " + text.format(numbers=", ".join(map(str, own)))
        elif models and not unused and self._training.run_config is None:
            said += " " + self.tr("The models on show keep the β that they were trained with.")
        self._name()
        self.slider.set_note(note)
        self._tip = said
        self._show_acting(again=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name()

    def _name(self) -> None:
        """Set the label: before there is a run, β is that of the next one."""
        following = self._training.run_config is None and self.width() >= _NAMED
        self.label.setText(self.tr("next run: β") if following else "β")

    @Slot()
    def _show_acting(self, *, again: bool = False) -> None:
        """Show the applied β on the slider and in tool tips during warm-up."""
        beta, acting = self._training.knobs.beta, self._training.acting_knobs.beta
        shown = acting if acting != beta else None
        if shown is None and self._acting is None and not again:
            return
        self._acting = shown
        said, note = self._tip, ""
        if shown is not None:
            note = self.tr("acting: {beta}").format(beta=f"{shown:.3g}")
            text = self.tr("Acting now: {beta}. It grows from 0 to what is set over the KL warm-up.")
            said = f"{text.format(beta=f'{shown:.3g}')} {said}"
        self.slider.set_acting(shown, note)
        self.slider.setToolTip(said)
        self.field.set_help(said)

    def _members_with_own(self) -> dict[int, bool]:
        """For each model of the run (counted from 1) with β in its loss whether it has its own value."""
        training = self._training
        return {
            member + 1: own_name(member, "beta") in training.knobs
            for member, card in enumerate(training.cards_shown)
            if card is not None and card.knob("beta") is not None
        }


def show_beta(beta: float) -> str:
    """β with two decimals if that is exact, so that it does not jitter: 1.00, 0.05, but 0.0123."""
    return f"{beta:.2f}" if round(beta, 2) == beta and beta != 0 else format_number(beta, 6)
