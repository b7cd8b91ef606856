"""Traversals of the latent dimensions."""

from __future__ import annotations

from PySide6.QtCore import QObject


class TraversalState(QObject):
    """Traversals of the latent dimensions."""
