"""What the trainer calls models, data sets and its work, in the window's language.

The trainer knows no Qt and speaks English. Only names that people read all the time are listed; any
other is shown as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

#: Listed for lupdate, which finds texts only where they are written out.
NAMES = (
    QT_TRANSLATE_NOOP("trainer", "Autoencoder"),
    QT_TRANSLATE_NOOP("trainer", "Variational autoencoder"),
    QT_TRANSLATE_NOOP("trainer", "Linear"),
    QT_TRANSLATE_NOOP("trainer", "Handwritten digits (8 x 8)"),
    QT_TRANSLATE_NOOP("trainer", "Moons"),
    QT_TRANSLATE_NOOP("trainer", "Encoding"),
    QT_TRANSLATE_NOOP("trainer", "Reading images"),
    QT_TRANSLATE_NOOP("trainer", "Looking at images"),
    QT_TRANSLATE_NOOP("trainer", "Looking for images"),
    QT_TRANSLATE_NOOP("trainer", "Rendering moons"),
    QT_TRANSLATE_NOOP("trainer", "Fitting the mixture"),
    QT_TRANSLATE_NOOP("trainer", "Choosing the bandwidth"),
    QT_TRANSLATE_NOOP("trainer", "Decoding samples"),
    QT_TRANSLATE_NOOP("trainer", "Reconstructing images"),
    QT_TRANSLATE_NOOP("trainer", "Comparing pictures"),
    QT_TRANSLATE_NOOP("trainer", "Writing"),
    QT_TRANSLATE_NOOP("trainer", "images"),
    QT_TRANSLATE_NOOP("trainer", "pictures"),
    QT_TRANSLATE_NOOP("trainer", "codes"),
    QT_TRANSLATE_NOOP("trainer", "iterations"),
    QT_TRANSLATE_NOOP("trainer", "steps"),
    QT_TRANSLATE_NOOP("trainer", "frames"),
    QT_TRANSLATE_NOOP("trainer", "moments"),
    QT_TRANSLATE_NOOP("trainer", "rows"),
    QT_TRANSLATE_NOOP("trainer", "bytes"),
)


def shown_name(name: str) -> str:
    """`name` as the window shows it."""
    return QCoreApplication.translate("trainer", name)


def shown_work(what: str) -> str:
    """`Progress.what` as the window shows it: "Reading MNIST", "Encoding"."""
    verb, _, name = what.partition(" ")
    if what not in NAMES and verb == "Reading":
        return QCoreApplication.translate("trainer", "Reading {name}").format(name=shown_name(name))
    if verb == "Downloading":
        return QCoreApplication.translate("trainer", "Downloading {name}").format(name=shown_name(name))
    return shown_name(what)
