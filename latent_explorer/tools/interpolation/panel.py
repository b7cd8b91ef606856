"""Film strips between stops, one per model, on one slider, with the measured curve under them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.controls.jump_slider import JumpSlider
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.tools.interpolation.actions import InterpolationActions
from latent_explorer.tools.interpolation.path_curve import PathCurve
from latent_explorer.tools.interpolation.path_head import PathHead
from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer.tools.interpolation.strip_row import StripRow

#: Half the width of the slider's handle, the margin of its groove.
_HANDLE = 7
_SPACING = 4
#: Qt's own upper limit of a widget's size.
_NO_LIMIT = 16_777_215
#: Minimum interval of redraws (ms): as fast as strips arrive, both together if they arrive together.
_INTERVAL = 16


class InterpolationPanel(PanelFrame):
    """Head, strips, slider, curve; or instructions while there are no stops."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("interpolationPanel", tools[InterpolationState])
        self.setAccessibleName(self.tr("Interpolation"))
        self._state = tools[InterpolationState]
        self._panes = panes
        self.actions_of_path = InterpolationActions(explorer, panes, tools, self)
        self.head = PathHead(explorer, self._state, self.actions_of_path)
        self.rows = [StripRow(pane, self._state) for pane in panes]
        self.slider = JumpSlider()
        self.slider.setObjectName("pathSlider")
        self.slider.setAccessibleName(self.tr("Frame"))
        self.slider.setPageStep(4)
        self.slider.valueChanged.connect(self._moved)
        self.curve = PathCurve(self._state)
        self.curve.chosen.connect(self._state.show_frame)
        self._build()
        self._pace = self.throttle(self.redraw, interval=_INTERVAL)
        for signal in (
            self._state.stops_changed,
            self._state.settings_changed,
            self._state.frame_changed,
            self._state.strip_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def _build(self) -> None:
        self.empty = QWidget(self)  # a child from the start: the stack would show it as a window
        self.hint = PlainLabel()
        refer(self.hint, "frames")
        self.hint.setObjectName("pathHint")
        self.hint.setProperty("role", "caption")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.example = LabelledButton("play", self.tr("Two images as an example"))
        self.example.setObjectName("pathExample")
        self.example.clicked.connect(self._state.example_wanted)
        middle = QVBoxLayout(self.empty)
        middle.addStretch(1)
        middle.addWidget(self.hint)
        middle.addWidget(self.example, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        body = self._body = QWidget()
        self._strips = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._strips.setSpacing(_SPACING)
        for row in self.rows:
            self._strips.addWidget(row, 1)
        self._slider_row = QHBoxLayout()
        self._slider_row.addWidget(self.slider)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        # The strips get what they can use (`_share_height`), the curve the rest.
        column.addLayout(self._strips, 100)
        column.addLayout(self._slider_row)
        column.addWidget(self.curve, 1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 12, 6)
        whole.setSpacing(4)
        whole.addWidget(self.head)
        whole.addLayout(self._pages, 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        self.actions_of_path.fill(menu)

    def hideEvent(self, event: QHideEvent) -> None:
        if event.spontaneous():
            return  # the window is minimised
        self._state.set_playing(False)  # nobody sees it
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pace.touch()

    @Slot(int)
    def _moved(self, frame: int) -> None:
        if frame != self._state.frame:
            self._state.show_frame(frame)

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        state = self._state
        if not state.chosen:
            self.hint.setText(self._what_to_do())
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentIndex(1)
        grid = state.as_grid
        self._strips.setDirection(QBoxLayout.Direction.LeftToRight if grid else QBoxLayout.Direction.TopToBottom)
        for row in self.rows:
            row.refresh()
        self.slider.setVisible(not grid)
        self.curve.setVisible(not grid)
        self._share_height(grid)
        if grid:
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(state.count - 1, 0))
        self.slider.setValue(state.frame)
        self.slider.blockSignals(False)
        # Slider and curve are under the frames that they belong to.
        strip = self.rows[0].strip if 0 in state.strips else self.rows[-1].strip
        shown = strip.shown()
        middle = shown[0][1].center().x() if shown else 10.0
        margin = max(0, round(middle) - _HANDLE)
        self._slider_row.setContentsMargins(margin, 0, margin, 0)
        self.curve.ends = middle
        self.curve.names = tuple(pane.model.short if pane.model is not None else "" for pane in self._panes)
        self.curve.refresh()

    def _share_height(self, grid: bool) -> None:
        """Set the strips' height for an integer scale of pictures; the curve gets the rest."""
        if grid:
            room = [self._body.height() - row.caption_height for row in self.rows]
        else:
            spare = self._body.height() - self.slider.height() - self.curve.minimumHeight() - 3 * _SPACING
            spare -= sum(row.caption_height for row in self.rows)
            room = [spare // len(self.rows)] * len(self.rows)
        for row, most in zip(self.rows, room, strict=True):
            least = row.strip.minimumHeight()
            # Small pictures in whole scales may take less than the least.
            high = max(least, row.strip.height_within(max(least, most)))
            row.strip.setMaximumHeight(high)
            row.setMaximumHeight(_NO_LIMIT if grid else high + row.caption_height)

    def _what_to_do(self) -> str:
        stops = self._state.stops
        if stops and stops[0] is not None:
            return self.tr("A is chosen. Point at another image on a map and press B, or any free place.")
        if len(stops) > 1:
            return self.tr("B is chosen. Point at another image on a map and press A, or any free place.")
        return self.tr(
            "Point at an image on a map and press A, at another and press B (or click with the right button): "
            "each model's way from A to B is shown here. C adds further stops; drag the lettered handles to move "
            "them."
        )
