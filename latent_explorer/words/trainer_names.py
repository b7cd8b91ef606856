"""What the trainer calls models, networks and data sets, and what their cards say, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def shown_name(name: str) -> str:
    """`name` as the window shows it; one that has no translation is shown as it is."""
    return QCoreApplication.translate("trainer", name)
