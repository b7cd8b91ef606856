"""The strip's first panel: the loss curves, and the models side by side in a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from latent_explorer.curves.curves_dock import CurvesDock
from latent_explorer.panes.comparison import Comparison

_TABLE_WIDTH = 358


class LossPanel(QWidget):
    """Curves fill the room beside the table; the table scrolls if needed."""

    def __init__(self, curves: CurvesDock, comparison: Comparison) -> None:
        super().__init__()
        self.curves, self.comparison = curves, comparison
        self.setObjectName("lossPanel")
        self.setAccessibleName(self.tr("Loss"))
        self.setFocusProxy(curves)
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedWidth(1)
        table = QScrollArea()
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setWidgetResizable(True)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setWidget(comparison)
        table.setFixedWidth(_TABLE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(curves, 1)
        row.addWidget(rule)
        row.addWidget(table)
