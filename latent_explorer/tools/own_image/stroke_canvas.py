"""Strokes of a pen as pixels, many times finer than the models' images."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from latent_explorer.tools.own_image.state import Stroke

#: Approximate canvas pixels on the longer side; an integer number per pixel of the models' images.
_SIDE = 280


class StrokeCanvas:
    """A sheet of the models' proportions. Finished strokes are kept; the current one is redrawn as it grows."""

    def __init__(self, shape: tuple[int, int, int], background: str) -> None:
        """`shape` (C, H, W) of the models' images; `background`: see `trainer.data.own_image.BACKGROUNDS`."""
        self.shape = shape
        self.background = background
        _, height, width = shape
        #: Canvas pixels for one of the models' images.
        self.scale = max(1, round(_SIDE / max(height, width)))
        self._finished = QImage(width * self.scale, height * self.scale, QImage.Format.Format_RGB32)
        self._finished.fill(QColor(self.ground))
        self.image = QImage(self._finished)

    @property
    def ground(self) -> str:
        """Colour of the sheet."""
        return "#ffffff" if self.background == "bright" else "#000000"

    @property
    def ink(self) -> tuple[int, int, int]:
        """The colour of most contrast to the background."""
        return (0, 0, 0) if self.background == "bright" else (255, 255, 255)

    def show(self, stroke: Stroke) -> None:
        """Show the finished strokes and this one."""
        self.image = QImage(self._finished)
        self._paint(stroke)

    def finish(self, *strokes: Stroke) -> None:
        """Keep these strokes."""
        self.image = QImage(self._finished)
        for stroke in strokes:
            self._paint(stroke)
        self._finished = QImage(self.image)

    def pixels(self) -> np.ndarray:
        """The sheet as pixels: uint8 (h, w, 1), or (h, w, 3) for models of colour; read-only."""
        image = self.image
        raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        raw = raw[:, : image.width()]
        # RGB32 is in memory as blue, green, red.
        pixels = raw[:, :, 2::-1].copy() if self.shape[0] == 3 else raw[:, :, 1:2].copy()
        pixels.setflags(write=False)
        return pixels

    def _paint(self, stroke: Stroke) -> None:
        with QPainter(self.image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = QColor(*(stroke.colour or self.ink))
            if self.shape[0] == 1:
                grey = round(0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue())
                colour = QColor(grey, grey, grey)
            width = stroke.width * self.scale
            places = [QPointF(x * self.image.width(), y * self.image.height()) for x, y in stroke.points]
            if len(places) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(places[0], width / 2, width / 2)
            elif places:
                painter.strokePath(_smooth(places), _pen(colour, width))


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _smooth(places: list[QPointF]) -> QPainterPath:
    """A curve through the middles between neighbouring points, bent towards the points themselves."""
    path = QPainterPath(places[0])
    for here, there in pairwise(places[1:]):
        path.quadTo(here, (here + there) / 2)
    path.lineTo(places[-1])
    return path
