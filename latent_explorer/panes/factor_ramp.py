"""The legend of a factor: the ramp with the values at its ends."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.map.point_colours import RAMP_STEPS, ramp
from latent_explorer.words.figures import MINUS

_BAR = 10


class FactorRamp(QWidget):
    """Paints low to high as colours from left to right, with both values under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("factorRamp")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._ends = ("", "")
        self._buffer = np.full((1, RAMP_STEPS, 4), 255, np.uint8)
        self._image = QImage(self._buffer.data, RAMP_STEPS, 1, 4 * RAMP_STEPS, QImage.Format.Format_RGB32)
        font = tabular(self.font())
        font.setPixelSize(SMALL_TEXT_PX)
        self.setFont(font)
        theme().changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        # RGB32 is in memory as blue, green, red.
        self._buffer[0, :, :3] = ramp(theme().tokens)[:, ::-1]
        self.update()

    def set_range(self, name: str, low: float, high: float, *, more: bool = False) -> None:
        """Values at the ends of the ramp of factor `name`; `more`: the last colour includes larger values."""
        self._ends = (f"{low:.4g}".replace("-", MINUS), f"{high:.4g}".replace("-", MINUS))
        if more:
            self._ends = (self._ends[0], self.tr("{value} and more").format(value=self._ends[1]))
        self.setAccessibleName(self.tr("{0}: from {1} to {2}").format(name, *self._ends))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _BAR + 4 + self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, self.width(), _BAR), self._image)
            painter.setPen(QColor(theme().tokens.text_2))
            room = self.rect().adjusted(0, _BAR + 4, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._ends[0])
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._ends[1])
