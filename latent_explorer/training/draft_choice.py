"""Selects the drafted model that the fields below belong to; models are added and removed here."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from latent_explorer.controls.flow_layout import FlowLayout
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.core.training import TrainingState
from latent_explorer.training.add_model import AddModel
from latent_explorer.words.plain_text import menu_text
from latent_explorer.words.trainer_sentences import translated
from trainer.model_names import run_names


class DraftChoice(QWidget):
    """One button per model, one for all of them, one that adds a model and one that removes the chosen.

    Attributes:
        index: the model that is chosen; None for all.

    Signals:
        chosen: `index` changed.
    """

    chosen = Signal()

    def __init__(self, training: TrainingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.index: int | None = None
        self.buttons: list[QPushButton] = []
        # No button group: Qt lets Tab reach only one button of a group.
        self._line = FlowLayout(self, gap=(4, 4))
        self.add_model = AddModel(training, self)
        self.remove = IconButton("minus", self.tr("Remove this model from the next run"), self)
        self.remove.setObjectName("remove-model")
        self.remove.setProperty("role", "chip")
        self.remove.setProperty("shape", "")
        self.remove.clicked.connect(self._remove)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        training.draft_changed.connect(self._show)
        training.knobs_changed.connect(self._show)
        training.cards_changed.connect(self._show)
        self.add_model.added.connect(self._added)
        self._show()

    def choose(self, index: int | None) -> None:
        """Show the fields of this model; None: of all."""
        if index != self.index:
            self.index = index
            self._mark()
            self.chosen.emit()

    @Slot()
    def _show(self) -> None:
        training = self._training
        names = run_names(training.draft_models, training.next_knobs, training.cards, translated)
        if len(self.buttons) != len(names) + 1:
            self._make(len(names) + 1)
        texts = (self.tr("All"), *names)
        for button, text in zip(self.buttons, texts, strict=True):
            button.setText(menu_text(text))
            button.setAccessibleName(text)
        self.buttons[0].setToolTip(self.tr("Settings of all models: what you enter is for each of them."))
        for number, (button, name) in enumerate(zip(self.buttons[1:], names, strict=True), start=1):
            tip = self.tr("Model {number}, {name}: settings of it alone.")
            button.setToolTip(tip.format(number=number, name=name))
        if self.index is not None and self.index >= len(names):
            self.choose(None)
        self._mark()

    def _make(self, count: int) -> None:
        """Create or remove buttons for `count` models. Existing ones are kept, as one may have the focus."""
        while len(self.buttons) > count:
            button = self.buttons.pop()
            if button.hasFocus():
                self.buttons[-1].setFocus()
            button.deleteLater()
        while len(self.buttons) < count:
            place = len(self.buttons)
            button = QPushButton(self)
            button.setObjectName(f"draft-{place}")
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._clicked, place))
            self.buttons.append(button)
            button.show()
        while self._line.count():
            self._line.takeAt(0)
        parts = (*self.buttons, self.add_model, self.remove)
        for part in parts:
            self._line.addWidget(part)
        for former, part in pairwise(parts):
            self.setTabOrder(former, part)

    def _mark(self) -> None:
        place = 0 if self.index is None else self.index + 1
        for other, button in enumerate(self.buttons):
            button.setChecked(other == place)
        shown = self.index is not None and len(self._training.draft_models) > 1
        if not shown and self.remove.hasFocus():
            self.buttons[place].setFocus()
        self.remove.setVisible(shown)
        self.updateGeometry()

    def _clicked(self, place: int, _checked: bool = False) -> None:
        self.choose(None if place == 0 else place - 1)
        self._mark()

    @Slot(bool)
    def _added(self, by_keys: bool) -> None:
        self.choose(len(self._training.draft_models) - 1)
        if by_keys and not self.add_model.isEnabled():
            self.buttons[-1].setFocus()

    @Slot()
    def _remove(self) -> None:
        training, index = self._training, self.index
        if index is None or len(training.draft_models) < 2:
            return
        by_keys = self.remove.hasFocus()
        kept = tuple(place for place in range(len(training.draft_models)) if place != index)
        models = tuple(training.draft_models[place] for place in kept)
        self.choose(None)
        training.set_draft(models=models, own=training.own_after(kept))
        if by_keys:
            # Select the model that took its place, or the last one.
            self.buttons[min(index + 1, len(models))].setFocus()
