"""Groups of images and the directions between their means."""

from __future__ import annotations

from PySide6.QtCore import QObject


class DirectionsState(QObject):
    """Groups of images and the directions between their means."""
