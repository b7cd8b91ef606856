"""The gesture of all lassos: a polygon that follows the hand, and the images inside it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.lasso_rows import rows_inside

#: Pixels between two corners of the polygon.
_STEP = 3.0


class Lasso:
    """One polygon in map pixels, from press to release."""

    def __init__(self) -> None:
        self._polygon: list[QPointF] = []

    @property
    def drawing(self) -> bool:
        """Whether a button is held."""
        return bool(self._polygon)

    def begin(self, position: QPointF) -> None:
        """A button was pressed."""
        self._polygon = [QPointF(position)]

    def extend(self, position: QPointF) -> bool:
        """The hand moved; whether there is another corner to draw."""
        if not self._polygon or (position - self._polygon[-1]).manhattanLength() < _STEP:
            return False
        self._polygon.append(QPointF(position))
        return True

    def end(self, view: ViewTransform, codes: PaneCodes | None) -> np.ndarray | None:
        """The button was released: data rows inside, int64 (n,); None if that was no more than a click."""
        polygon, self._polygon = self._polygon, []
        return rows_inside(polygon, view, codes) if len(polygon) > 2 and codes is not None else None

    def cancel(self) -> None:
        """Forget it."""
        self._polygon = []

    def paint(self, painter: QPainter, colour: QColor, tokens: Tokens) -> None:
        """Draw it, filled faintly with `colour`."""
        if len(self._polygon) < 2:
            return
        fill = QColor(colour)
        fill.setAlphaF(0.14)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(tokens.text), 1.5, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF(self._polygon), Qt.FillRule.OddEvenFill)
