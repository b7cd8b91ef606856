"""The picture of a latent map: its layers, and the lookup of points by position. Handles no events."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.axes_layer import AxesLayer
from latent_explorer.map.cursor_layer import CursorLayer
from latent_explorer.map.gesture_widget import GestureWidget
from latent_explorer.map.hover_layer import HoverLayer
from latent_explorer.map.hovered import hovered_point
from latent_explorer.map.notes_layer import NOTE_HEIGHT, left_out_note, paint_empty, paint_note
from latent_explorer.map.overlay_stack import OverlayStack
from latent_explorer.map.picked_layer import PickedLayer
from latent_explorer.map.point_layer import PointLayer

_HOVER_RADIUS = 9.0
#: Opacity of captions while the pointer is over them.
_ASIDE = 0.12
#: Parts of a map that are painted one by one.
_MOST_PARTS = 4
#: The room that overlays leave for captions changes in steps of this many px.
_STEP = 32
#: And only if they cover less than this fraction of their bounding rectangle, unlike a cursor's two positions.
_WORTH = 3


class MapCanvas(GestureWidget):
    """Paints the layers of a map.

    From bottom to top: ground, lower overlays, points, picked image, upper overlays, axes, captions, cursor, hover
    card.

    Attributes:
        stack: the tools' overlays.
    """

    def __init__(
        self,
        pane: PaneState,
        explorer: ExplorerState,
        overlays: Sequence[Overlay] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pane, self._explorer = pane, explorer
        self._view = ViewTransform(max(self.width(), 1), max(self.height(), 1))
        self._codes: PaneCodes | None = None
        #: Data rows of the points; the same array object for all refreshes that show the same rows.
        self._rows = np.empty(0, np.int64)
        self._cursor = pane.cursor
        #: The captions' rectangle, and whether the pointer is over it, which makes them nearly transparent.
        self._captions, self._aside = QRectF(), False
        #: The rectangle of a widget over the map's lower left corner.
        self._covered = QRect()
        self._points, self._axes = PointLayer(), AxesLayer()
        self._cursor_layer, self._picked, self._hover = CursorLayer(), PickedLayer(), HoverLayer()
        self.stack = OverlayStack(overlays, self)
        self.stack.changed.connect(self.update)
        explorer.hovered_changed.connect(self._show_hovered)
        self.setMinimumSize(140, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def drawn_points(self) -> int:
        """Number of dots in the picture on screen: a subset of the points while the view or the points move."""
        return self._points.drawn_points

    @property
    def rasterisations(self) -> int:
        """Number of times the points have been rasterised."""
        return self._points.rasterisations

    @property
    def left_out(self) -> int:
        """Number of points with non-finite codes, among those processed so far."""
        return self._points.chunks.left_out if self._points.chunks else 0

    @property
    def view(self) -> ViewTransform:
        """The current view."""
        return self._view

    def _see(self, view: ViewTransform) -> None:
        """Set the view and update the layers."""
        self._view = view
        self._pane.set_view(view)
        self._show_hovered()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def clear_corner(self) -> QPoint:
        """The lower left corner of the room that the numbers of the axes leave, in px."""
        return self._axes.corner(self._view, self.font()).toPoint()

    def keep_clear(self, place: QRect) -> None:
        """Set a rectangle covered by a widget, which the arrow to a cursor outside the view avoids."""
        if place != self._covered:
            self._covered = place
            self.update()

    # Positions.

    def _words(self) -> tuple[QRectF, ...]:
        """Rectangles that the arrow to a cursor outside the view must not cover."""
        covered = (self._captions, QRectF(self._covered))
        names = self._axes.names_at(self._view, self.font())
        return (*(rect for rect in covered if not rect.isEmpty()), *names)

    def _clear(self) -> tuple[QRectF, ...]:
        """Rectangles without overlay texts; captions in coarse steps, so that changing numbers do not move other
        texts.
        """
        captions = self._captions
        if not captions.isEmpty():
            left = _STEP * math.floor(captions.left() / _STEP)
            low = _STEP * math.ceil(captions.bottom() / _STEP)
            captions = QRectF(left, 0.0, self._view.width - left, low)
        names = self._axes.names_at(self._view, self.font())
        return (*(rect for rect in (captions, QRectF(self._covered)) if not rect.isEmpty()), *names)

    def row_near(self, position: QPointF) -> int | None:
        """Data row of the point nearest to a pixel position, at any distance."""
        for reach in (10.0, 40.0, 160.0, 4 * math.hypot(self._view.width, self._view.height)):
            place = self._place_near(position, reach)
            if place is not None:
                return int(self._rows[place])
        return None

    def _point_at(self, position: QPointF | None) -> None:
        """Highlight the data point under the pointer on all maps; None for no pointer."""
        aside = position is not None and self._captions.contains(position)
        if aside != self._aside:
            self._aside = aside
            self.update(self._captions.toAlignedRect())
        place = None if position is None or self._codes is None else self._place_near(position, _HOVER_RADIUS)
        row = None if place is None else int(self._rows[place])
        # A highlight from another map, or a row of pictures, must not be removed by a map without the pointer.
        rules = position is not None or self._pane.hovered is not None
        self._pane.set_hovered(row)
        if rules:
            self._explorer.set_hovered(row)

    @Slot()
    def _show_hovered(self) -> None:
        """Draw the highlighted row at its present position: the full card under the pointer, elsewhere only its
        picture.
        """
        row, hovered = self._explorer.hovered, None
        spot = None if row is None else self._spot_of(row)
        if row is not None and spot is not None:
            in_full = self._pane.hovered == row or self.led_by_keys
            hovered = hovered_point(spot, row, self._explorer, theme().tokens, in_full=in_full)
        if self._hover.shows(hovered):
            return
        self.update(self._hover.rect(self.size()))
        self._hover.set(hovered)
        self.update(self._hover.rect(self.size()))

    def _show_focus(self, shown: bool) -> None:
        super()._show_focus(shown)
        self._show_hovered()

    def _spot_of(self, row: int) -> tuple[float, float] | None:
        """Present position of a data row's point in px; None if it is not on the map or outside the view."""
        place = None if self._codes is None else self._codes.place_of(row)
        point = None if place is None else self._point_now(place)
        if point is None or not (math.isfinite(point[0]) and math.isfinite(point[1])):
            return None
        x, y = self._view.to_pixels(*point)
        return (x, y) if 0 <= x <= self._view.width and 0 <= y <= self._view.height else None

    def _point_now(self, place: int) -> tuple[float, float] | None:
        """Position of a point as drawn, in plane units; None if it is not drawn."""
        assert self._codes is not None
        x, y = self._codes.points[place].tolist()
        return x, y

    def _place_near(self, position: QPointF, radius: float) -> int | None:
        """Index of the point nearest to a pixel position within `radius` pixels, or None."""
        chunks = self._points.chunks
        x, y = self._view.to_world(position.x(), position.y())
        return None if chunks is None else chunks.nearest(x, y, radius / self._view.scale)

    # Drawing.

    def _draw_image(self) -> QImage:
        """The current map in device pixels, with every point, without focus frame and hover card."""
        ratio = self.devicePixelRatioF()
        aside, self._aside = self._aside, False
        while self._points.wants_refining(self._view, ratio):
            self._points.refine(self._view, ratio, 1.0)
        image = QImage(
            math.ceil(self.width() * ratio), math.ceil(self.height() * ratio), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            self._paint(painter, self.rect())
        self._aside = aside
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        # Old and new highlight may be far apart: the area between them is not copied.
        region = event.region()
        parts = list(iter(region)) if region.rectCount() <= _MOST_PARTS else []  # type: ignore[call-overload]
        if _area(event.rect()) <= _WORTH * sum(map(_area, parts)) or not parts:
            parts = [event.rect()]
        with QPainter(self) as painter:
            for part in parts:
                painter.setClipRect(part)
                self._paint(painter, part)
            painter.setClipping(False)
            self._hover.paint(painter, self.size(), theme().tokens, self.font())
            self.paint_focus(painter, theme().accent(self._pane.index))

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        """Paint everything except focus frame and hover card, which only appear on screen."""
        tokens = theme().tokens
        if self._codes is None:
            text = self._pane.vacancy or self.tr("No map yet. Train, or open a checkpoint.")
            paint_empty(painter, self.rect(), text, tokens)
            return
        active = self.stack.active()
        shown = self.stack.shown(active)
        under = any(overlay.below for overlay in active)
        self._points.set_clear(under)
        if under:
            painter.fillRect(dirty, QColor(tokens.map))
            self.stack.paint(painter, self._view, tokens, dirty, shown, below=True)
        painter.setOpacity(self.stack.opacity_over(active))
        self._points.paint(painter, self._view, self.devicePixelRatioF(), dirty)
        painter.setOpacity(1.0)
        # Below the overlays, so that an overlay's mark on the picked image, such as a path's end, stays legible.
        self._picked.paint(painter, self._view, self._codes, self._explorer.picked, tokens)
        self.stack.paint(painter, self._view, tokens, dirty, shown, below=False, clear=self._clear())
        self._axes.paint(painter, self._view, tokens, self.font(), dirty)
        top = 6.0
        if self.left_out:
            paint_note(painter, self.rect(), left_out_note(self.left_out), tokens)
            top += NOTE_HEIGHT
        # Changes of captions repaint the entire map: a part without captions has none to paint.
        if dirty.contains(self.rect()) or self._captions.intersects(QRectF(dirty)):
            painter.setOpacity(_ASIDE if self._aside else 1.0)
            left = self._axes.clearance(self.font())
            former = self._clear()
            self._captions = self.stack.paint_captions(painter, self._view, tokens, self.font(), top, left)
            if self._clear() != former:
                self.update()  # what overlays wrote may be under the captions
            painter.setOpacity(1.0)
        self._cursor_layer.clear_of = self._words()
        self._cursor_layer.paint(painter, self._view, self._cursor, theme().accent(self._pane.index), tokens)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()
