"""The gesture of all lassos: a polygon drawn by hand or corner by corner with keys, and the images inside it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.lasso_rows import rows_inside

#: Pixels between two corners of a polygon drawn by hand, and half the side of a corner set by key.
_STEP, _CORNER = 3.0, 3.0
#: Sides in px of the picture in which a polygon set by key is filled, independent of the map's view.
_SIDE = 2048.0
_CLOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Lasso:
    """One polygon in plane coordinates, so that it stays around its points when the view moves.

    By hand: `begin`, `extend`, `end`. By keyboard: `key` takes Space, which sets a corner at the cursor, and
    Backspace, which takes the last one back; `closes` says which key ends it.
    """

    def __init__(self) -> None:
        self._polygon: list[tuple[float, float]] = []
        self._by_key = False
        self._last = QPointF()

    @property
    def drawing(self) -> bool:
        """Whether there is a polygon: a button is held, or corners were set."""
        return bool(self._polygon)

    @property
    def by_key(self) -> bool:
        """Whether corners were set by key: the line then continues to the cursor."""
        return self.drawing and self._by_key

    def begin(self, position: QPointF, view: ViewTransform) -> None:
        """A button was pressed."""
        self._polygon = [view.to_world(position.x(), position.y())]
        self._last, self._by_key = QPointF(position), False

    def extend(self, position: QPointF, view: ViewTransform) -> bool:
        """The pointer moved; True if a corner was added."""
        if not self._polygon or self._by_key or (position - self._last).manhattanLength() < _STEP:
            return False
        self._polygon.append(view.to_world(position.x(), position.y()))
        self._last = QPointF(position)
        return True

    def end(self, view: ViewTransform, codes: PaneCodes | None) -> np.ndarray | None:
        """The button was released: data rows inside, int64 (n,); None if it was only a click."""
        polygon, self._polygon = self._polygon, []
        return _inside(polygon, view, codes)

    def key(self, event: QKeyEvent, cursor: tuple[float, float]) -> bool:
        """Set a corner at `cursor` (plane coordinates), or remove the last one; True if the key was used."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Space:
            if not self._by_key:
                self._polygon, self._by_key = [], True
            if not event.isAutoRepeat() and self._polygon[-1:] != [cursor]:
                self._polygon.append(cursor)
            return True
        if event.key() == Qt.Key.Key_Backspace and self.by_key:
            self._polygon.pop()
            return True
        return False

    def closes(self, event: QKeyEvent) -> bool:
        """Whether the key ends a polygon that was set by key, with Ctrl and Shift as for one drawn by hand."""
        return event.key() in _CLOSING and self.by_key

    def close(self, codes: PaneCodes | None) -> np.ndarray | None:
        """Enter was pressed: data rows inside, int64 (n,), also beyond the edges; None below three corners."""
        polygon, self._polygon = self._polygon, []
        if len(polygon) < 3:
            return None
        corners = np.array(polygon)
        (left, bottom), (right, top) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        return _inside(polygon, ViewTransform(_SIDE, _SIDE).fitted((left, bottom, right, top)), codes)

    def cancel(self) -> None:
        """Discard the polygon."""
        self._polygon = []

    def paint(
        self,
        painter: QPainter,
        view: ViewTransform,
        cursor: tuple[float, float],
        colour: QColor,
        tokens: Tokens,
    ) -> None:
        """Draw it, filled faintly with `colour`; set by key it has marks at its corners and goes to `cursor`."""
        way = [QPointF(*view.to_pixels(*corner)) for corner in self._polygon]
        corners = list(way) if self.by_key else []
        if corners:
            way.append(QPointF(*view.to_pixels(*cursor)))
        if len(way) < 2:
            return
        fill = QColor(colour)
        fill.setAlphaF(0.14)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(tokens.text), 1.5, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF(way), Qt.FillRule.OddEvenFill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        for corner in corners:
            painter.drawRect(QRectF(corner.x() - _CORNER, corner.y() - _CORNER, 2 * _CORNER, 2 * _CORNER))


def _inside(polygon: list[tuple[float, float]], view: ViewTransform, codes: PaneCodes | None) -> np.ndarray | None:
    if len(polygon) < 3 or codes is None:
        return None
    return rows_inside([QPointF(*view.to_pixels(*corner)) for corner in polygon], view, codes)
