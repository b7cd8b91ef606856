"""One class in the legend: a switch with its colour, its shape and its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, theme
from latent_explorer.map.class_marks import class_mark

_PAD = 5
_MARK = 5.0
_WIDEST = 150


class ClassSwitch(QAbstractButton):
    """Checked: the class has its colour on the map. Space switches, Enter and double-click isolate.

    Signals:
        isolated(int): the user wants to see this class alone.
        moved(int, int): (class, by): an arrow key goes to a neighbour.
    """

    isolated = Signal(int)
    moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = -1
        #: The class's name. It is painted, because "&" in a button's text would define a shortcut.
        self.name = ""
        self._size = QSize()
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        font = self.font()
        font.setPixelSize(SMALL_TEXT_PX)
        self.setFont(font)
        theme().changed.connect(self.update)

    def set_class(self, index: int, name: str) -> None:
        """Switch this class."""
        if (index, name) == (self.index, self.name):
            return
        self.index, self.name = index, name
        self.setObjectName(f"class{index}")
        self.setAccessibleName(self.tr("Class {0}").format(name))
        self.setToolTip(self.tr("{0}: click to grey out, double-click to see it alone").format(name))
        text = min(_WIDEST, self.fontMetrics().horizontalAdvance(name))
        self._size = QSize(2 * _PAD + 2 * int(_MARK) + 5 + text, self.fontMetrics().height() + 6)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.control))
                painter.drawRoundedRect(box, 5, 5)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.text_2), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, 5, 5)
            lit = self.isChecked()
            colour = tokens.classes[self.index % len(tokens.classes)] if lit else tokens.grey
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            mark = class_mark(self.index, _MARK)
            painter.drawPath(mark.translated(_PAD + _MARK, self.height() / 2))
            painter.setPen(QColor(tokens.text if lit else tokens.text_2))
            font = self.font()
            font.setStrikeOut(not lit)
            painter.setFont(font)
            room = self.rect().adjusted(2 * _PAD + 2 * int(_MARK), 0, -2, 0)
            text = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Without this the second press would count as another click.
        if event.button() == Qt.MouseButton.LeftButton:
            self.isolated.emit(self.index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if step is not None:
            self.moved.emit(self.index, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.isolated.emit(self.index)
        else:
            super().keyPressEvent(event)
