"""Sheets of samples, one per model."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from latent_explorer.appearance.theme import GAP
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.samples.controls import SampleControls
from latent_explorer.tools.samples.sheet_column import SheetColumn
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.samples.words import source_names
from latent_explorer.words.figures import count


class SamplesPanel(PanelFrame):
    """Controls, one sheet per model, and a line with their common properties."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("samplesPanel", tools[SamplesState])
        self._panes = panes
        self._tools = tools
        self._samples = tools[SamplesState]
        self.setAccessibleName(self.tr("Samples"))
        self.controls = SampleControls(self._samples)
        self.columns = [SheetColumn(pane, self._samples) for pane in panes]
        self.footer = ElidedLabel()
        self.footer.setObjectName("samplesFooter")
        self.footer.setProperty("role", "caption")
        refer(self.footer, "seed", "sample_count", "real")
        self.set_first(self.columns[0].view)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(5)
        column.addWidget(self.controls)
        row = QHBoxLayout()
        row.setSpacing(GAP + 6)
        for one in self.columns:
            row.addWidget(one, 1)
        column.addLayout(row, 1)
        column.addWidget(self.footer)
        self._pace = self.throttle(self.redraw, interval=33)
        for signal in (
            self._samples.sheets_changed,
            self._samples.figures_changed,
            self._samples.settings_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        noise = QAction(self.tr("New &noise"), menu)
        noise.setObjectName("samples-noise")
        noise.setShortcut(QKeySequence("Ctrl+Alt+N"))
        noise.triggered.connect(self._new_noise)
        menu.addAction(noise)
        measure = QAction(self.tr("&Measure samples"), menu)
        measure.setObjectName("samples-measure")
        measure.setShortcut(QKeySequence("Ctrl+Alt+F"))
        measure.triggered.connect(self._measure)
        menu.addAction(measure)
        menu.addSeparator()
        group = QActionGroup(menu)
        self._sources = {}
        for text, key, tip in source_names():
            action = QAction(self.tr("Samples: {0}").format(text), menu)
            action.setObjectName(f"samples-{key}")
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, key=key: self._choose(key))
            menu.addAction(action)
            self._sources[key] = action
        self._samples.settings_changed.connect(self._refresh_menu)
        self._refresh_menu()

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        for one in self.columns:
            one.refresh()
        self.footer.setText(self._common())

    def _common(self) -> str:
        """The text common to both sheets: the noise, and the images of the figures."""
        parts = []
        drawn = [sheet for sheet in self._samples.sheets if sheet is not None and len(sheet.codes)]
        sizes = {sheet.codes.shape[1] for sheet in drawn}
        seed = self._samples.settings.seed
        if len(drawn) > 1 and len(sizes) == 1:
            parts.append(self.tr("the same noise ε in both panes, seed {0}").format(seed))
        elif len(drawn) > 1:
            parts.append(self.tr("noise of its own for each latent size, seed {0}").format(seed))
        found = next((f for pane in self._panes if (f := self._samples.figures_of(pane.index)) is not None), None)
        if found is not None:
            parts.append(
                self.tr(
                    "↑ higher, ↓ lower is better; {0} samples beside {1} held-out images; real: as many others"
                ).format(count(found.fidelity.count), count(found.fidelity.real))
            )
        return " · ".join(parts)

    def _show(self) -> None:
        self._tools.panel_wanted.emit("samples")

    def _choose(self, key: str) -> None:
        self._samples.set_source(key)
        self._show()

    @Slot()
    def _new_noise(self) -> None:
        self._samples.new_noise()
        self._show()

    @Slot()
    def _measure(self) -> None:
        self._show()
        self._samples.measure_requested.emit()

    @Slot()
    def _refresh_menu(self) -> None:
        self._sources[self._samples.settings.source].setChecked(True)
