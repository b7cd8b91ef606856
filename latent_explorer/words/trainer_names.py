"""The trainer's names of models, networks and data sets, and the texts of cards, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def shown_name(name: str) -> str:
    """`name` as the window shows it; one that has no translation is shown as it is.

    Of a part of a data set, such as "MNIST · 500 / 70,000", the data set's name is translated.
    """
    whole, dot, part = name.rpartition(" · ")
    if dot and part[:1].isdigit():
        return f"{shown_name(whole)}{dot}{part}"
    return QCoreApplication.translate("trainer", name)
