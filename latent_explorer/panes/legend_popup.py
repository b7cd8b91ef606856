"""The legend in a popup over the window: class names are on the maps, the switches open on demand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.panes.legend import Legend

_WIDTH = 300


class LegendPopup(QFrame):
    """The meaning of colours, with switches that grey classes out; a click elsewhere or Esc closes it."""

    def __init__(self, explorer: ExplorerState, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("legend-popup")
        self.setProperty("role", "popup")
        self.legend = Legend(explorer)
        self.legend.setProperty("role", None)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.legend)
        self.setFixedWidth(_WIDTH)

    def open_under(self, anchor: QWidget) -> None:
        """Show it under `anchor`, inside the window."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        window = anchor.window()
        right = window.mapToGlobal(QPoint(window.width() - self.width() - 8, 0)).x()
        self.move(max(window.mapToGlobal(QPoint(8, 0)).x(), min(place.x(), right)), place.y())
        self.show()
        if self.legend.switches.switches:
            self.legend.switches.focus_first()
