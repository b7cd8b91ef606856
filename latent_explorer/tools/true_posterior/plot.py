"""p(z|x) and q(z|x) of the picked image as large as possible, independent of the map."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.true_posterior.paint import paint_curves, paint_regions
from latent_explorer.tools.true_posterior.state import TruePosterior

#: Margin as a share of the sides.
_MARGIN = 0.08
#: Minimum side in px.
_LEAST = 72


class PosteriorPlot(QWidget):
    """A square: z1 to the right, z2 up, the same unit on both; a bar shows the length of a unit."""

    def __init__(self, pane: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._found: TruePosterior | None = None
        refer(self, "exact_posterior")
        self.setObjectName(f"truePosteriorPlot{pane}")
        self.setAccessibleName(self.tr("The true posterior and the encoder's"))
        self.setMinimumSize(_LEAST, _LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(168, 168)

    def show_found(self, found: TruePosterior | None) -> None:
        """Draw it, or nothing."""
        if found is not self._found:
            self._found = found
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, found = theme().tokens, self._found
        box = None if found is None else found.box
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.fillRect(room, QColor(tokens.map))
            if found is None or box is None:
                return
            painter.setClipRect(room)
            font = tabular(painter.font())
            font.setPixelSize(theme().small_px)
            painter.setFont(font)
            metrics = QFontMetricsF(font)
            inner = room.adjusted(4, 4, -4, -4 - metrics.height())
            accent = theme().accent(self._pane)
            left, bottom, right, top = box
            if found.curve is not None:
                scale = inner.width() / (right - left)

                def on_line(points: np.ndarray) -> np.ndarray:
                    across = inner.left() + (points[:, 0] - left) * scale
                    return np.stack([across, inner.bottom() - points[:, 1] * 0.95 * inner.height()], axis=1)

                paint_curves(painter, found, on_line, accent, tokens)
            else:
                free = 1 - 2 * _MARGIN
                scale = free * min(inner.width() / (right - left), inner.height() / (top - bottom))
                middle = np.array([(left + right) / 2, (bottom + top) / 2])

                def on_plane(codes: np.ndarray) -> np.ndarray:
                    away = (codes - middle) * (scale, -scale)
                    return away + np.array([inner.center().x(), inner.center().y()])

                paint_regions(painter, found, on_plane, accent, tokens)
            self._paint_unit(painter, room, scale, metrics)

    def _paint_unit(self, painter: QPainter, room: QRectF, scale: float, metrics: QFontMetricsF) -> None:
        """Draw the bar with the length of a number of units."""
        tokens = theme().tokens
        length = 10.0 ** math.floor(math.log10(0.45 * room.width() / scale))
        length *= max(times for times in (1, 2, 4) if times == 1 or times * length * scale <= 0.45 * room.width())
        y, x = room.bottom() - 6, room.left() + 6
        painter.setPen(QPen(QColor(tokens.text_2), 1.5))
        painter.drawLine(QPointF(x, y), QPointF(x + length * scale, y))
        for end in (x, x + length * scale):
            painter.drawLine(QPointF(end, y - 3), QPointF(end, y + 3))
        words = QRectF(x + length * scale + 6, y - metrics.height() / 2, room.width(), metrics.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), f"{length:g}")
