"""Forwards keys that the focused control ignores to the map under the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from latent_explorer.map.latent_map import LatentMap


class StrayKeys(QObject):
    """Watches a window for keys that its focused control ignored.

    After opening a tool's panel, the user points at a map and presses a letter: the focus is still in the panel,
    but the letter refers to the map. Only overlays receive such keys, so that arrow keys do not move the cursor.
    """

    def __init__(self, window: QWidget, maps: Sequence[LatentMap]) -> None:
        super().__init__(window)
        self._window = window
        self._maps = tuple(maps)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pointed = next((shown for shown in self._maps if shown.underMouse() and not shown.hasFocus()), None)
            if pointed is not None and pointed.map_actions.overlay_key(event):
                return True
        return super().eventFilter(watched, event)
