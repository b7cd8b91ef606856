"""Translates mouse, wheel, touchpad and keyboard events into actions on a map. Independent of drawing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from latent_explorer.core.hand import hand

#: Maximum movement in px between press and release of a click.
_CLICK = 4.0
#: Zoom factors of one wheel notch (120 eighths of a degree) and of one pixel of touchpad scrolling.
_NOTCH = 1.2
_PIXEL = 1.004
_KEY_STEP = 1.25

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Actions(Protocol):
    """The actions that gestures trigger on the map."""

    def move_cursor_to(self, position: QPointF) -> None: ...
    def step_cursor(self, across: int, up: int, *, far: bool) -> None: ...
    def cursor_home(self) -> None: ...
    def pick_at(self, position: QPointF) -> None: ...
    def pick_at_cursor(self) -> None: ...
    def clear_picked(self) -> bool: ...
    def pan_by(self, dx: float, dy: float) -> None: ...
    def step_view(self, across: int, up: int, *, far: bool) -> None: ...
    def zoom_at(self, factor: float, position: QPointF | None) -> None: ...
    def fit(self) -> None: ...
    def open_menu(self, position: QPointF | None) -> None: ...
    def set_drag_mode(self, mode: str) -> None: ...
    def point_at(self, position: QPointF | None) -> None: ...
    def copy(self) -> None: ...
    def grab(self, position: QPointF) -> bool: ...
    def drag_grabbed(self, position: QPointF) -> None: ...
    def drop_grabbed(self, position: QPointF) -> None: ...
    def overlay_key(self, event: QKeyEvent) -> bool: ...


class Gestures:
    """Interprets the events of a map.

    A left drag moves the cursor, starting with the press; a left click also picks the nearest image. On a
    draggable part of an overlay, a left drag moves that part instead. A right or middle drag pans, and so does a
    left drag with Space held; a right click opens the menu. The wheel zooms. Arrow keys move the cursor, with Ctrl
    the view.

    Attributes:
        drag_mode: the current drag: "" (none), "cursor", "overlay" or "pan".
    """

    def __init__(self, actions: Actions) -> None:
        self._actions = actions
        self.drag_mode = ""
        self._space = False
        self._button = Qt.MouseButton.NoButton
        self._start = QPointF()
        self._last = QPointF()
        self._moved = False

    def press(self, event: QMouseEvent) -> None:
        """A button was pressed; a second button during a drag is ignored."""
        if self.drag_mode:
            return
        button = event.button()
        if button == Qt.MouseButton.LeftButton and not self._space:
            self.drag_mode = "overlay" if self._actions.grab(event.position()) else "cursor"
        elif button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            self.drag_mode = "pan"
        else:
            return
        self._button = button
        self._start = self._last = event.position()
        self._moved = False
        if self.drag_mode == "cursor":
            self._actions.move_cursor_to(event.position())
        self._show()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        position = event.position()
        if self.drag_mode:
            hand().move()
        away = position - self._start
        if self.drag_mode and not self._moved:
            self._moved = max(abs(away.x()), abs(away.y())) >= _CLICK
        if self.drag_mode == "cursor":
            self._actions.move_cursor_to(position)
        elif self.drag_mode == "overlay":
            self._actions.drag_grabbed(position)
        elif self.drag_mode == "pan" and self._moved:
            step = position - self._last
            self._actions.pan_by(step.x(), step.y())
        elif not self.drag_mode:
            self._actions.point_at(position)
        if not self.drag_mode or self._moved:
            self._last = position

    def release(self, event: QMouseEvent) -> None:
        """A button was released."""
        if event.button() != self._button or not self.drag_mode:
            return
        mode, self.drag_mode = self.drag_mode, ""
        self._button = Qt.MouseButton.NoButton
        self._show()
        if mode == "overlay":
            self._actions.drop_grabbed(event.position())
        if self._moved:
            return
        if mode == "cursor":
            self._actions.pick_at(event.position())
        elif event.button() == Qt.MouseButton.RightButton:
            self._actions.open_menu(event.position())

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; touchpads report pixels, wheels report notches."""
        pixels, angle = event.pixelDelta().y(), event.angleDelta().y()
        factor = _PIXEL**pixels if pixels else _NOTCH ** (angle / 120)
        if factor != 1:
            self._actions.zoom_at(factor, event.position())

    def key_press(self, event: QKeyEvent) -> bool:
        """Handle a key press; True if the key was used."""
        if self._actions.overlay_key(event):
            return True
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if modifiers == Qt.KeyboardModifier.ControlModifier and key in _ARROWS:
            self._actions.step_view(*_ARROWS[key], far=shift)
            return True
        if modifiers:
            return False
        if key in _ARROWS:
            self._actions.step_cursor(*_ARROWS[key], far=shift)
        elif key == Qt.Key.Key_Home:
            self._actions.cursor_home()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._actions.pick_at_cursor()
        elif key == Qt.Key.Key_Escape:
            return self._actions.clear_picked()
        elif key in (Qt.Key.Key_F, Qt.Key.Key_0):
            self._actions.fit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._actions.zoom_at(_KEY_STEP, None)
        elif key == Qt.Key.Key_Minus:
            self._actions.zoom_at(1 / _KEY_STEP, None)
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
                self._show()
        else:
            return False
        return True

    def key_release(self, event: QKeyEvent) -> bool:
        """Handle a key release; True if the key was used."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = False
            self._show()
        return True

    def cancel(self) -> None:
        """Cancel the current drag and forget held keys, when the map loses focus or is hidden."""
        self.drag_mode, self._space = "", False
        self._button = Qt.MouseButton.NoButton
        self._show()

    def _show(self) -> None:
        self._actions.set_drag_mode(self.drag_mode or ("ready" if self._space else ""))
