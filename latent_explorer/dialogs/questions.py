"""Modal questions. In each of them Esc chooses an answer that changes nothing."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


class CloseAnswer(Enum):
    """What to do with a run if the window closes."""

    STOP_AND_SAVE = "save"
    STOP = "stop"
    KEEP_TRAINING = "keep"


def ask_close_while_training(parent: QWidget | None, step: int) -> CloseAnswer:
    """Ask whether to stop the run at `step`, and whether to save it. Esc keeps training."""
    translate = QCoreApplication.translate
    box = plain_box(parent, "close-question", translate("questions", "Training is going on"))
    box.setText(translate("questions", "Both models are still training, at step {step}.").format(step=f"{step:,}"))
    box.setInformativeText(translate("questions", "What should become of the run?"))
    save = box.addButton(translate("questions", "Stop and save"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(translate("questions", "Stop without saving"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(translate("questions", "Keep training"), QMessageBox.ButtonRole.RejectRole)
    for button, name in ((save, "stop-and-save"), (stop, "stop-without-saving"), (keep, "keep-training")):
        button.setObjectName(name)
        button.setAccessibleName(button.text())
    box.setDefaultButton(save)
    box.setEscapeButton(keep)
    return _ask(box, {save: CloseAnswer.STOP_AND_SAVE, stop: CloseAnswer.STOP})


def ask_unsaved(parent: QWidget | None, step: int) -> CloseAnswer:
    """Ask whether to save a run paused at `step` before the window closes. Esc keeps the window open."""
    translate = QCoreApplication.translate
    box = plain_box(parent, "unsaved-question", translate("questions", "The run is not saved"))
    box.setText(translate("questions", "The run at step {step} has not been saved.").format(step=f"{step:,}"))
    box.setInformativeText(translate("questions", "Save it before closing?"))
    save = box.addButton(translate("questions", "Save"), QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton(translate("questions", "Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(translate("questions", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    for button, name in ((save, "save"), (drop, "close-without-saving"), (keep, "cancel")):
        button.setObjectName(name)
        button.setAccessibleName(button.text())
    box.setDefaultButton(save)
    box.setEscapeButton(keep)
    return _ask(box, {save: CloseAnswer.STOP_AND_SAVE, drop: CloseAnswer.STOP})


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


def _ask(box: QMessageBox, answers: dict[QPushButton, CloseAnswer]) -> CloseAnswer:
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return next((answer for button, answer in answers.items() if button is pressed), CloseAnswer.KEEP_TRAINING)
