"""The file dialog for saving a session: the name of a new folder, or of an existing session to replace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGridLayout, QMessageBox, QWidget

from latent_explorer.dialogs.questions import plain_box
from latent_explorer.words.figures import megabytes

#: A file that every saved session contains.
_MARK = "checkpoint.json"


class SavePlaceDialog(QFileDialog):
    """A file dialog in which accepting an existing session means replacing it, not opening its folder.

    Uses Qt's dialog, because native dialogs cannot choose a folder that does not exist.

    Attributes:
        moments: whether the moments of the run are saved, too; shown if there are any.
    """

    def __init__(self, parent: QWidget | None, start: str, moments: int = 0, keep: bool = True) -> None:
        """`start`: the proposed name. `moments`: their bytes; 0 for none. `keep`: whether they are saved by
        default.
        """
        super().__init__(parent)
        self.setObjectName("save-place")
        self.setWindowTitle(self.tr("Save the session as a folder"))
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        place = Path(start)
        self.setDirectory(str(place.parent))
        self.selectFile(place.name)
        self.moments = QCheckBox(
            self.tr("With the moments of the time machine ({size})").format(size=megabytes(moments)), self
        )
        self.moments.setObjectName("save-moments")
        self.moments.setToolTip(
            self.tr(
                "With them the time machine of the session goes back to the run's first steps; without them the "
                "session is smaller, and its time machine begins at the step where it was saved."
            )
        )
        self.moments.setChecked(keep)
        self.moments.setVisible(moments > 0)
        layout = self.layout()
        if isinstance(layout, QGridLayout):
            layout.addWidget(self.moments, layout.rowCount(), 0, 1, layout.columnCount())

    def accept(self) -> None:
        """Accept a new name, or an existing session after a question; any other folder is opened instead."""
        chosen = Path(self.selectedFiles()[0]) if self.selectedFiles() else None
        if chosen is not None and (chosen / _MARK).is_file():
            if self._replaces(chosen.name):
                QDialog.accept(self)
            return
        super().accept()

    def _replaces(self, name: str) -> bool:
        question = plain_box(self, "replace-session", self.windowTitle())
        question.setIcon(QMessageBox.Icon.Question)
        question.setText(self.tr("Replace the session “{name}”?").format(name=name))
        replace = question.addButton(self.tr("Replace it"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.exec()
        question.deleteLater()
        return question.clickedButton() is replace
