"""A button that adds a model of a family to the next run."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.core.training import TrainingState
from latent_explorer.words.plain_text import menu_text
from latent_explorer.words.trainer_names import shown_name
from trainer.config import MOST_MODELS


class AddModel(MenuButton):
    """Its menu lists the families; the new model is otherwise like the last one.

    Signals:
        added(bool): the user added a model at the end; whether this button had the focus.
    """

    added = Signal(bool)

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("add-model")
        self.setProperty("role", "chip")
        self.setText("+")
        self._training = training
        self.set_name(self.tr("Add a model to the next run"))
        training.draft_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        full = len(self._training.draft_models) >= MOST_MODELS
        self.setEnabled(not full)
        tip = self.tr("A run trains eight models at most.") if full else self.tr("Add a model to the next run")
        self.setToolTip(tip)

    def fill_menu(self, menu: QMenu) -> None:
        for card in self._training.cards.values():
            action = menu.addAction(menu_text(shown_name(card.title)))
            action.triggered.connect(partial(self._add, card.name))
            action.setObjectName(f"add-{card.name}")
            action.setToolTip(shown_name(card.about))

    def _add(self, name: str, _checked: bool = False) -> None:
        training = self._training
        options = training.cards[name].all_options({})
        model = training.draft_models[-1].replace(family=name, options=options)
        by_keys = self.hasFocus()
        training.set_draft(models=(*training.draft_models, model))
        self.added.emit(by_keys)
