"""Asks which of a checkpoint's models a pane is to show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel


class ChooseModelDialog(QDialog):
    """Asks for one of `names`, the models of the checkpoint called `title`; `choice()` is its number."""

    def __init__(self, title: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choose-model-dialog")
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
        buttons = QDialogButtonBox(self)
        show = buttons.addButton(self.tr("Show"), QDialogButtonBox.ButtonRole.AcceptRole)
        show.setObjectName("show-model")
        show.setDefault(True)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel-model")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for part in (sentence, self.list, buttons):
            column.addWidget(part)
        self.setMinimumWidth(360)

    def choice(self) -> int:
        """The number of the model that was chosen."""
        return self.list.currentRow()


def ask_model(parent: QWidget | None, title: str, names: Sequence[str]) -> int | None:
    """The number of the chosen model; None if none was."""
    dialog = ChooseModelDialog(title, names, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    choice = dialog.choice()
    dialog.deleteLater()
    return choice if accepted and choice >= 0 else None
