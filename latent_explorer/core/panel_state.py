"""What the states of all tools with a panel have in common."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class PanelState(QObject):
    """Setting an equal value emits nothing.

    Attributes:
        shown: whether somebody looks at the tool's panel; what only the panel shows is not made otherwise.

    Signals:
        shown_changed: `shown` changed.
    """

    shown_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = False

    def set_shown(self, shown: bool) -> None:
        """Whether the panel is on the screen."""
        if shown != self.shown:
            self.shown = shown
            self.shown_changed.emit()
