"""Texts about the selection."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import DataView
from latent_explorer.words.figures import count

#: Classes that a sentence names.
_NAMED = 3


def images_text(number: int) -> str:
    """ "1 image", "1,234 images"."""
    translate = QCoreApplication.translate
    if number == 1:
        return translate("SelectionWords", "1 image")
    return translate("SelectionWords", "{count} images").format(count=count(number))


def selected_text(rows: np.ndarray, data: DataView | None) -> str:
    """How many images of which classes: "1,234 images of 7 classes: 3 (812), 5 (300), 8 (60) …"."""
    translate = QCoreApplication.translate
    text = images_text(len(rows))
    if data is None or data.labels is None or not len(rows):
        return text
    labels = data.labels[rows[rows < data.count]]
    numbers = np.bincount(labels[labels >= 0], minlength=len(data.label_names))
    classes = np.flatnonzero(numbers)
    if not len(classes):
        return text
    if len(classes) == 1:
        whole = translate("SelectionWords", "{images} of class {name}")
        return whole.format(images=text, name=data.label_names[int(classes[0])])
    largest = classes[np.argsort(-numbers[classes], kind="stable")[:_NAMED]]
    named = ", ".join(f"{data.label_names[int(label)]} ({count(int(numbers[label]))})" for label in largest)
    more = " …" if len(classes) > _NAMED else ""
    template = translate("SelectionWords", "{images} of {classes} classes: {names}")
    return template.format(images=text, classes=count(len(classes)), names=named + more)
