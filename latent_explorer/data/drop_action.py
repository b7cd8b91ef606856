"""Drops are accepted as copies: after a move the source program would delete the file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def accept_copy(event: QDropEvent) -> bool:
    """Accept `event` (entering, moving or dropping) as a copy, whatever is proposed; False, and refused, if it
    offers none."""
    if not event.possibleActions() & Qt.DropAction.CopyAction:
        event.ignore()
        return False
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return True
