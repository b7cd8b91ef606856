"""Writing a picture to disk so that a failure leaves what was there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.export.partial_file import partial_file
from trainer.sentences import reason_of


def save_picture(image: QImage, path: str) -> str:
    """Write `image` as PNG with its texts, as every other file is written.

    Gives "" when it was written, and otherwise the system's reason; the former file is then untouched.
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
