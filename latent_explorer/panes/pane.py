"""One pane: a model's latent map, and the pictures and numbers at its cursor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import PANEL_RADIUS, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.map.map_canvas import MapCanvas
from latent_explorer.panes.lamps import Lamps
from latent_explorer.panes.pane_header import PaneHeader
from latent_explorer.panes.picture_column import PictureColumn

_EDGE = 3
#: Px between the lamps and the right edge of their map.
_CLEAR = 8


class Pane(QFrame):
    """A panel with its accent on the upper edge: header, map, and the column of pictures.

    Signals:
        fit_requested: the user requests to fit the map; connected to the map's `fit` if it has one.
        failed(str): a sentence on a failed request of the user.
    """

    fit_requested = Signal()
    failed = Signal(str)

    def __init__(
        self,
        pane: PaneState,
        explorer: ExplorerState,
        training: TrainingState,
        models: ModelsState,
        tools: ToolStates,
        map_widget: QWidget,
    ) -> None:
        super().__init__()
        self.pane = pane
        self.map = map_widget
        self.setObjectName(f"pane{pane.index}")
        self.setProperty("role", "panel")
        self.header = PaneHeader(pane, explorer, training, models, tools)
        self.column = PictureColumn(pane, explorer, tools)
        self.lamps = Lamps(pane, training, self.map)
        self._build()
        self._corner = _Corner(self)
        pane.model_changed.connect(self._show_model)
        pane.names_changed.connect(self._show_model)
        theme().changed.connect(self.update)
        self.header.fit_requested.connect(self.fit_requested)
        fit = getattr(map_widget, "fit", None)
        if callable(fit):
            self.fit_requested.connect(fit)
        for view in self.column.views:
            view.failed.connect(self.failed)
        self.lamps.resized.connect(self._place_lamps)
        pane.view_changed.connect(self._place_lamps)
        pane.plane_changed.connect(self._place_lamps)
        theme().changed.connect(self._place_lamps)
        self._show_model()

    def _build(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.column)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.map, 1)
        body.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, _EDGE, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    @Slot()
    def _show_model(self) -> None:
        model = self.pane.model
        self.setAccessibleName(model.title if model is not None else self.tr("Pane without a model"))
        self._share_width()

    def _beside_column(self) -> int:
        """Height in px of everything above and below the column: edge, header, and the panel's frame."""
        return self.height() - self.contentsRect().height() + self.header.sizeHint().height() + _EDGE + 1

    def _share_width(self) -> None:
        height = self.height() - self._beside_column()
        width = self.column.width_for(self.width(), height)
        if height < self.column.minimumSizeHint().height():
            width += self._scroll.verticalScrollBar().sizeHint().width()
        if width != self._scroll.width():
            self._scroll.setFixedWidth(width)

    def set_bare(self, bare: bool) -> None:
        """Hide buttons."""
        self.header.set_bare(bare)
        self.column.set_bare(bare)
        self._share_width()

    def height_for_pictures(self) -> int:
        """The minimum height at which pictures have their intended size with an open panel."""
        return self._beside_column() + self.column.height_for_low()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        self._corner.move(0, self.height() - PANEL_RADIUS)
        self._corner.raise_()
        self._place_lamps()

    @Slot()
    def _place_lamps(self) -> None:
        """Place the lamps in the map's lower left corner, beside the numbers of its axes."""
        corner = self.map.clear_corner() if isinstance(self.map, MapCanvas) else QPoint(0, self.map.height())
        self.lamps.set_room(self.map.width() - corner.x() - _CLEAR, self.map.height())
        place = QRect(QPoint(corner.x(), corner.y() - self.lamps.height()), self.lamps.size())
        if place.topLeft() != self.lamps.pos():
            self.lamps.move(place.topLeft())
        if isinstance(self.map, MapCanvas):
            self.map.keep_clear(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(self.rect()), PANEL_RADIUS, PANEL_RADIUS)
        above = QPainterPath()
        above.addRect(QRectF(0, 0, self.width(), _EDGE))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(edge.intersected(above), theme().accent(self.pane.index))


class _Corner(QWidget):
    """Rounds the lower left corner of the map, which is a plain rectangle."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.setFixedSize(PANEL_RADIUS, PANEL_RADIUS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        arc = QPainterPath()
        arc.addRoundedRect(QRectF(0.5, -20, 60, 20 + PANEL_RADIUS - 0.5), PANEL_RADIUS, PANEL_RADIUS)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(outside.subtracted(arc), QColor(tokens.window))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawPath(arc)
