"""Marks the draws of the picked image's posterior on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.drawing.offers import draw_from
from latent_explorer.tools.drawing.state import DrawingState, Draws

#: Half the side of a draw's cross, and of the square at the mean.
_ARM, _SQUARE = 4.0, 4.0
#: Maximum distance in pixels of a click on the picked image's mark.
_NEAR = 12.0


class DrawsOverlay(Overlay):
    """An upright cross for each draw, a filled square at the mean; while the panel shows the draws."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._drawing = tools[DrawingState]
        self._drawing.drawn_changed.connect(self.refresh)
        self._drawing.settings_changed.connect(self.refresh)
        self._drawing.shown_changed.connect(self.refresh)
        pane.plane_changed.connect(self._turned)

    def _draws(self) -> Draws | None:
        return self._drawing.draws(self.pane.index) if self._drawing.shown else None

    @property
    def active(self) -> bool:
        return self.points() is not None

    def points(self) -> np.ndarray | None:
        """The mean and then the draws on the plane, (1 + n, 2); None without any."""
        draws, plane = self._draws(), self.pane.plane
        if draws is None or plane is None or not len(draws.codes) or len(draws.mean) != plane.latent:
            return None
        return plane.project(np.concatenate([draws.mean[None], draws.codes]))

    def made(self) -> Iterator[Made]:
        draws = self._draws()
        yield MISSING if draws is None else (draws.snapshot.number, True)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        points = self.points()
        if points is None:
            return
        spots = [QPointF(*view.to_pixels(*point)) for point in points.tolist() if np.isfinite(point).all()]
        for spot in spots[:1]:
            square = QRectF(spot.x() - _SQUARE, spot.y() - _SQUARE, 2 * _SQUARE, 2 * _SQUARE)
            painter.setPen(QPen(QColor(tokens.map), 4.5))
            painter.drawRect(square)
            painter.setPen(QPen(QColor(tokens.text), 1.4))
            painter.setBrush(theme().accent(self.pane.index))
            painter.drawRect(square)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(tokens.map), 4.5), QPen(QColor(tokens.text), 1.8)):
            painter.setPen(pen)
            for spot in spots[1:]:
                painter.drawLine(spot - QPointF(_ARM, 0), spot + QPointF(_ARM, 0))
                painter.drawLine(spot - QPointF(0, _ARM), spot + QPointF(0, _ARM))

    def terms(self) -> tuple[str, ...]:
        return ("draws", "sigma")

    def caption(self, view: ViewTransform) -> Caption | None:
        if self.points() is None:
            return None
        return Caption(self.tr("■ μ, + draws from q(z|x) of the image"), brief=self.tr("■ μ, + draws"))

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        row = self.pane.hovered
        picked, codes = self.explorer.picked, self.pane.codes
        place = None if picked is None or codes is None else codes.place_of(picked)
        if place is not None and codes is not None:
            spot = QPointF(*view.to_pixels(*codes.points[place].tolist()))
            if (spot - position).manhattanLength() <= _NEAR:
                row = picked
        return [] if row is None else [draw_from(self.tools, self.explorer, row)]

    @Slot()
    def _turned(self) -> None:
        if self._draws() is not None:
            self.refresh()
