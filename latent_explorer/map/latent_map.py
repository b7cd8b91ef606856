"""The latent map: one dot per data image, a draggable cursor, pan and zoom. Draws the state of its pane."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStyle, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.view_transform import Rect, ViewTransform
from latent_explorer.glossary.terms import refer, tip
from latent_explorer.map.fit_bounds import with_chosen
from latent_explorer.map.map_actions import MapActions
from latent_explorer.map.map_canvas import MapCanvas
from latent_explorer.map.map_motion import MapMotion
from latent_explorer.map.point_colours import ColourMemory

#: Seconds of drawing points between two returns to the event loop; longer would delay a drag.
_REFINE_SECONDS = 0.004
#: Idle time in ms before the full picture is drawn, after a change of scale and after the points moved.
_AFTER_ZOOM_MS = 40
_AFTER_MOTION_MS = 350
_FRAME_MS = 33


class LatentMap(MapCanvas):
    """One pane's map.

    Signals:
        save_requested: the user asked to save the map as a picture (`grab_image` gives it).

    Attributes:
        reduced_motion: whether points jump instead of being animated; None follows the desktop's setting.
        map_actions: the actions of gestures, also used by menus and shortcuts.
    """

    save_requested = Signal()

    def __init__(
        self,
        pane: PaneState,
        explorer: ExplorerState,
        overlays: Sequence[Overlay] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(pane, explorer, overlays, parent)
        refer(self, "axis")
        self.reduced_motion: bool | None = None
        self._bounds: Rect | None = None
        self._colours = ColourMemory()
        self._motion = MapMotion(self._points)
        self._refining, self._frames = QTimer(self), QTimer(self)
        self._refining.setSingleShot(True)
        self._refining.timeout.connect(self._refine)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._next_frame)
        _describe(self, pane.index)
        self.map_actions = MapActions(self, pane, explorer)
        self.listen(self.map_actions)
        self.stack.under_changed.connect(lambda: self._rest(0))
        pane.model_changed.connect(self._on_model)
        pane.codes_changed.connect(self._on_codes)
        pane.plane_changed.connect(self._on_plane)
        pane.cursor_changed.connect(self._on_cursor)
        pane.look_requested.connect(self._on_look)
        explorer.data_changed.connect(self._on_colours)
        explorer.colour_changed.connect(self._on_colours)
        explorer.picked_changed.connect(self.update)
        theme().changed.connect(self._on_colours)
        self._on_plane()
        self._on_codes()

    @property
    def at_rest(self) -> bool:
        """Whether the picture on screen contains every point and no animation runs."""
        waits = self._points.wants_refining(self._view, self.devicePixelRatioF())
        return not self._motion.running and not waits

    def set_view(self, view: ViewTransform) -> None:
        """Set the view; from now on it no longer follows the points."""
        self._pane.follows = False
        if self._bounds is not None:
            # The cursor may lie outside the points and must be visible as well.
            left, bottom, right, top = self._bounds
            x, y = self._cursor
            view = view.limited((min(left, x), min(bottom, y), max(right, x), max(top, y)))
        self._look(view)

    def fit(self) -> None:
        """Show all points; the view follows the points again."""
        self._pane.follows = True
        if self._bounds is not None:
            self._look(self._view.fitted(self._bounds))

    def zoom(self, factor: float) -> None:
        """Zoom about the centre."""
        self.map_actions.zoom_at(factor, None)

    def grab_image(self) -> QImage:
        """The current map in device pixels, with every point, without focus frame and hover card."""
        self.settle()
        return self._draw_image()

    def settle(self) -> None:
        """End the animation: points and view take their final positions."""
        target = self._motion.target
        self._end_motion()
        if target is not None:
            self._see(target)

    def point_at(self, position: QPointF | None) -> None:
        """Light up the data point under the pointer at `position`; None for no pointer."""
        self._point_at(position)

    def terms_at(self, place: QPoint | None) -> tuple[str, ...]:
        """Keys of the glossary for the text at `place` (px); for None, or beside all texts, of all on the map."""
        found = None if place is None else self._text_at(QPointF(place))
        if found is not None and found[1]:
            return found[1]
        hovered = () if self._pane.hovered is None else ("nearest_image", "image_loss")
        return (*hovered, *self.stack.terms(), *self._axis_terms(), "axis")

    def tip_at(self, place: QPoint) -> tuple[str, QRect]:
        """What the text at `place` (px) means, and its rectangle; "" where there is none."""
        found = self._text_at(QPointF(place))
        return ("", QRect()) if found is None else (tip(*found[1]), found[0].toAlignedRect())

    def _text_at(self, position: QPointF) -> tuple[QRectF, tuple[str, ...]] | None:
        """The rectangle (px) and the terms of the text painted at `position`."""
        if self._codes is None:
            return None
        if (caption := self.stack.caption_at(position)) is not None:
            return caption
        text = self._axes.text_at(position)
        return None if text is None else (text[0], self._axis_terms() if text[1] else ("axis",))

    def _axis_terms(self) -> tuple[str, ...]:
        """Of the axes' names: latent dimensions, or directions of the codes."""
        return ("code",) if self._axes.names[0].startswith("z") else ("plane_axes",)

    def hold_view(self) -> None:
        """Keep the view fixed while a drag is in progress."""
        self._motion.leave_view()

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._see(self._view.resized(self.width(), self.height()))
        if self._pane.follows and self._bounds is not None:
            self._motion.leave_view()
            self._see(self._view.fitted(self._bounds))
        self._rest(_AFTER_ZOOM_MS)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._rest(_AFTER_ZOOM_MS)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.cancel_drag()
        self.settle()
        self._refining.stop()
        self._points.release()
        self.stack.forget()
        super().hideEvent(event)

    # State.

    @Slot()
    def _on_model(self) -> None:
        self._pane.follows = True
        self._on_codes()

    @Slot()
    def _on_codes(self) -> None:
        former, codes = self._codes, self._pane.codes
        self._codes = codes
        self.update()
        if codes is None or not len(codes.points):
            self.point_at(None)
            self._end_motion()
            self._codes = self._bounds = None
            self._colours.forget()
            self._points.clear()
            return
        same_rows = former is not None and np.array_equal(self._rows, codes.rows)
        if not same_rows:
            self._rows = codes.rows
        self._points.set_points(codes.points, keep_exposure=bool(self.drag_mode))
        self._on_colours()
        chunks = self._points.chunks
        assert chunks is not None
        self._bounds = with_chosen(chunks.bounds(), self._pane.axes, codes)
        target = self._target(first=former is None)
        if former is not None and same_rows and self._glides():
            self._motion.begin(former.points, codes.points, self._view, target, time.monotonic())
            self._refining.stop()
            self._frames.start()
            self._pane.set_glide(0.0)
            self._show_hovered()
            return
        self._end_motion()
        self._see(target or self._view)
        self.map_actions.point_again()
        self._rest(_AFTER_MOTION_MS if self.drag_mode else 0)

    @Slot()
    def _on_colours(self) -> None:
        if self._codes is not None:
            tokens = theme().tokens
            colours = self._colours.fresh(self._explorer, self._rows, tokens)
            if colours is not None:
                self._points.set_colours(colours, tokens)
                self._rest(0)
        self._show_hovered()
        self.update()

    @Slot()
    def _on_plane(self) -> None:
        self._axes.names = self._pane.plane.names if self._pane.plane else ("", "")
        self._points.set_ruled(True, bool(self._axes.names[1]) or self._pane.plane is None)
        self.update()

    @Slot(object)
    def _on_look(self, view: ViewTransform | None) -> None:
        if view is None:
            self.fit()
            return
        # The stored view may come from a map of another size.
        self.set_view(view.resized(self.width(), self.height()))

    @Slot()
    def _on_cursor(self) -> None:
        # Repaint only the cursor's pixels: the points below are copied from their picture, not drawn.
        self.update(self._cursor_layer.rect(self._view, self._cursor))
        self._cursor = self._pane.cursor
        self.update(self._cursor_layer.rect(self._view, self._cursor))

    # Time.

    @Slot()
    def _refine(self) -> None:
        """Draw a part of the full picture; continue after pending events."""
        if not self.isVisible() or self._motion.running:
            return
        ratio = self.devicePixelRatioF()
        if self._points.refine(self._view, ratio, _REFINE_SECONDS):
            self.update()
        elif self._points.wants_refining(self._view, ratio):
            self._refining.start(0)

    @Slot()
    def _next_frame(self) -> None:
        """Draw a frame of the animation from one refresh to the next."""
        view = self._motion.frame(time.monotonic())
        self._pane.set_glide(self._motion.share)
        self._see(view or self._view)
        if not self._motion.running or (self.drag_mode and self._motion.behind):
            self._end_motion()
            self.map_actions.point_again()
            self._rest(_AFTER_MOTION_MS)
        self.update()

    def _end_motion(self) -> None:
        self._frames.stop()
        if self._motion.running:
            self._points.invalidate()
        self._motion.stop()
        self._pane.set_glide(1.0)
        self._show_hovered()

    def _place_near(self, position: QPointF, radius: float) -> int | None:
        if not self._motion.running:
            return super()._place_near(position, radius)
        x, y = self._view.to_world(position.x(), position.y())
        return self._motion.nearest(x, y, radius / self._view.scale)

    def _point_now(self, place: int) -> tuple[float, float] | None:
        moving = self._motion.point(place) if self._motion.running else None
        # One that is not among those shown while they move is where it will be.
        return moving or super()._point_now(place)

    def _rest(self, delay_ms: int) -> None:
        """Draw the full picture after `delay_ms` without motion."""
        if not self._motion.running and self.isVisible():
            self._refining.start(delay_ms)

    def _look(self, view: ViewTransform) -> None:
        """Apply a view that the user chose."""
        self._motion.leave_view()
        if view == self._view:
            self._pane.view_moved.emit()  # `follows` may have changed as well
            return
        # A pan can go on refining; a zoom invalidates the picture being drawn.
        delay = 0 if view.scale == self._view.scale else _AFTER_ZOOM_MS
        self._see(view)
        self._pane.view_moved.emit()
        self.point_at(None)
        self._rest(delay)
        self.update()

    def _target(self, *, first: bool) -> ViewTransform | None:
        """The view for new points; None to keep the current one."""
        if not self._pane.follows or self._bounds is None or (self.drag_mode and not first):
            return None
        fitted = self._view.fitted(self._bounds)
        return None if not first and self._view.resembles(fitted) else fitted

    def _glides(self) -> bool:
        """Whether refreshed points are animated to their new positions."""
        reduced = self.reduced_motion
        if reduced is None:
            reduced = not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        # A drag takes precedence over an animation that the machine is too slow for.
        return self.isVisible() and not reduced and not (self.drag_mode and self._motion.behind)


def _describe(latent_map: QWidget, index: int) -> None:
    """Set the accessible name of the map of pane `index`, and a description of its keys."""
    translate = QCoreApplication.translate
    latent_map.setObjectName(f"latentMap{index}")
    latent_map.setAccessibleName(translate("LatentMap", "Latent map {number}").format(number=index + 1))
    latent_map.setAccessibleDescription(
        translate(
            "LatentMap",
            "One dot for each data image. Arrow keys move the cursor, with Ctrl the view, Shift moves farther, "
            "Home puts the cursor on the origin. Enter picks the image nearest to the cursor, Escape lets go of "
            "it. Plus and minus zoom, F fits the map to the points.",
        )
    )
