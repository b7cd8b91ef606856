"""A row of neighbours: pictures with their distances, nearest first; painted, one tile an image."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.controls.tile_row import TileRow
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.image_name import image_name
from latent_explorer.glossary.terms import refer
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.hover_layer import image_of
from latent_explorer.tools.neighbours.state import Found
from latent_explorer.tools.neighbours.words import distance

#: Minimum and maximum size of a tile in px.
_LEAST, _MOST = 40, 132
_GAP = 3


class NeighbourRow(TileRow):
    """Tiles from left to right. A held-out image has a dashed frame.

    The current one (by pointer or arrow keys) is highlighted on the maps; a click or Enter picks it.
    """

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._found: Found | None = None
        self._images: list[QImage] = []
        self._text = ""
        refer(self, "neighbour_distance")

    def sizeHint(self) -> QSize:
        return QSize(12 * 60, 58)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least() * max(1, self.count), 42 + theme().small_px)

    def _least(self) -> int:
        """Minimum width of a tile in px, so that a distance is not truncated."""
        if self._found is None or not self.count:
            return _LEAST
        metrics = QFontMetricsF(self._font())
        widest = max(metrics.horizontalAdvance(distance(float(apart))) for apart in self._found.distances)
        return max(_LEAST, math.ceil(widest) + 2 * _GAP)

    @property
    def count(self) -> int:
        """Images in the row."""
        return 0 if self._found is None else len(self._found.rows)

    def show_found(self, found: Found | None, text: str) -> None:
        """Show these neighbours, or why there are none."""
        if found is not self._found:
            self._found = found
            pictures = () if found is None or found.pictures is None else found.pictures
            self._images = [image_of(picture) for picture in pictures]
            self._point(None)
            self.updateGeometry()
        self._text = text
        self.setAccessibleDescription(self.said())
        self.update()

    def said(self) -> str:
        """The row as text."""
        if self._found is None or not self.count:
            return self._text
        return "; ".join(self.description_of(place) for place in range(self.count))

    def row_of(self, place: int) -> int:
        assert self._found is not None
        return int(self._found.rows[place])

    def description_of(self, place: int) -> str:
        assert self._found is not None
        row, apart = int(self._found.rows[place]), float(self._found.distances[place])
        return self.tr("{image}, distance {distance}").format(
            image=image_name(self._explorer, row), distance=distance(apart)
        )

    def tile(self, place: int) -> QRectF:
        """The rectangle of a tile in px."""
        wide = min(self.width() / max(1, self.count), float(_MOST), 1.5 * self.height())
        return QRectF(place * wide, 0, wide, self.height())

    # ------------------------------------------------------------ drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        font = self._font()
        with QPainter(self) as painter:
            painter.setFont(font)
            if self._place is None:
                paint_focus_ring(self, painter)
            if self._found is None or not self.count:
                painter.setPen(QColor(tokens.text_2))
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(QRectF(self.rect()).adjusted(0, 0, -8, 0), int(flags), self._text)
                return
            metrics = QFontMetricsF(font)
            for place in range(self.count):
                self._paint_tile(painter, place, metrics)

    def _paint_tile(self, painter: QPainter, place: int, metrics: QFontMetricsF) -> None:
        assert self._found is not None
        tokens, tile = theme().tokens, self.tile(place)
        row = int(self._found.rows[place])
        words = QRectF(tile.left(), tile.bottom() - metrics.height(), tile.width(), metrics.height())
        side = max(8.0, min(tile.width() - 2 * _GAP, tile.height() - metrics.height() - _GAP))
        frame = QRectF(tile.left() + _GAP, tile.top() + 1, side, side)
        if place < len(self._images):
            image = self._images[place]
            scale = min(side / image.width(), side / image.height())
            wide, tall = image.width() * scale, image.height() * scale
            target = QRectF(frame.center().x() - wide / 2, frame.center().y() - tall / 2, wide, tall)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
            painter.drawImage(target, image)
        else:
            self._paint_class(painter, frame, row)
        self._paint_frame(painter, frame, row, pointed=place == self._place)
        painter.setPen(QColor(tokens.text if place == self._place else tokens.text_2))
        said = metrics.elidedText(
            distance(float(self._found.distances[place])), Qt.TextElideMode.ElideRight, words.width() - _GAP
        )
        painter.drawText(words.adjusted(_GAP, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, said)

    def _paint_class(self, painter: QPainter, frame: QRectF, row: int) -> None:
        """Draw the mark of its class in place of a picture."""
        tokens, data = theme().tokens, self._explorer.data
        painter.fillRect(frame, QColor(tokens.control))
        if data is not None and data.labels is not None and row < data.count and data.labels[row] >= 0:
            label = int(data.labels[row])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            mark = class_mark(label, min(7.0, frame.width() / 4)).translated(frame.center())
            painter.fillPath(mark, QColor(tokens.classes[label % len(tokens.classes)]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_frame(self, painter: QPainter, frame: QRectF, row: int, *, pointed: bool) -> None:
        tokens, data = theme().tokens, self._explorer.data
        held_out = data is not None and row >= data.train_count
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if pointed:
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.drawRect(frame.adjusted(1, 1, -1, -1))
        elif held_out:
            painter.setPen(QPen(QColor(tokens.panel), 2))
            painter.drawRect(frame.adjusted(1, 1, -1, -1))
            pen = QPen(QColor(tokens.text), 1.5)
            pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            painter.drawRect(frame.adjusted(1, 1, -1, -1))
