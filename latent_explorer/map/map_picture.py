"""Renders a map for a file at any resolution, independently of the map on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay, paint_overlays
from latent_explorer.core.pane import PaneState
from latent_explorer.core.view_transform import ViewTransform, bounds_of
from latent_explorer.map.axes_layer import AxesLayer, paint_grid
from latent_explorer.map.cursor_layer import CursorLayer, draw_cursor
from latent_explorer.map.fit_bounds import with_chosen
from latent_explorer.map.notes_layer import NOTE_HEIGHT, left_out_note, paint_empty, paint_note
from latent_explorer.map.overlay_stack import OverlayStack
from latent_explorer.map.picked_layer import PickedLayer
from latent_explorer.map.point_colours import point_colours
from latent_explorer.map.point_layer import PointLayer

#: Width and height of a map in a figure, in pixels before the export's scale.
MAP_SIZE = (560.0, 520.0)


class MapPicture:
    """The current content of a pane's map: the points as a raster image, everything else as vector graphics.

    Its size is independent of the map on screen, so that a figure does not depend on the window. It shows what is
    visible on screen; if the view follows the points, all of them. A painter may scale it.
    """

    def __init__(
        self,
        pane: PaneState,
        explorer: ExplorerState,
        overlays: Sequence[Overlay],
        size: tuple[float, float] = MAP_SIZE,
    ) -> None:
        """`size`: width and height in pixels of the figure."""
        self._pane, self._explorer = pane, explorer
        self._overlays = [overlay for overlay in overlays if overlay.active]
        seen = pane.view or ViewTransform(*size)
        shrunk = min(size[0] / seen.width, size[1] / seen.height)
        view = replace(seen, scale=seen.scale * shrunk).resized(*size)
        bounds = None
        if pane.follows and pane.codes is not None:
            bounds = with_chosen(bounds_of(pane.codes.points), pane.axes, pane.codes)
        self.view = view.fitted(bounds) if bounds is not None else view

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens, font: QFont, *, cursor: bool = True) -> None:
        """Draw the map with its corner at (0, 0). `ratio`: raster pixels of the points per map pixel."""
        codes, view = self._pane.codes, self.view
        area = QRect(0, 0, int(view.width), int(view.height))
        painter.save()
        painter.setFont(font)
        painter.setClipRect(area)
        painter.fillRect(area, QColor(tokens.map))
        if codes is None or not len(codes.points):
            text = QCoreApplication.translate("LatentMap", "No map yet. Train, or open a checkpoint.")
            paint_empty(painter, area, text, tokens)
            painter.restore()
            return
        under = [overlay for overlay in self._overlays if overlay.below]
        paint_overlays(painter, under, view, tokens)
        names = self._pane.plane.names if self._pane.plane else ("", "")
        paint_grid(painter, view, tokens, up=bool(names[1]))
        layer = PointLayer()
        layer.set_points(codes.points)
        explorer = self._explorer
        losses = explorer.losses.values(explorer.colour_by)
        layer.set_colours(
            point_colours(explorer.data, codes.rows, explorer.colour_by, explorer.greyed, tokens, losses), tokens
        )
        layer.set_ruled(False, False)
        layer.set_clear(True)
        stack = OverlayStack(self._overlays)
        painter.setOpacity(stack.opacity_over(stack.active()))
        painter.drawImage(QRectF(area), layer.whole(view, ratio))
        painter.setOpacity(1.0)
        PickedLayer().paint(painter, view, codes, explorer.picked, tokens)
        paint_overlays(painter, [overlay for overlay in self._overlays if not overlay.below], view, tokens)
        axes = AxesLayer()
        axes.names = names
        axes.paint(painter, view, tokens, font, area)
        top = 6.0
        left_out = layer.chunks.left_out if layer.chunks is not None else 0
        if left_out:
            paint_note(painter, area, left_out_note(left_out), tokens)
            top += NOTE_HEIGHT
        stack.paint_captions(painter, view, tokens, font, top, axes.clearance(font))
        if cursor:
            self.paint_cursor(painter, self._pane.cursor, tokens)
        painter.restore()

    def paint_cursor(self, painter: QPainter, cursor: tuple[float, float], tokens: Tokens) -> None:
        """Draw the cursor at a plane position, or an arrowhead if it is outside the view."""
        accent = QColor(tokens.accents[self._pane.index % 2])
        layer = CursorLayer()
        x, y, seen = layer.place(self.view, cursor)
        if seen:
            draw_cursor(painter, QPointF(x, y), accent, tokens)
        else:
            layer.paint(painter, self.view, cursor, accent, tokens)
