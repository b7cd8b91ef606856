"""Feedback while a file is dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import PANEL_RADIUS, theme


class DropHint(QWidget):
    """A translucent overlay over the window that names what would be opened."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drop-hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_for(self, paths: list[str]) -> None:
        """Show that `paths` would be opened."""
        text = (
            self.tr("Drop to open {name}") if len(paths) == 1 else self.tr("Drop to open {name} and {count} more")
        )
        self._text = text.format(name=Path(paths[0]).name, count=f"{len(paths) - 1:,}")
        self.setAccessibleName(self._text)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A translucent veil, a dashed frame, one line."""
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            veil = QColor(tokens.window)
            veil.setAlphaF(0.82)
            painter.fillRect(self.rect(), veil)
            frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
            painter.setPen(QPen(QColor(tokens.accents[1]), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(frame, PANEL_RADIUS, PANEL_RADIUS)
            font = painter.font()
            font.setPixelSize(20)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
