"""Drops are accepted as copies: after a move the source program would delete the file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def accept_copy(event: QDropEvent) -> bool:
    """Accept `event` (entering, moving or dropping) as a copy, regardless of the proposed action; refuse it and
    return False if a copy is not offered.
    """
    if not event.possibleActions() & Qt.DropAction.CopyAction:
        event.ignore()
        return False
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
    return True
