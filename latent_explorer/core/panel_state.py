"""The base of the states of tools with a panel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class PanelState(QObject):
    """Setting an equal value emits nothing.

    Attributes:
        shown: whether the tool's panel is visible; results shown only there are not computed otherwise.

    Signals:
        shown_changed: `shown` changed.
    """

    shown_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = False

    def set_shown(self, shown: bool) -> None:
        """Set whether the panel is visible."""
        if shown != self.shown:
            self.shown = shown
            self.shown_changed.emit()
