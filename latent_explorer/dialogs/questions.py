"""Modal questions. In each of them Esc chooses an answer that changes nothing."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class CloseAnswer(Enum):
    """What to do with a run, or with files that are not written yet, if the window closes."""

    STOP_AND_SAVE = "save"
    STOP = "stop"
    KEEP_TRAINING = "keep"


def ask_close_while_training(parent: QWidget | None, step: int) -> CloseAnswer:
    """Ask whether to stop the run at `step`, and whether to save it. Esc keeps training."""
    translate = QCoreApplication.translate
    box = plain_box(parent, "close-question", translate("questions", "Training is going on"))
    box.setText(translate("questions", "The run is still training, at step {step}.").format(step=f"{step:,}"))
    box.setInformativeText(translate("questions", "What should become of the run?"))
    return _ask(
        box,
        (translate("questions", "Stop and save"), "stop-and-save"),
        (translate("questions", "Stop without saving"), "stop-without-saving"),
        (translate("questions", "Keep training"), "keep-training"),
    )


def ask_unsaved(parent: QWidget | None, step: int) -> CloseAnswer:
    """Ask whether to save a run paused at `step` before the window closes. Esc keeps the window open."""
    translate = QCoreApplication.translate
    box = plain_box(parent, "unsaved-question", translate("questions", "The run is not saved"))
    box.setText(translate("questions", "The run at step {step} has not been saved.").format(step=f"{step:,}"))
    box.setInformativeText(translate("questions", "Save it before closing?"))
    return _ask(
        box,
        (translate("questions", "Save"), "save"),
        (translate("questions", "Close without saving"), "close-without-saving"),
        (translate("questions", "Cancel"), "cancel"),
    )


def ask_unwritten(parent: QWidget | None, files: int) -> CloseAnswer:
    """Ask whether to wait for files that are not written yet, then close. Esc keeps the window open."""
    translate = QCoreApplication.translate
    box = plain_box(parent, "files-question", translate("questions", "Files are being saved"))
    if files == 1:
        box.setText(translate("questions", "One file is not saved yet."))
    else:
        box.setText(translate("questions", "{files} files are not saved yet.").format(files=f"{files:,}"))
    box.setInformativeText(translate("questions", "What is being saved is lost if the window closes now."))
    return _ask(
        box,
        (translate("questions", "Close when saved"), "close-when-saved"),
        (translate("questions", "Close without saving"), "close-without-files"),
        (translate("questions", "Cancel"), "cancel"),
    )


def plain_box(parent: QWidget | None, name: str, title: str) -> QMessageBox:
    """A message box over `parent` with plain text."""
    box = QMessageBox(parent)
    # The native message box follows neither the program's appearance nor its order of buttons.
    box.setOption(QMessageBox.Option.DontUseNativeDialog)
    box.setObjectName(name)
    box.setWindowTitle(title)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def _ask(box: QMessageBox, *buttons: tuple[str, str]) -> CloseAnswer:
    """Show `box`; `buttons`: (text, object name) of the one for each `CloseAnswer`, in that order."""
    roles = QMessageBox.ButtonRole
    made = [
        box.addButton(text, role)
        for (text, _), role in zip(
            buttons, (roles.AcceptRole, roles.DestructiveRole, roles.RejectRole), strict=True
        )
    ]
    for button, (text, name) in zip(made, buttons, strict=True):
        button.setObjectName(name)
        button.setAccessibleName(text)
    box.setDefaultButton(made[0])
    box.setEscapeButton(made[-1])
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    answers = zip(made, CloseAnswer, strict=True)
    return next((answer for button, answer in answers if button is pressed), CloseAnswer.KEEP_TRAINING)
