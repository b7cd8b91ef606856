"""A thin line around the part of the window that the tour explains. Transparent to clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import CONTROL_RADIUS, theme

_LINE = 2
#: Gap between the line and the widget.
_AIR = 2
_CHANGES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Outline(QWidget):
    """Covers `window` and follows the outlined widgets."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour-outline")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._targets: tuple[QWidget, ...] = ()
        self.hide()
        theme().changed.connect(self.update)

    def show_around(self, targets: Sequence[QWidget]) -> None:
        """Outline these widgets; none for ()."""
        for target in self._targets:
            target.removeEventFilter(self)
        self._targets = tuple(targets)
        for target in self._targets:
            target.installEventFilter(self)
        self.setVisible(bool(self._targets))
        self.place()

    def areas(self) -> list[QRect]:
        """Rectangles of the visible targets in window coordinates."""
        window = self.window()
        return [
            QRect(target.mapTo(window, QPoint(0, 0)), target.size())
            .adjusted(-_AIR, -_AIR, _AIR, _AIR)
            .intersected(window.rect())
            for target in self._targets
            if target.isVisible()
        ]

    def place(self) -> None:
        """Update the position to the targets."""
        whole = QRect()
        for area in self.areas():
            whole = whole.united(area)
        self.setGeometry(whole)
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        inside = _LINE / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours(theme().tokens)["focus"]), _LINE))
            for area in self.areas():
                box = QRectF(area.translated(-self.pos())).adjusted(inside, inside, -inside, -inside)
                painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
