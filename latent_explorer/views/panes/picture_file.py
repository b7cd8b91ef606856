"""Writing a picture to disk so that a failure leaves what was there."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QImage


def save_picture(image: QImage, path: str) -> str:
    """Write `image` as PNG with its texts, through a temporary file beside the target.

    Gives "" when it was written, and otherwise the system's reason; the former file is then untouched.
    """
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return file.errorString()
    # The stub wants bytes; the format is a C string and Qt takes str.
    if not image.save(file, "PNG"):  # type: ignore[call-overload]
        file.cancelWriting()
        return file.errorString()
    return "" if file.commit() else file.errorString()
