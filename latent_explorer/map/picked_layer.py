"""Draws the mark of the picked data image: a diamond around its point, with a ring inside."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform

_DIAMOND, _RING = 10.0, 3.5


class PickedLayer:
    """Draws the mark over the points; nothing if the picked image is not on the map."""

    def spot(self, view: ViewTransform, codes: PaneCodes, picked: int | None) -> QPointF | None:
        """Pixel position of the picked data row; None if it is not on the map."""
        if picked is None:
            return None
        place = codes.place_of(picked)
        if place is None or not np.isfinite(codes.points[place]).all():
            return None
        return QPointF(*view.to_pixels(*codes.points[place].tolist()))

    def paint(
        self, painter: QPainter, view: ViewTransform, codes: PaneCodes, picked: int | None, tokens: Tokens
    ) -> None:
        """Draw the mark."""
        spot = self.spot(view, codes, picked)
        if spot is None:
            return
        mark = QPainterPath(spot + QPointF(0, -_DIAMOND))
        for corner in (QPointF(_DIAMOND, 0), QPointF(0, _DIAMOND), QPointF(-_DIAMOND, 0)):
            mark.lineTo(spot + corner)
        mark.closeSubpath()
        mark.addEllipse(spot, _RING, _RING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.strokePath(mark, QPen(QColor(tokens.map), 4.0))
        painter.strokePath(mark, QPen(QColor(tokens.text), 1.5))
        painter.restore()
