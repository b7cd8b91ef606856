"""The handle by which a dock is moved, in place of a title bar: panels have their own titles."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from latent_explorer.appearance.theme import GAP, theme
from latent_explorer.words.plain_text import plain_tip

_DOTS = 5
_HEIGHT = GAP - 3


class DockGrip(QWidget):
    """A bar as high as the gap between panels; shows dots under the pointer."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName(f"grip-{dock.objectName()}")
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(
            plain_tip(self.tr("Drag to move {panel}; double-click to float it").format(panel=dock.windowTitle()))
        )
        self.setAccessibleName(self.tr("Move {panel}").format(panel=dock.windowTitle()))
        self._hovered = False

    def sizeHint(self) -> QSize:
        """The gap between panels minus the separator between docks."""
        return QSize(40, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The gap between panels minus the separator between docks."""
        return QSize(0, _HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the dots."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide them."""
        self._hovered = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ignore the press, so that the dock receives it and starts the move."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots."""
        if not self._hovered:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme().tokens.text_3))
            centre = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
            for place in range(_DOTS):
                painter.drawEllipse(centre + QPointF(6.0 * (place - (_DOTS - 1) / 2), 0), 1.4, 1.4)
