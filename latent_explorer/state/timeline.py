"""Moments of the run that can be looked at again and continued from."""

from __future__ import annotations

from PySide6.QtCore import QObject


class TimelineState(QObject):
    """Moments of the run that can be looked at again and continued from."""
