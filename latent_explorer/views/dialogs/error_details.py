"""What lies behind an error's one sentence: the details, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from latent_explorer.notifications import Notification
from latent_explorer.views.dialogs.text_list import CopyableDialog


def error_details_dialog(notification: Notification, parent: QWidget | None = None) -> CopyableDialog:
    """The dialog for one message."""
    translate = QCoreApplication.translate
    text = QPlainTextEdit()
    text.setObjectName("error-details-text")
    text.setAccessibleName(translate("error_details", "Details"))
    text.setReadOnly(True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setPlainText(notification.details or translate("error_details", "There are no details."))
    copied = f"{notification.sentence}\n\n{notification.details}".strip()
    title = translate("error_details", "Details")
    return CopyableDialog("error-details", title, notification.sentence, text, copied, parent)


def show_error_details(parent: QWidget | None, notification: Notification) -> None:
    """Show the details until they are closed."""
    dialog = error_details_dialog(notification, parent)
    dialog.exec()
    dialog.deleteLater()
