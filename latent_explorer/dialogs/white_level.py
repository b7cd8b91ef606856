"""The dialog for the white level: the value of the data that is shown as white."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QWidget

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import AskDialog, answer_of

_MOST = 1e30


class WhiteLevelDialog(AskDialog):
    """Asks for the white level of the data set `title`, currently `white`; `level()` returns the answer."""

    def __init__(self, title: str, white: float, parent: QWidget | None = None) -> None:
        super().__init__("white-level-dialog", 400, parent)
        self.setWindowTitle(self.tr("White level"))
        text = self.tr(
            "The largest grey level of {title} leaves its scale open. Values from 0 to the white level are shown "
            "from black to white, larger ones as white. The data are read again, and the run begins anew."
        ).format(title=title)
        self.sentence = PlainLabel(text, self)
        self.sentence.setWordWrap(True)
        self.white = white_field(self)
        self.white.set_number(white)
        self.white.selectAll()
        form = QFormLayout()
        form.addRow(self.tr("White level"), self.white)
        self.column.addWidget(self.sentence)
        self.column.addLayout(form)
        buttons = (self.tr("Read again"), "white-read"), (self.tr("Cancel"), "white-cancel")
        self.add_buttons(*buttons, fields=(self.white,))

    def level(self) -> float:
        """The chosen level."""
        return self.white.number()


def white_field(parent: QWidget, automatic: str = "") -> NumberField:
    """A field for a white level; `automatic` is the word for 0, which means none chosen."""
    words = {automatic: 0.0} if automatic else {}
    field = NumberField(parent, least=0, most=_MOST, open_below=True, words=words, factor=2, show=_level_text)
    field.setObjectName("white-level")
    field.setAccessibleName(QCoreApplication.translate("WhiteLevelDialog", "White level"))
    field.set_help(
        QCoreApplication.translate(
            "WhiteLevelDialog", "The value that is shown as white, such as 255, or 4095 for 12 bits."
        )
    )
    return field


def ask_white_level(parent: QWidget | None, title: str, white: float) -> float | None:
    """Ask for the white level; None if it stays unchanged."""
    dialog = WhiteLevelDialog(title, white, parent)
    level = answer_of(dialog, dialog.level)
    return None if level == white else level


def _level_text(level: float) -> str:
    return f"{level:.10g}"
