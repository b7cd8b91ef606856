"""Asks which of a checkpoint's models to show in a pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import AskDialog, answer_of


class ChooseModelDialog(AskDialog):
    """Asks for one of `names`, the models of the checkpoint called `title`; `choice()` is its index."""

    def __init__(self, title: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("choose-model-dialog", 360, parent)
        self.setWindowTitle(self.tr("Choose a model"))
        text = self.tr("{name} holds {count} models. Which one is to stand in this pane?")
        sentence = PlainLabel(text.format(name=title, count=len(names)), self)
        sentence.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("models-of-checkpoint")
        self.list.setAccessibleName(self.tr("Models of the checkpoint"))
        self.list.addItems(list(names))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        self.column.addWidget(sentence)
        self.column.addWidget(self.list)
        self.add_buttons((self.tr("Show"), "show-model"), (self.tr("Cancel"), "cancel-model"))

    def choice(self) -> int:
        """The index of the chosen model."""
        return self.list.currentRow()


def ask_model(parent: QWidget | None, title: str, names: Sequence[str]) -> int | None:
    """The index of the chosen model; None if cancelled."""
    dialog = ChooseModelDialog(title, names, parent)
    choice = answer_of(dialog, dialog.choice)
    return None if choice == -1 else choice
