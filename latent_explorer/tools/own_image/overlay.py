"""Marks the code of the user's own image on the map."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.cursor_layer import draw_arrow
from latent_explorer.tools.own_image.state import Encoded, OwnImageState, Refined

#: Radius of the star at the encoder's code, and of the open one at the refined code.
_RADIUS, _REFINED = 10.0, 7.5
#: Distance from the map's edge of the arrow that points to a star beyond it.
_EDGE = 12.0
#: A star's inner corners, as a share of its radius.
_INNER = 0.44


class OwnImageOverlay(Overlay):
    """A filled star at the encoder's code; the path of a refinement, and an open star at its end."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._own = tools[OwnImageState]
        self._shown: tuple[Encoded | None, Refined | None] = (None, None)
        self._own.results_changed.connect(self._results_changed)
        pane.plane_changed.connect(self._plane_changed)

    @property
    def active(self) -> bool:
        return self.star() is not None

    def star(self) -> tuple[float, float] | None:
        """The image's position on the plane; None if there is none."""
        encoded = self._own.encoded[self.pane.index]
        points = None if encoded is None else self._project(encoded.code[None])
        return None if points is None else (float(points[0, 0]), float(points[0, 1]))

    def track(self) -> np.ndarray | None:
        """The path of the refinement on the plane, (k, 2)."""
        refined = self._own.refined[self.pane.index]
        return None if refined is None or len(refined.track) < 2 else self._project(refined.track)

    def _project(self, codes: np.ndarray) -> np.ndarray | None:
        plane = self.pane.plane
        if plane is None or codes.shape[1] != plane.latent or not np.isfinite(codes).all():
            return None
        return plane.project(codes)

    def made(self) -> Iterator[Made]:
        for one in (self._own.encoded[self.pane.index], self._own.refined[self.pane.index]):
            if one is not None:
                yield one.snapshot.number, True

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        spot = self.star()
        if spot is None:
            return
        halo, accent = QColor(tokens.map), theme().accent(self.pane.index)
        end = None
        track = self.track()
        if track is not None:
            line = QPolygonF([QPointF(*view.to_pixels(x, y)) for x, y in track.tolist()])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(halo, 5.0), QPen(QColor(tokens.text), 1.6)):
                painter.setPen(pen)
                painter.drawPolyline(line)
            end = line.at(line.size() - 1)
        place = QPointF(*view.to_pixels(*spot))
        if _seen(view, place):
            self._star(painter, place, _RADIUS, accent, tokens)
        else:
            edge = QPointF(
                min(max(place.x(), _EDGE), view.width - _EDGE), min(max(place.y(), _EDGE), view.height - _EDGE)
            )
            draw_arrow(painter, view, spot, edge, accent, tokens)
        if end is not None:
            self._star(painter, end, _REFINED, halo, tokens)

    @staticmethod
    def _star(painter: QPainter, spot: QPointF, size: float, fill: QColor, tokens: Tokens) -> None:
        corners = []
        for number in range(10):
            radius = size if number % 2 == 0 else size * _INNER
            angle = math.pi * number / 5
            corners.append(spot + QPointF(radius * math.sin(angle), -radius * math.cos(angle)))
        star = QPolygonF(corners)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_round_pen(QColor(tokens.map), 6.0))
        painter.drawPolygon(star)
        painter.setBrush(fill)
        painter.setPen(_round_pen(QColor(tokens.text), 1.6))
        painter.drawPolygon(star)

    def terms(self) -> tuple[str, ...]:
        return ("own_star",)

    def caption(self, view: ViewTransform) -> Caption | None:
        spot = self.star()
        if spot is None:
            return None
        if not _seen(view, QPointF(*view.to_pixels(*spot))):
            return Caption(self.tr("➤ your image is outside this view"), brief=self.tr("➤ your image"))
        if self.track() is not None:
            return Caption(self.tr("★ your image, ☆ refined z"))
        return Caption(self.tr("★ your image"))

    @Slot()
    def _results_changed(self) -> None:
        index = self.pane.index
        shown = (self._own.encoded[index], self._own.refined[index])
        if shown[0] is not self._shown[0] or shown[1] is not self._shown[1]:
            self._shown = shown
            self.changed.emit()

    @Slot()
    def _plane_changed(self) -> None:
        if self._shown[0] is not None:
            self.changed.emit()


def _seen(view: ViewTransform, place: QPointF) -> bool:
    return 0 <= place.x() <= view.width and 0 <= place.y() <= view.height


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
