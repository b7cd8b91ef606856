"""The actions of gestures on the map: move the cursor, pick, pan, zoom, fit, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.map.map_menu import map_menu

if TYPE_CHECKING:
    from latent_explorer.map.latent_map import LatentMap

#: Step of the arrow keys for the cursor, as a share of the map's width; ten times as much with Shift.
_STEP = 0.01
#: Step of Ctrl and arrow keys for the view, as a share of the map's width; ten times as much with Shift.
_LOOK = 0.05
#: Minimum distance in px of the cursor from the map's edge when the keyboard moves it.
_CLEAR = 24.0


class MapActions:
    """Writes the user's actions into the states of pane and explorer; changes of the view go to the map itself."""

    def __init__(self, latent_map: LatentMap, pane: PaneState, explorer: ExplorerState) -> None:
        self._map, self._pane, self._explorer = latent_map, pane, explorer
        self._pointer: QPointF | None = None
        self._menu_open = False

    def move_cursor_to(self, position: QPointF) -> None:
        """Move the cursor to the pointer."""
        self._pane.drag_cursor(*self._map.view.to_world(position.x(), position.y()))

    def step_cursor(self, across: int, up: int, *, far: bool) -> None:
        """Move the cursor by a hundredth of the map's width, or by a tenth if `far`."""
        view = self._map.view
        step = view.width / view.scale * _STEP * (10 if far else 1)
        x, y = self._pane.cursor
        self._put_out()
        self._pane.drag_cursor(x + across * step, y + up * step)
        self._reveal_cursor()

    def cursor_home(self) -> None:
        """Move the cursor to the origin."""
        self._put_out()
        self._pane.drag_cursor(0.0, 0.0)
        self._reveal_cursor()

    def pick_at(self, position: QPointF) -> None:
        """Pick the data image nearest to the pointer, at any distance."""
        row = self._map.row_near(position)
        if row is not None:
            self._explorer.pick(row)

    def pick_at_cursor(self) -> None:
        """Pick the data image nearest to the cursor on the map, and highlight it as if it were pointed at."""
        self._put_out()
        self.pick_at(QPointF(*self._map.view.to_pixels(*self._pane.cursor)))
        self._explorer.set_hovered(self._explorer.picked)

    def clear_picked(self) -> bool:
        """Clear the picked image; False if none was picked."""
        was = self._explorer.picked
        self._put_out()
        self._explorer.pick(None)
        return was is not None

    def pan_by(self, dx: float, dy: float) -> None:
        """Pan by a distance in pixels."""
        self._map.set_view(self._map.view.panned(dx, dy))

    def step_view(self, across: int, up: int, *, far: bool) -> None:
        """Pan by a twentieth of the map's width, or by half of it if `far`."""
        step = self._map.view.width * _LOOK * (10 if far else 1)
        self.pan_by(-across * step, up * step)

    def zoom_at(self, factor: float, position: QPointF | None) -> None:
        """Zoom about a position, or about the centre."""
        view = self._map.view
        x, y = (view.width / 2, view.height / 2) if position is None else (position.x(), position.y())
        self._map.set_view(view.zoomed(min(max(factor, 0.05), 20.0), x, y))

    def fit(self) -> None:
        """Show all points."""
        self._map.fit()

    def open_menu(self, position: QPointF | None) -> None:
        """Open the context menu at the pointer, or for None at the cursor."""
        self._map.settle()  # during an animation positions are not defined
        if position is None:
            x, y = self._map.view.to_pixels(*self._pane.cursor)
            position = QPointF(min(max(x, 0), self._map.width() - 1), min(max(y, 0), self._map.height() - 1))
        self._map.point_at(position)  # its entries refer to the point at this position
        menu = map_menu(self._map, position)
        self._menu_open = True
        menu.aboutToHide.connect(self._menu_hides)
        menu.popup(self._map.mapToGlobal(position.toPoint()))

    def _menu_hides(self) -> None:
        self._menu_open = False
        self.point_at(self._pointer)

    def set_drag_mode(self, mode: str) -> None:
        """Set the pointer's shape for the current drag."""
        closed, ready = Qt.CursorShape.ClosedHandCursor, Qt.CursorShape.OpenHandCursor
        shapes = {"pan": closed, "overlay": closed, "ready": ready}
        self._map.setCursor(shapes.get(mode, Qt.CursorShape.CrossCursor))
        if mode:
            self._map.hold_view()
            self._map.point_at(None)

    def point_at(self, position: QPointF | None) -> None:
        """Show the data point under the pointer; ignored while the menu is open, as it has its own position."""
        self._pointer = position
        if self._menu_open:
            return
        grabbable = position is not None and self._map.stack.over(position, self._map.view)
        if not self._map.drag_mode:
            shape = Qt.CursorShape.OpenHandCursor if grabbable else Qt.CursorShape.CrossCursor
            if self._map.cursor().shape() != shape:
                self._map.setCursor(shape)
        self._map.point_at(None if grabbable else position)

    def point_again(self) -> None:
        """The points moved: show what is under the pointer now."""
        if self._pointer is not None and not self._map.drag_mode:
            self.point_at(self._pointer)

    def _put_out(self) -> None:
        """Remove the highlight: keys refer to the cursor, not to the point under the pointer."""
        self.point_at(None)
        self._explorer.set_hovered(None)

    def grab(self, position: QPointF) -> bool:
        """Offer a press to the overlays; True if one of them takes the drag."""
        return self._map.stack.press(position, self._map.view)

    def drag_grabbed(self, position: QPointF) -> None:
        """Continue the drag of an overlay."""
        self._map.stack.move(position, self._map.view)

    def drop_grabbed(self, position: QPointF) -> None:
        """End the drag of an overlay."""
        self._map.stack.release(position, self._map.view)

    def overlay_key(self, event: QKeyEvent) -> bool:
        """Offer a key to the overlays; True if one of them uses it."""
        pointer = self._pointer
        world = None if pointer is None else self._map.view.to_world(pointer.x(), pointer.y())
        return self._map.stack.key(event, world)

    def copy(self) -> None:
        """Copy the map's picture to the clipboard."""
        QApplication.clipboard().setImage(self._map.grab_image())

    def _reveal_cursor(self) -> None:
        """Pan just enough to bring a cursor moved by keys back into view."""
        view = self._map.view
        x, y = view.to_pixels(*self._pane.cursor)
        dx = min(max(x, _CLEAR), max(view.width - _CLEAR, _CLEAR)) - x
        dy = min(max(y, _CLEAR), max(view.height - _CLEAR, _CLEAR)) - y
        if dx or dy:
            self._map.set_view(view.panned(dx, dy))
