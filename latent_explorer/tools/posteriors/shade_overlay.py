"""The union of all posteriors' ellipses, shaded under the points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Slot
from PySide6.QtGui import QColor, QImage, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.visible_part import draw_visible
from latent_explorer.tools.posteriors.belonging import made_of_posteriors
from latent_explorer.tools.posteriors.state import PosteriorsState, UnionPicture

#: Opacity within 2σ and within 1σ.
_SHADES = (0.22, 0.5)


class PosteriorShadeOverlay(Overlay):
    """Paints the newest union in any view; `PosteriorOverlay` has its caption."""

    below = True

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._made: tuple[UnionPicture, Tokens, QImage] | None = None
        self._shown: UnionPicture | None = None
        tools[PosteriorsState].changed.connect(self._changed)

    @property
    def active(self) -> bool:
        union = self.tools[PosteriorsState].union(self.pane.index)
        return union is not None and bool(union.levels.size)

    @Slot(int)
    def _changed(self, index: int) -> None:
        union = self.tools[PosteriorsState].union(index)
        if index == self.pane.index and union is not self._shown:
            self._shown = union
            self.changed.emit()

    def made(self) -> Iterator[Made]:
        return made_of_posteriors(self.pane, self.tools)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        union = self.tools[PosteriorsState].union(self.pane.index)
        if union is None or not union.levels.size:
            return
        if self._made is None or self._made[0] is not union or self._made[1] is not tokens:
            self._made = (union, tokens, shaded(union, QColor(tokens.accents[self.pane.index % 2])))
        left, bottom, right, top = union.rect
        area = QRectF(QPointF(*view.to_pixels(left, top)), QPointF(*view.to_pixels(right, bottom)))
        seen = QRectF(0, 0, view.width, view.height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_visible(painter, self._made[2], area, seen)


def shaded(union: UnionPicture, colour: QColor) -> QImage:
    """The union in shades of `colour`."""
    ramp = np.zeros((3, 4), np.float64)
    for level, alpha in enumerate(_SHADES, start=1):
        ramp[level] = [colour.blue() * alpha, colour.green() * alpha, colour.red() * alpha, 255 * alpha]
    pixels = np.ascontiguousarray(np.rint(ramp).astype(np.uint8)[union.levels])
    rows, columns = union.levels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the buffer is temporary
