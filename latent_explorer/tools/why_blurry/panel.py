"""The panel that shows why a decoded image is blurred."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu

from latent_explorer.appearance.theme import GAP
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.tools.why_blurry.column import AverageColumn
from latent_explorer.tools.why_blurry.state import WhyBlurryState


class WhyBlurryPanel(PanelFrame):
    """A half for each pane; follows both cursors."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("whyBlurryPanel", tools[WhyBlurryState])
        self._panes = panes
        self._state = tools[WhyBlurryState]
        self.setAccessibleName(self.tr("Why blurry: the average of the data at the cursor"))
        self.columns = [AverageColumn(pane, explorer) for pane in panes]
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 6)
        row.setSpacing(2 * GAP)
        for column in self.columns:
            row.addWidget(column, 1)
        self.set_first(self.columns[-1].row)
        self._pace = self.throttle(self.redraw, interval=33)
        for signal in (
            self._state.averaged_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def fill_menu(self, menu: QMenu) -> None:
        """Add nothing: it has no actions besides its rows."""

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        for pane, column in zip(self._panes, self.columns, strict=True):
            waiting = self.tr("being averaged…") if pane.model is not None else self.tr("This pane has no model.")
            column.show_averaged(self._state.averaged(pane.index), waiting)
