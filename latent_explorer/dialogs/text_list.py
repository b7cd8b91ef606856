"""A dialog with text that can be copied: the base of dialogs with lists and details."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import column_of
from latent_explorer.words.plain_text import window_title

_WIDTH, _HEIGHT = 620, 400


class CopyableDialog(QDialog):
    """A sentence, a body, and the buttons Copy and Close. `copied` is what Copy puts on the clipboard."""

    def __init__(
        self, name: str, title: str, sentence: str, body: QWidget, copied: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(window_title(title))
        self._copied = copied
        self.sentence = PlainLabel(sentence, self)
        self.sentence.setObjectName(f"{name}-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.copy.setObjectName(f"{name}-copy")
        # Enter closes the dialog, so no other button may become the default one.
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_ = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.close_.setObjectName(f"{name}-close")
        self.close_.setDefault(True)
        buttons.rejected.connect(self.reject)
        self.close_.setFocus()
        column = column_of(self)
        column.addWidget(self.sentence)
        column.addWidget(body, 1)
        column.addWidget(buttons)
        self.resize(_WIDTH, column.heightForWidth(_WIDTH) if body.isHidden() else _HEIGHT)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
        self.copy.setText(self.tr("Copied"))
