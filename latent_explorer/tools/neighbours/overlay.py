"""The neighbours of the picked image, marked on a map."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.neighbours.state import PIXELS, Found, NeighboursState
from latent_explorer.tools.neighbours.words import SIGNS

#: Half the size of a measure's mark in px: an image that is near by several measures has one around the other.
_RADII = (5.0, 8.0, 11.0)


class NeighboursOverlay(Overlay):
    """A circle around each neighbour by the left model's codes, a square by the right one's, a diamond by pixels.

    On both maps, while the panel is shown and the overlay is switched on.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[NeighboursState]
        self._state.found_changed.connect(self.refresh)
        self._state.shown_changed.connect(self.refresh)
        explorer.picked_changed.connect(self.refresh)
        pane.codes_changed.connect(self.refresh)
        tools.overlays.changed.connect(self._switched)

    @property
    def active(self) -> bool:
        return (
            self._state.shown
            and self.tools.overlays.on("neighbours")
            and self.pane.codes is not None
            and bool(self.found())
        )

    def found(self) -> list[Found]:
        """What is marked."""
        picked = self.explorer.picked
        return [one for one in self._state.found.values() if one.of == picked and not one.reason]

    def made(self) -> Iterator[Made]:
        own = self._state.found.get(self.pane.index)
        if own is not None and own.number is not None:
            yield own.number, True

    def points(self, found: Found) -> np.ndarray:
        """Where the neighbours that are on this map lie on its plane, (m, 2)."""
        codes = self.pane.codes
        if codes is None:
            return np.empty((0, 2), np.float32)
        places = [place for row in found.rows.tolist() if (place := codes.place_of(row)) is not None]
        points = codes.points[places]
        return points[np.isfinite(points).all(axis=1)]

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for found in self.found():
            accent = QColor(tokens.text) if found.measure == PIXELS else theme().accent(found.measure)
            marks = QPainterPath()
            for x, y in self.points(found).tolist():
                spot = QPointF(*view.to_pixels(x, y))
                if -20 < spot.x() < view.width + 20 and -20 < spot.y() < view.height + 20:
                    _add_mark(marks, spot, found.measure)
            painter.strokePath(marks, QPen(QColor(tokens.map), 4.0))
            painter.strokePath(marks, QPen(accent, 1.8))

    def terms(self) -> tuple[str, ...]:
        return ("neighbour_distance", "neighbour_count")

    def caption(self, view: ViewTransform) -> Caption | None:
        names = (self.tr("left model's codes"), self.tr("right model's codes"), self.tr("pixels"))
        measures = sorted(found.measure for found in self.found())
        said = ", ".join(f"{SIGNS[measure]} {names[measure]}" for measure in measures)
        text = self.tr("neighbours: {measures}").format(measures=said)
        brief = self.tr("neighbours: {measures}").format(measures=" ".join(SIGNS[measure] for measure in measures))
        return Caption(text, brief=brief)

    @Slot(str)
    def _switched(self, name: str) -> None:
        if name == "neighbours":
            self.refresh()


def _add_mark(path: QPainterPath, spot: QPointF, measure: int) -> None:
    radius = _RADII[measure]
    if measure == 0:
        path.addEllipse(spot, radius, radius)
    elif measure == 1:
        path.addRect(QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius))
    else:
        path.moveTo(spot + QPointF(0, -radius))
        for corner in (QPointF(radius, 0), QPointF(0, radius), QPointF(-radius, 0), QPointF(0, -radius)):
            path.lineTo(spot + corner)
