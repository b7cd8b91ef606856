"""The latent map: one dot a data image, a cursor to drag, pan and zoom. Draws what state says."""

from __future__ import annotations

import math
import time

import numpy as np
from PySide6.QtCore import QPointF, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from latent_explorer.state.explorer import ExplorerState
from latent_explorer.state.pane import PaneCodes, PaneState
from latent_explorer.state.view_transform import Rect, ViewTransform
from latent_explorer.theme import theme
from latent_explorer.views.map.axes_layer import AxesLayer
from latent_explorer.views.map.cursor_layer import CursorLayer
from latent_explorer.views.map.gesture_widget import GestureWidget
from latent_explorer.views.map.hover_layer import HoverLayer
from latent_explorer.views.map.hovered import hovered_point
from latent_explorer.views.map.map_actions import MapActions
from latent_explorer.views.map.map_description import describe_map
from latent_explorer.views.map.map_motion import MapMotion
from latent_explorer.views.map.notes_layer import paint_empty, paint_note
from latent_explorer.views.map.picked_layer import PickedLayer
from latent_explorer.views.map.point_colours import ColourMemory
from latent_explorer.views.map.point_layer import PointLayer

#: Time the points may take at once when nothing moves; longer would be felt in a drag.
_REFINE_SECONDS = 0.004
#: Rest before the full picture is drawn: after a change of scale, and after the points themselves moved.
_AFTER_ZOOM_MS = 40
_AFTER_MOTION_MS = 350
_FRAME_MS = 33
_HOVER_RADIUS = 9.0


class LatentMap(GestureWidget):
    """One pane's map.

    Signals:
        save_requested: a person asks to save the map as a picture (`grab_image` gives it).

    Attributes:
        reduced_motion: whether points jump instead of gliding; None asks the desktop.
        map_actions: what gestures do, for menus and shortcuts that do the same.
    """

    save_requested = Signal()

    def __init__(self, pane: PaneState, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reduced_motion: bool | None = None
        self._pane, self._explorer = pane, explorer
        self._view = ViewTransform(max(self.width(), 1), max(self.height(), 1))
        self._bounds: Rect | None = None
        #: The view follows the points until a person chooses another one.
        self._follows = True
        self._codes: PaneCodes | None = None
        #: Data rows of the points, one array for all refreshes that show the same rows.
        self._rows = np.empty(0, np.int64)
        self._colours = ColourMemory()
        self._cursor = pane.cursor
        self._points, self._axes = PointLayer(), AxesLayer()
        self._cursor_layer, self._picked, self._hover = CursorLayer(), PickedLayer(), HoverLayer()
        self._motion = MapMotion(self._points)
        self._refining, self._frames = QTimer(self), QTimer(self)
        self._refining.setSingleShot(True)
        self._refining.timeout.connect(self._refine)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._next_frame)
        describe_map(self, pane.index)
        self.setMinimumSize(160, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.map_actions = MapActions(self, pane, explorer)
        self.listen(self.map_actions)
        pane.model_changed.connect(self._on_model)
        pane.codes_changed.connect(self._on_codes)
        pane.plane_changed.connect(self._on_plane)
        pane.cursor_changed.connect(self._on_cursor)
        explorer.data_changed.connect(self._on_colours)
        explorer.colour_changed.connect(self._on_colours)
        explorer.picked_changed.connect(self.update)
        theme().changed.connect(self._on_colours)
        self._on_plane()
        self._on_codes()

    @property
    def drawn_points(self) -> int:
        """Dots in the picture on screen: fewer than there are points while the view or the points move."""
        return self._points.drawn_points

    @property
    def rasterisations(self) -> int:
        """How often the points have been drawn since the start."""
        return self._points.rasterisations

    @property
    def at_rest(self) -> bool:
        """Whether the picture on screen holds every point and nothing moves."""
        waits = self._points.wants_refining(self._view, self.devicePixelRatioF())
        return not self._motion.running and not waits

    @property
    def left_out(self) -> int:
        """Points whose codes are not finite, as far as they have been looked at."""
        return self._points.chunks.left_out if self._points.chunks else 0

    @property
    def view(self) -> ViewTransform:
        """Where the map looks."""
        return self._view

    def set_view(self, view: ViewTransform) -> None:
        """Look somewhere else; from now on the view stays where it is put."""
        self._follows = False
        if self._bounds is not None:
            # The cursor may stand where no points are, and has a right to be seen there.
            left, bottom, right, top = self._bounds
            x, y = self._cursor
            view = view.limited((min(left, x), min(bottom, y), max(right, x), max(top, y)))
        self._look(view)

    def fit(self) -> None:
        """All points in view; the view follows the points again."""
        self._follows = True
        if self._bounds is not None:
            self._look(self._view.fitted(self._bounds))

    def zoom(self, factor: float) -> None:
        """Magnify about the centre."""
        self.map_actions.zoom_at(factor, None)

    def grab_image(self) -> QImage:
        """The map as it stands, in device pixels, with every point and without focus frame and hover."""
        self._end_motion()
        ratio = self.devicePixelRatioF()
        while self._points.wants_refining(self._view, ratio):
            self._points.refine(self._view, ratio, 1.0)
        image = QImage(
            math.ceil(self.width() * ratio), math.ceil(self.height() * ratio), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        self._paint(painter, self.rect())
        painter.end()
        return image

    def row_near(self, position: QPointF) -> int | None:
        """Data row of the point nearest to a pixel position, however far."""
        for reach in (10.0, 40.0, 160.0, 4 * math.hypot(self._view.width, self._view.height)):
            place = self._place_near(position, reach)
            if place is not None:
                return int(self._rows[place])
        return None

    def point_at(self, position: QPointF | None) -> None:
        """Show what lies under the pointer; None for nothing."""
        hovered = None
        place = None if position is None or self._motion.running else self._place_near(position, _HOVER_RADIUS)
        if place is not None and self._codes is not None:
            spot = self._view.to_pixels(*self._codes.points[place].tolist())
            hovered = hovered_point(spot, int(self._rows[place]), self._explorer, theme().tokens)
        if self._hover.shows(hovered):
            return
        self.update(self._hover.rect(self.size()))
        self._hover.set(hovered)
        self.update(self._hover.rect(self.size()))

    def hold_view(self) -> None:
        """A hand is on the map: the view does not slip away under it."""
        self._motion.leave_view()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._view = self._view.resized(self.width(), self.height())
        if self._follows and self._bounds is not None:
            self._motion.leave_view()
            self._view = self._view.fitted(self._bounds)
        self._rest(_AFTER_ZOOM_MS)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._rest(_AFTER_ZOOM_MS)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.let_go()
        self._end_motion()
        self._refining.stop()
        self._points.release()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter, event.rect())
        self._hover.paint(painter, self.size(), theme().tokens, self.font())
        self.paint_focus(painter, theme().accent(self._pane.index))
        painter.end()

    # State.

    @Slot()
    def _on_model(self) -> None:
        self._follows = True
        self._on_codes()

    @Slot()
    def _on_codes(self) -> None:
        former, codes = self._codes, self._pane.codes
        self.point_at(None)
        self._codes = codes
        self.update()
        if codes is None or not len(codes.points):
            self._end_motion()
            self._codes = self._bounds = None
            self._colours.forget()
            self._points.clear()
            return
        same_rows = former is not None and np.array_equal(self._rows, codes.rows)
        if not same_rows:
            self._rows = codes.rows
        self._points.set_points(codes.points, keep_exposure=bool(self.hand))
        self._on_colours()
        chunks = self._points.chunks
        assert chunks is not None
        self._bounds = chunks.bounds()
        target = self._target(first=former is None)
        if former is not None and same_rows and self._glides():
            self._motion.begin(former.points, codes.points, self._view, target, time.monotonic())
            self._refining.stop()
            self._frames.start()
            return
        self._end_motion()
        self._view = target or self._view
        self._rest(_AFTER_MOTION_MS if self.hand else 0)

    @Slot()
    def _on_colours(self) -> None:
        if self._codes is not None:
            tokens = theme().tokens
            colours = self._colours.fresh(self._explorer, self._rows, tokens)
            if colours is not None:
                self._points.set_colours(colours, tokens)
                self._rest(0)
        self.point_at(None)
        self.update()

    @Slot()
    def _on_plane(self) -> None:
        self._axes.names = self._pane.plane.names if self._pane.plane else ("", "")
        self._points.set_ruled(True, bool(self._axes.names[1]) or self._pane.plane is None)
        self.update()

    @Slot()
    def _on_cursor(self) -> None:
        # Only the pixels of the cursor itself: the points below are blitted, not drawn.
        self.update(self._cursor_layer.rect(self._view, self._cursor))
        self._cursor = self._pane.cursor
        self.update(self._cursor_layer.rect(self._view, self._cursor))

    # Time.

    @Slot()
    def _refine(self) -> None:
        """Draw some more of the full picture; come back at once for the rest, after other events."""
        if not self.isVisible() or self._motion.running:
            return
        ratio = self.devicePixelRatioF()
        if self._points.refine(self._view, ratio, _REFINE_SECONDS):
            self.update()
        elif self._points.wants_refining(self._view, ratio):
            self._refining.start(0)

    @Slot()
    def _next_frame(self) -> None:
        """A frame of the glide from one refresh to the next."""
        view = self._motion.frame(time.monotonic())
        if view is not None:
            self._view = view
        if not self._motion.running or (self.hand and self._motion.behind):
            self._end_motion()
            self._rest(_AFTER_MOTION_MS)
        self.update()

    def _end_motion(self) -> None:
        self._frames.stop()
        if self._motion.running:
            self._points.invalidate()
        self._motion.stop()

    def _rest(self, delay_ms: int) -> None:
        """Draw everything once nothing has moved for a while."""
        if not self._motion.running and self.isVisible():
            self._refining.start(delay_ms)

    def _place_near(self, position: QPointF, radius: float) -> int | None:
        """Which point is nearest to a pixel position, within `radius` pixels."""
        chunks = self._points.chunks
        x, y = self._view.to_world(position.x(), position.y())
        return None if chunks is None else chunks.nearest(x, y, radius / self._view.scale)

    def _look(self, view: ViewTransform) -> None:
        """Another view, chosen by a person."""
        self._motion.leave_view()
        if view == self._view:
            return
        # A pan may go on refining; a zoom makes every picture in the making useless.
        delay = 0 if view.scale == self._view.scale else _AFTER_ZOOM_MS
        self._view = view
        self.point_at(None)
        self._rest(delay)
        self.update()

    def _target(self, *, first: bool) -> ViewTransform | None:
        """The view that new points call for; None to leave it as it is."""
        if not self._follows or self._bounds is None or (self.hand and not first):
            return None
        fitted = self._view.fitted(self._bounds)
        return None if not first and self._view.resembles(fitted) else fitted

    def _glides(self) -> bool:
        """Whether refreshed points move to their places rather than jump there."""
        reduced = self.reduced_motion
        if reduced is None:
            reduced = not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        # A hand on the map goes before a glide that the machine has no time for.
        return self.isVisible() and not reduced and not (self.hand and self._motion.behind)

    # Drawing.

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        """Everything but focus and hover, which belong to the screen only."""
        tokens = theme().tokens
        if self._codes is None:
            paint_empty(painter, self.rect(), self.tr("No map yet. Train, or open a checkpoint."), tokens)
            return
        self._points.paint(painter, self._view, self.devicePixelRatioF(), dirty)
        self._axes.paint(painter, self._view, tokens, self.font(), dirty)
        self._picked.paint(painter, self._view, self._codes, self._explorer.picked, tokens)
        if self.left_out:
            note = self.tr("{count} points left out: not finite").format(count=f"{self.left_out:,}")
            paint_note(painter, self.rect(), note, tokens)
        self._cursor_layer.paint(painter, self._view, self._cursor, theme().accent(self._pane.index), tokens)
