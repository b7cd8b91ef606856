"""The drawing on the screen: parts have tool tips, keys move from part to part."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.controls.tool_tips import show_tip
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.drawing.layout import LEAST_HEIGHT, LEAST_WIDTH, lay_out
from latent_explorer.tools.drawing.paint import paint_rows
from latent_explorer.tools.drawing.parts import LINE, Part, Row
from latent_explorer.tools.drawing.words import Content


class DrawingCanvas(QWidget):
    """Draws the models that `contents` gives.

    Signals:
        chosen(int, object): the pane and code (d,) of a part that was clicked, or Enter was pressed on.
    """

    chosen = Signal(int, object)

    def __init__(self, contents: Callable[[], list[Content]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents = contents
        self.rows: list[Row] = []
        #: The part selected by keys: (pane, key).
        self.at: tuple[int, str] | None = None
        refer(self, "network", "code", "sigma", "draws", "reconstruction", "kl", "mse")
        self.setObjectName("drawingCanvas")
        self.setAccessibleName(self.tr("Drawing of the models"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(900, 190)

    @Slot()
    def refresh(self) -> None:
        """Lay out the present contents."""
        self.rows = lay_out(self._contents(), self.width(), self.height())
        if self.at is not None and self._part_at_key() is None:
            self.at = None
            QToolTip.hideText()  # its part no longer exists
        self.setAccessibleDescription("\n".join(map(_spoken, self.rows)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_rows(painter, self.rows, theme().tokens, self.at if self.hasFocus() else None)
            if self.at is None:
                paint_focus_ring(self, painter)

    # ------------------------------------------------------------ parts

    def part(self, pane: int, key: str) -> Part | None:
        """The part called `key` in a pane's row."""
        found = (part for row in self.rows if row.content.pane == pane for part in row.parts)
        return next((part for part in found if part.key == key), None)

    def part_under(self, position: QPointF) -> tuple[int, Part] | None:
        """The pane and part at a place."""
        for row in self.rows:
            for part in row.parts:
                if part.rect.adjusted(-2, -2, 2, 2).contains(position):
                    return row.content.pane, part
        return None

    def _part_at_key(self) -> Part | None:
        return None if self.at is None else self.part(*self.at)

    def _tip_at(self, position: QPointF) -> str:
        found = self.part_under(position)
        if found is not None:
            return found[1].tip
        for row in self.rows:
            if row.rect.contains(position) and position.y() < row.rect.top() + LINE:
                return row.content.tip
        return ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setToolTip(self._tip_at(event.position()))
        found = self.part_under(event.position())
        active = found is not None and found[1].code is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if active else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.part_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.at = (found[0], found[1].key)
            self._choose()
            self.update()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move between parts, up and down between models; Enter shows a code on the map."""
        keys = Qt.Key
        key = event.key()
        if key in (keys.Key_Left, keys.Key_Right, keys.Key_Home, keys.Key_End):
            self._go(key)
        elif key in (keys.Key_Up, keys.Key_Down):
            self._change_row(1 if key == keys.Key_Down else -1)
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QToolTip.hideText()
        self.update()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def _go(self, key: int) -> None:
        rows = [row for row in self.rows if row.parts]
        if not rows:
            return
        row = next((row for row in rows if self.at is not None and row.content.pane == self.at[0]), rows[0])
        places = [part.key for part in row.parts]
        if key == Qt.Key.Key_Home or self.at is None:
            place = 0
        elif key == Qt.Key.Key_End:
            place = len(places) - 1
        else:
            step = 1 if key == Qt.Key.Key_Right else -1
            place = min(max(places.index(self.at[1]) + step, 0), len(places) - 1)
        self._reach(row, row.parts[place])

    def _change_row(self, step: int) -> None:
        rows = [row for row in self.rows if row.parts]
        here = next((place for place, row in enumerate(rows) if self.at and row.content.pane == self.at[0]), -step)
        other = here + step
        if not 0 <= other < len(rows):
            return
        former = self._part_at_key()
        x = 0.0 if former is None else former.rect.center().x()
        self._reach(rows[other], min(rows[other].parts, key=lambda part: abs(part.rect.center().x() - x)))

    def _reach(self, row: Row, part: Part) -> None:
        self.at = (row.content.pane, part.key)
        self.update()
        if part.tip:
            below = self.mapToGlobal(part.rect.bottomLeft().toPoint() + QPoint(0, 6))
            show_tip(below, part.tip, self)

    def _choose(self) -> None:
        part = self._part_at_key()
        if part is not None and part.code is not None and self.at is not None:
            self.chosen.emit(self.at[0], part.code)


def _spoken(row: Row) -> str:
    """The figures of a row, for screen readers."""
    figures = [f"{part.symbol or part.caption} {part.figure}".strip() for part in row.parts if part.figure]
    return f"{row.content.name}: {'; '.join(figures)}"
