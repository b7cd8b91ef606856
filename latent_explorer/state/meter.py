"""What is measured at the cursors: data density, distance to real pictures, round trip."""

from __future__ import annotations

from PySide6.QtCore import QObject


class MeterState(QObject):
    """What is measured at the cursors: data density, distance to real pictures, round trip."""
