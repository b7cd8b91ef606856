"""An image of one's own, encoded by both models."""

from __future__ import annotations

from PySide6.QtCore import QObject


class OwnImageState(QObject):
    """An image of one's own, encoded by both models."""
