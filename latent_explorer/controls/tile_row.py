"""The base of rows of painted tiles, one per image: pointing, focus, keys and choosing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme


class TileRow(QWidget):
    """Reports the tile under the pointer, or reached by arrow keys; a click or Enter chooses it.

    Subclasses implement `count`, `tile`, `row_of`, `description_of` and painting; `_place` is the index of the
    current tile.

    Signals:
        pointed(object): the data row pointed at, or None.
        chosen(int): the data row that was chosen.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    @property
    def count(self) -> int:
        """Number of tiles shown."""
        raise NotImplementedError

    def tile(self, place: int) -> QRectF:
        """The rectangle of a tile in px; all are equally wide."""
        raise NotImplementedError

    def row_of(self, place: int) -> int:
        """The data row of a tile."""
        raise NotImplementedError

    def description_of(self, place: int) -> str:
        """A tile's description."""
        raise NotImplementedError

    def _font(self) -> QFont:
        font = tabular(self.font())
        font.setPixelSize(theme().small_px)
        return font

    def _at(self, position: QPointF) -> int | None:
        place = int(position.x() / max(1.0, self.tile(0).width()))
        return place if position.x() >= 0 and place < self.count else None

    def _point(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.setToolTip("" if place is None else self.description_of(place))
            self.pointed.emit(None if place is None else self.row_of(place))
            self.update()

    def _choose(self, place: int | None) -> None:
        if place is not None and place < self.count:
            self.chosen.emit(self.row_of(place))

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
