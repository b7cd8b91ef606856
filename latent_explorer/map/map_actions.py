"""What a person's gestures do to the map: move the cursor, pick, pan, zoom, fit, copy."""

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

#: Arrow keys move the cursor by this share of the map's width, with Shift by ten times as much.
_STEP = 0.01
#: Ctrl and arrow keys move the view by this share of the map's width, with Shift by ten times as much.
_LOOK = 0.05
#: Pixels that the cursor keeps from the edge when the keyboard moves it.
_CLEAR = 24.0


class MapActions:
    """Writes intentions into the pane's and the explorer's state; views change on the map itself."""

    def __init__(self, latent_map: LatentMap, pane: PaneState, explorer: ExplorerState) -> None:
        self._map, self._pane, self._explorer = latent_map, pane, explorer
        self._pointer: QPointF | None = None
        self._menu_open = False

    def move_cursor_to(self, position: QPointF) -> None:
        """Put the cursor under the pointer."""
        self._pane.drag_cursor(*self._map.view.to_world(position.x(), position.y()))

    def step_cursor(self, across: int, up: int, *, far: bool) -> None:
        """A hundredth of the map's width, or a tenth."""
        view = self._map.view
        step = view.width / view.scale * _STEP * (10 if far else 1)
        x, y = self._pane.cursor
        self.point_at(None)  # keys speak of the cursor now, not of what the pointer rests on
        self._pane.drag_cursor(x + across * step, y + up * step)
        self._reveal_cursor()

    def cursor_home(self) -> None:
        """Put the cursor on the origin."""
        self.point_at(None)
        self._pane.drag_cursor(0.0, 0.0)
        self._reveal_cursor()

    def pick_at(self, position: QPointF) -> None:
        """Pick the data image nearest to the pointer, however far."""
        row = self._map.row_near(position)
        if row is not None:
            self._explorer.pick(row)

    def pick_at_cursor(self) -> None:
        """Pick the data image nearest to the cursor on the map."""
        self.pick_at(QPointF(*self._map.view.to_pixels(*self._pane.cursor)))

    def let_go_of_picked(self) -> bool:
        """Pick no image any more; False if none was picked."""
        was = self._explorer.picked
        self._explorer.pick(None)
        return was is not None

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the map along with the hand."""
        self._map.set_view(self._map.view.panned(dx, dy))

    def step_view(self, across: int, up: int, *, far: bool) -> None:
        """Look a twentieth of the map's width farther, or half of it."""
        step = self._map.view.width * _LOOK * (10 if far else 1)
        self.pan_by(-across * step, up * step)

    def zoom_at(self, factor: float, position: QPointF | None) -> None:
        """Magnify about a position, or the centre."""
        view = self._map.view
        x, y = (view.width / 2, view.height / 2) if position is None else (position.x(), position.y())
        self._map.set_view(view.zoomed(min(max(factor, 0.05), 20.0), x, y))

    def fit(self) -> None:
        """All points in view."""
        self._map.fit()

    def open_menu(self, position: QPointF | None) -> None:
        """The context menu, at the pointer; None: at the cursor on the map."""
        self._map.settle()  # while points glide nothing lies anywhere
        if position is None:
            x, y = self._map.view.to_pixels(*self._pane.cursor)
            position = QPointF(min(max(x, 0), self._map.width() - 1), min(max(y, 0), self._map.height() - 1))
        self._map.point_at(position)  # it speaks of what lies here
        menu = map_menu(self._map, position)
        self._menu_open = True
        menu.aboutToHide.connect(self._menu_hides)
        menu.popup(self._map.mapToGlobal(position.toPoint()))

    def _menu_hides(self) -> None:
        self._menu_open = False
        self.point_at(self._pointer)

    def set_hand(self, hand: str) -> None:
        """Show with the pointer's shape what a drag does."""
        closed, ready = Qt.CursorShape.ClosedHandCursor, Qt.CursorShape.OpenHandCursor
        shapes = {"pan": closed, "overlay": closed, "ready": ready}
        self._map.setCursor(shapes.get(hand, Qt.CursorShape.CrossCursor))
        if hand:
            self._map.hold_view()
            self._map.point_at(None)

    def point_at(self, position: QPointF | None) -> None:
        """Show what lies under the pointer; an open menu goes on speaking of what it opened over."""
        self._pointer = position
        if self._menu_open:
            return
        grabbable = position is not None and self._map.stack.over(position, self._map.view)
        if not self._map.hand:
            shape = Qt.CursorShape.OpenHandCursor if grabbable else Qt.CursorShape.CrossCursor
            if self._map.cursor().shape() != shape:
                self._map.setCursor(shape)
        self._map.point_at(None if grabbable else position)

    def grab(self, position: QPointF) -> bool:
        """Whether an overlay takes this drag."""
        return self._map.stack.press(position, self._map.view)

    def drag_grabbed(self, position: QPointF) -> None:
        """What was taken hold of moves."""
        self._map.stack.move(position, self._map.view)

    def drop_grabbed(self, position: QPointF) -> None:
        """What was taken hold of is let go."""
        self._map.stack.release(position, self._map.view)

    def overlay_key(self, event: QKeyEvent) -> bool:
        """Whether an overlay knows this key."""
        pointer = self._pointer
        world = None if pointer is None else self._map.view.to_world(pointer.x(), pointer.y())
        return self._map.stack.key(event, world)

    def copy(self) -> None:
        """The map's picture to the clipboard."""
        QApplication.clipboard().setImage(self._map.grab_image())

    def _reveal_cursor(self) -> None:
        """Pan by as much as brings a cursor moved by keys back into view."""
        view = self._map.view
        x, y = view.to_pixels(*self._pane.cursor)
        dx = min(max(x, _CLEAR), max(view.width - _CLEAR, _CLEAR)) - x
        dy = min(max(y, _CLEAR), max(view.height - _CLEAR, _CLEAR)) - y
        if dx or dy:
            self._map.set_view(view.panned(dx, dy))
