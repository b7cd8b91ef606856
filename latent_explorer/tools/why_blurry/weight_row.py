"""The images of the largest weights: small pictures with their weights, the largest first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.map.hover_layer import image_of
from latent_explorer.tools.why_blurry.state import Averaged
from latent_explorer.tools.why_blurry.words import image_name, percent

#: Room of a tile in px: at least, and at most.
_LEAST, _MOST = 40, 84
_GAP = 3


class WeightRow(QWidget):
    """As many as there is room for. The one pointed at lights up on the maps; a click or Enter picks it.

    Signals:
        pointed(object): the data row pointed at, or None.
        chosen(int): the data row that was chosen.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._averaged: Averaged | None = None
        self._images: list[QImage] = []
        self._place: int | None = None
        refer(self, "image_weight")
        self.setAccessibleName(self.tr("Images of the largest weights"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

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
        self.setAccessibleDescription("; ".join(self._said_of(place) for place in range(len(self._images))))
        self.update()

    def _said_of(self, place: int) -> str:
        assert self._averaged is not None
        name = image_name(self._explorer, int(self._averaged.rows[place]))
        return self.tr("{image}, weight {share}").format(
            image=name, share=percent(float(self._averaged.weights[place]))
        )

    def tile(self, place: int) -> QRectF:
        """Where a tile is, in px."""
        wide = min(self.width() / max(1, self.count), float(_MOST), max(float(_LEAST), 1.2 * self.height()))
        return QRectF(place * wide, 0, wide, self.height())

    def _font(self) -> QFont:
        font = tabular(self.font())
        font.setPixelSize(theme().small_px)
        return font

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
                said = percent(float(self._averaged.weights[place]))
                painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said)

    # ------------------------------------------------------------ pointing and choosing

    def _point(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            averaged = self._averaged
            there = averaged is not None and place is not None and place < len(averaged.rows)
            self.setToolTip(self._said_of(place) if there and place is not None else "")
            row = int(averaged.rows[place]) if there and averaged is not None and place is not None else None
            self.pointed.emit(row)
            self.update()

    def _at(self, position: QPointF) -> int | None:
        place = int(position.x() / max(1.0, self.tile(0).width()))
        return place if position.x() >= 0 and place < self.count else None

    def _choose(self, place: int | None) -> None:
        if place is not None and self._averaged is not None and place < self.count:
            self.chosen.emit(int(self._averaged.rows[place]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.MouseFocusReason and self._place is None and self.count:
            self._point(0)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.underMouse():
            self._point(None)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._choose(place)
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is not None and self.count:
            here = -1 if self._place is None else self._place
            self._point(min(max(here + step, 0), self.count - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.count:
            self._point(0 if key == Qt.Key.Key_Home else self.count - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._place is not None:
            self._choose(self._place)
        elif key == Qt.Key.Key_Escape and self._place is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)
