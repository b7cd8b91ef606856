"""The panel of the true posterior: the picked image, and a half for each pane."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.picture_view import PictureView
from latent_explorer.tools.true_posterior import words as words
from latent_explorer.tools.true_posterior.bar import span_of
from latent_explorer.tools.true_posterior.column import PosteriorColumn
from latent_explorer.tools.true_posterior.overlay import zoom_to
from latent_explorer.tools.true_posterior.state import TruePosteriorState
from latent_explorer.words.plain_text import menu_text

_SIDE, _PICTURE = 132, 84


class TruePosteriorPanel(PanelFrame):
    """Follows the picked image."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("truePosteriorPanel", tools[TruePosteriorState])
        self._explorer, self._panes, self._tools = explorer, panes, tools
        self._state = tools[TruePosteriorState]
        self.setAccessibleName(self.tr("True posterior of the picked image"))
        self.picture = PictureView(self.tr("Picked image"), parent=self)
        self.picture.setObjectName("truePosteriorImage")
        self.picture.setFixedHeight(_PICTURE)
        self.name = ElidedLabel()
        self.name.setProperty("role", "caption")
        refer(self.name, "nearest_image")
        self.on_maps = QPushButton(menu_text(self.tr("On the maps")))
        self.on_maps.setObjectName("truePosteriorOnMaps")
        self.on_maps.setCheckable(True)
        self.on_maps.setToolTip(self.tr("p(z|x) and q(z|x) of the picked image on both maps (Ctrl+Shift+9)"))
        self.on_maps.clicked.connect(lambda on: tools.overlays.switch("truth", on))
        self.zoom = QPushButton(menu_text(self.tr("Zoom to it")))
        self.zoom.setObjectName("truePosteriorZoom")
        self.zoom.setToolTip(self.tr("Both maps look at the posteriors of the picked image"))
        self.zoom.clicked.connect(self._zoom)
        self.columns = [PosteriorColumn(pane) for pane in panes]
        self._build()
        self.set_first(self.on_maps)
        self._pace = self.throttle(self.redraw, interval=33)
        for signal in (
            self._state.found_changed,
            explorer.picked_changed,
            explorer.data_changed,
            tools.overlays.changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._pace.touch()

    def _build(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(self.name)
        column.addWidget(self.on_maps)
        column.addWidget(self.zoom)
        column.addStretch(1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 6)
        row.setSpacing(GAP + 6)
        row.addWidget(side)
        for one in self.columns:
            row.addWidget(one, 1)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        action = QAction(self.tr("&Zoom both maps to it"), menu)
        action.setObjectName("true-posterior-zoom")
        action.triggered.connect(self._zoom)
        menu.addAction(action)

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        explorer, picked = self._explorer, self._explorer.picked
        data = explorer.data
        image, label = None, ""
        if data is not None and picked is not None and picked < data.count:
            image, label = data.picture(picked), data.label(picked)
        self.picture.set_picture(image)
        self.picture.set_empty_text(self.tr("no image is picked") if picked is None else self.tr("no image"))
        name = "" if picked is None else self.tr("image {number}").format(number=explorer.called(picked))
        self.name.setText(" · ".join(filter(None, (name, label))))
        self.on_maps.setChecked(self._tools.overlays.on("truth"))
        found = [self._state.found(pane.index, picked) for pane in self._panes]
        span = span_of([one for one in found if one is not None])
        self.zoom.setEnabled(any(one is not None and one.box is not None for one in found))
        for place, (pane, column, one) in enumerate(zip(self._panes, self.columns, found, strict=True)):
            if picked is None:
                said = words.none_picked()
            elif one is None:
                said = words.computing()
            else:
                said = words.reason_text(one, pane)
            column.show_found(one, said, span)
            # Figures need more room than a reason.
            self._row.setStretch(1 + place, 3 if one is not None and not one.reason else 2)

    @Slot()
    def _zoom(self) -> None:
        self._tools.overlays.switch("truth", True)
        for pane in self._panes:
            zoom_to(pane, self._state.found(pane.index, self._explorer.picked))
