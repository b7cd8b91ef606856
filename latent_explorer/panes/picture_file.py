"""Writes a picture to disk atomically: a failure leaves an existing file unchanged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.export.partial_file import partial_file
from trainer.sentences import reason_of


def save_picture(image: QImage, path: str) -> str:
    """Write `image` as PNG with its texts, atomically.

    Returns "" on success, otherwise the system's reason; an existing file is then unchanged.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stub wants bytes; the format is a C string and Qt takes str.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    try:
        with partial_file(Path(path)) as file:
            file.write(buffer.data().data())
    except OSError as error:
        return shown_sentence(reason_of(error))
    return ""
