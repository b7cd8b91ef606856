"""The images of the largest weights: small pictures with their weights, the largest first."""

from __future__ import annotations

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
from latent_explorer.map.hover_layer import image_of
from latent_explorer.tools.why_blurry.state import Averaged
from latent_explorer.words.figures import percent

#: Minimum and maximum size of a tile in px.
_LEAST, _MOST = 40, 84
_GAP = 3


class WeightRow(TileRow):
    """As many as fit. The one under the pointer is highlighted on the maps; a click or Enter picks it."""

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._averaged: Averaged | None = None
        self._images: list[QImage] = []
        refer(self, "image_weight")
        self.setAccessibleName(self.tr("Images of the largest weights"))

    def sizeHint(self) -> QSize:
        return QSize(5 * _LEAST, 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _LEAST, 30 + theme().small_px)

    @property
    def count(self) -> int:
        """Images that are shown."""
        there = 0 if self._averaged is None else len(self._images)
        return min(there, max(1, self.width() // _LEAST))

    def show_averaged(self, averaged: Averaged | None) -> None:
        """Show the images of this average, or none."""
        if averaged is self._averaged:
            return
        self._averaged = averaged
        pictures = () if averaged is None or averaged.pictures is None else averaged.pictures
        self._images = [image_of(picture) for picture in pictures]
        if self._place is not None:
            self._point(None)
        if self._images and self.hasFocus() and not self.underMouse():
            # It had the focus before.
            self._point(0)
        self.setAccessibleDescription("; ".join(self.description_of(place) for place in range(len(self._images))))
        self.update()

    def row_of(self, place: int) -> int:
        assert self._averaged is not None
        return int(self._averaged.rows[place])

    def description_of(self, place: int) -> str:
        assert self._averaged is not None
        name = image_name(self._explorer, int(self._averaged.rows[place]))
        return self.tr("{image}, weight {share}").format(
            image=name, share=percent(float(self._averaged.weights[place]))
        )

    def tile(self, place: int) -> QRectF:
        """The rectangle of a tile in px."""
        wide = min(self.width() / max(1, self.count), float(_MOST), max(float(_LEAST), 1.2 * self.height()))
        return QRectF(place * wide, 0, wide, self.height())

    def said_below(self, place: int) -> str:
        """A tile's share, in a compact form if it has little room."""
        assert self._averaged is not None
        said = percent(float(self._averaged.weights[place]))
        room = self.tile(place).width() - _GAP
        return said if QFontMetricsF(self._font()).horizontalAdvance(said) <= room else said.replace(" ", "")

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, font = theme().tokens, self._font()
        metrics = QFontMetricsF(font)
        with QPainter(self) as painter:
            painter.setFont(font)
            if self._place is None:
                paint_focus_ring(self, painter)
            for place in range(self.count):
                assert self._averaged is not None
                tile, image = self.tile(place), self._images[place]
                side = max(8.0, min(tile.width() - _GAP, tile.height() - metrics.height() - _GAP))
                scale = min(side / image.width(), side / image.height())
                target = QRectF(tile.left() + 1, tile.top() + 1, image.width() * scale, image.height() * scale)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
                painter.drawImage(target, image)
                pointed = place == self._place
                if pointed:
                    painter.setPen(QPen(QColor(tokens.text), 2))
                    painter.drawRect(target)
                painter.setPen(QColor(tokens.text if pointed else tokens.text_2))
                words = QRectF(tile.left() + 1, target.bottom() + 2, tile.width() - 1, metrics.height())
                said = self.said_below(place)
                painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)
