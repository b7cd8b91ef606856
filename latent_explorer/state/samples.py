"""Sheets of samples and their figures."""

from __future__ import annotations

from PySide6.QtCore import QObject


class SamplesState(QObject):
    """Sheets of samples and their figures."""
