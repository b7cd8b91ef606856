"""The trainer's names of models, networks and data sets, and the texts of cards, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def shown_name(name: str) -> str:
    """`name` as the window shows it; one that has no translation is shown as it is."""
    return QCoreApplication.translate("trainer", name)
