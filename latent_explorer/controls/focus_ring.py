"""The focus ring of controls that have no other focus indicator."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import theme

_WIDTH, _RADIUS = 2.0, 5.0


def paint_focus_ring(widget: QWidget, painter: QPainter) -> None:
    """Draw it just inside the edge of `widget`, if `widget` has the focus."""
    if not widget.hasFocus():
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme().tokens.text_2), _WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = _WIDTH / 2
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
