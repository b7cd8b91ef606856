"""Stops, path and film strips of the interpolation."""

from __future__ import annotations

from PySide6.QtCore import QObject


class InterpolationState(QObject):
    """Stops, path and film strips of the interpolation."""
