"""Fields of options and knobs declared in the families' cards."""

from __future__ import annotations

import math

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.training import TrainingState
from latent_explorer.training.field_rows import CHOICE_WIDTH, FieldRows
from latent_explorer.words.trainer_names import shown_name
from trainer.card import Card, Knob, Option
from trainer.knobs import own_name

#: Shown as "shared": the model uses the common value.
_SHARED = -math.inf


class CardFields(FieldRows):
    """For one drafted model: its family's options, and its own knob values.

    For all models: knobs that are not in the toolbar. Knobs of models in training take effect at the next step.
    """

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._index: int | None = None
        self._declared: tuple[object, ...] | None = None
        self.options: dict[str, QWidget] = {}
        self.knobs: dict[str, NumberField] = {}
        self._defaults: dict[str, float] = {}
        self._tips: dict[str, str] = {}
        #: The model's own knobs that a schedule lowers, with the applied values.
        self._held: dict[str, float] = {}
        training.knobs_changed.connect(self._show)
        training.progress_changed.connect(self._show_acting)
        training.run_config_changed.connect(self._show_acting)

    def show_model(self, index: int | None) -> None:
        """Show the fields of this drafted model; None: those for all."""
        self._index = index
        cards = [self._training.cards.get(model.family) for model in self._training.draft_models]
        shown = [card for card in (cards if index is None else cards[index : index + 1]) if card is not None]
        options = () if index is None or not shown else shown[0].options
        every = {knob.name: knob for card in shown for knob in card.knobs}
        knobs = tuple(knob for knob in every.values() if index is not None or knob.name != "beta")
        if (index is None, options, knobs) != self._declared:
            self._declared = (index is None, options, knobs)
            self._make(options, knobs, alone=index is not None)
        self.setVisible(bool(options or knobs))
        self._show()

    def _make(self, options: tuple[Option, ...], knobs: tuple[Knob, ...], *, alone: bool) -> None:
        self.clear()
        self.options, self.knobs = {}, {}
        self._defaults = {knob.name: knob.default for knob in knobs}
        for option in options:
            self.options[option.name] = self._option(option)
        for knob in knobs:
            self.knobs[knob.name] = self._knob(knob, alone=alone)

    def _option(self, option: Option) -> QWidget:
        title, tip = shown_name(option.title), shown_name(option.help)
        name = f"option-{option.name}"
        if option.kind == "switch":
            box = QCheckBox(title, self)
            box.setObjectName(name)
            box.setAccessibleName(title)
            box.setToolTip(tip)
            box.clicked.connect(lambda on, key=option.name: self._set_option(key, bool(on)))
            self.add_wide(box)
            return box
        if option.kind == "choice":
            combo = Combo(tuple((shown_name(choice), choice, "") for choice in option.choices), self)
            self.add(title, combo, name, tip, CHOICE_WIDTH)
            combo.activated.connect(lambda place, key=option.name: self._set_option(key, combo.itemData(place)))
            return combo
        whole = option.kind == "whole"
        least = option.least if math.isfinite(option.least) else -1e9
        most = option.most if math.isfinite(option.most) else 1e9
        field = NumberField(
            self, least=least, most=most, whole=whole, unit=shown_name(option.unit) if option.unit else "", step=1
        )
        self.add(title, field, name)
        field.set_help(tip)
        field.committed.connect(
            lambda number, key=option.name: self._set_option(key, int(number) if whole else number)
        )
        return field

    def _knob(self, knob: Knob, *, alone: bool) -> NumberField:
        words = {self.tr("shared"): _SHARED} if alone else {}
        field = NumberField(
            self,
            least=knob.least,
            most=knob.most,
            words=words,
            factor=10 ** (1 / 20) if knob.logarithmic else 0.0,
            step=0.0 if knob.logarithmic else (knob.most - knob.least) / 100,
        )
        title, term = f"{shown_name(knob.title)} {knob.sign}", "beta" if knob.name == "beta" else ""
        self.add(title, field, f"knob-{knob.name}", term=term)
        tip = shown_name(knob.help)
        if alone:
            tip += " " + self.tr("A value of this model alone; “shared” takes the one that all models have.")
        self._tips[knob.name] = tip + " " + self.tr("Acts on the next step.")
        field.set_help(self._tips[knob.name])
        field.committed.connect(lambda number, key=knob.name: self._set_knob(key, number))
        return field

    def _set_option(self, name: str, value: int | float | str | bool) -> None:
        training, index = self._training, self._index
        if index is None:
            return
        models = list(training.draft_models)
        card: Card = training.cards[models[index].family]
        models[index] = models[index].replace(options=card.all_options({**models[index].options, name: value}))
        training.set_draft(models=tuple(models))

    def _set_knob(self, name: str, value: float) -> None:
        training = self._training
        if self._index is None:
            training.turn(name, value)
        else:
            training.set_own(self._index, name, None if value == _SHARED else value)

    @Slot()
    def _show_acting(self) -> None:
        """Show in tool tips the applied value of the model's own knobs during warm-up."""
        training, index = self._training, self._index
        held = {}
        if index is not None:
            acting = training.acting_knobs
            for name in self.knobs:
                own = own_name(index, name)
                if own in training.own and acting.get(own, training.own[own]) != training.own[own]:
                    held[name] = acting[own]
        if held == self._held:
            return
        for name in (held.keys() | self._held.keys()) & self.knobs.keys():
            tip = self._tips[name]
            if name in held:
                text = self.tr("Acting now: {value}. It grows from 0 to what is set over the KL warm-up.")
                tip = f"{text.format(value=f'{held[name]:.3g}')} {tip}"
            self.knobs[name].set_help(tip)
        self._held = held

    @Slot()
    def _show(self) -> None:
        self._show_acting()
        training, index = self._training, self._index
        for name, field in self.knobs.items():
            if index is None:
                field.set_number(training.knobs.get(name, self._defaults[name]))
            else:
                field.set_number(training.own.get(own_name(index, name), _SHARED))
        if index is None:
            return
        for name, widget in self.options.items():
            value = training.draft_models[index].options.get(name)
            if isinstance(widget, QCheckBox):
                widget.setChecked(value is True)
            elif isinstance(widget, Combo):
                widget.choose(value)
            elif isinstance(widget, NumberField) and isinstance(value, int | float):
                widget.set_number(value)
