"""A widget that routes its input events to `Gestures` and shows the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from latent_explorer.map.gestures import Actions, Gestures


class GestureWidget(QWidget):
    """Routes mouse, wheel, touchpad, touch and key events to `Gestures`. A subclass must call `listen`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def listen(self, actions: Actions) -> None:
        """Connect the gestures to `actions`."""
        self._actions = actions
        self._gestures = Gestures(actions)

    @property
    def drag_mode(self) -> str:
        """The current drag: "" (none), "cursor", "overlay" or "pan"."""
        return self._gestures.drag_mode

    @property
    def led_by_keys(self) -> bool:
        """Whether it has the focus, and got it, or was used last, by keyboard."""
        return self._keyboard and self.hasFocus()

    def cancel_drag(self) -> None:
        """Cancel any drag, when the widget is hidden or another one takes over."""
        self._gestures.cancel()

    def paint_focus(self, painter: QPainter, colour: QColor) -> None:
        """Draw a focus frame if the focus came from the keyboard."""
        if self.led_by_keys:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_focus(False)
        self._gestures.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._gestures.press(event)  # treat the second press like any other

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._gestures.wheel(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._actions.copy()
        elif self._gestures.key_press(event):
            self._show_focus(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key_release(event):
            super().keyReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # A right button press may begin a pan; a right click opens the menu on release.
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._actions.open_menu(None)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Handle pinch gestures: native ones of macOS touchpads, Qt's own of touch screens."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._actions.zoom_at(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self._actions.zoom_at(pinch.scaleFactor(), QPointF(centre))
                return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        # Keys may refer to what is under the pointer, so the focus follows the pointer from map to map.
        if isinstance(QApplication.focusWidget(), GestureWidget):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._actions.point_at(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_mouse = event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        self._show_focus(not by_mouse)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gestures.cancel()
        self._show_focus(False)
        super().focusOutEvent(event)

    def _show_focus(self, shown: bool) -> None:
        if shown != self._keyboard:
            self._keyboard = shown
            self.update()
