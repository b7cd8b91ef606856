"""The distances as numbers, and their unit."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QMenu, QVBoxLayout

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from tests.tools.ruler.state import RulerState


class RulerPanel(QFrame):
    """A line and a box to tick."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__()
        self.setObjectName("rulerPanel")
        self.setAccessibleName("Ruler")
        self._state = tools[RulerState]
        self.line = QLabel(self)
        self.spread = QCheckBox("In sigmas of the codes", self)
        self.spread.setObjectName("rulerUnit")
        self.spread.clicked.connect(lambda on: self._state.set_unit("spread" if on else "codes"))
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.spread)
        self._state.measured.connect(self._refresh)
        self._state.unit_changed.connect(self._refresh)
        self._refresh()

    def fill_menu(self, menu: QMenu) -> None:
        """One action: the other unit."""
        action = menu.addAction("&Other unit of the ruler")
        action.setObjectName("ruler-unit")
        action.setShortcut("Ctrl+Alt+8")
        action.triggered.connect(
            lambda: self._state.set_unit("codes" if self._state.unit == "spread" else "spread")
        )

    @Slot()
    def _refresh(self) -> None:
        self.spread.setChecked(self._state.unit == "spread")
        self.line.setText(", ".join(f"{value:.3f}" for value in self._state.distances.values()))

    def showEvent(self, event: QShowEvent) -> None:
        self._state.set_shown(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._state.set_shown(False)
        super().hideEvent(event)
