"""The code under the cursor as numbers: plane coordinates, and |z| if the plane hides dimensions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.text_widths import TextWidths
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe
from latent_explorer.words.figures import signed

#: Every cell has room for this number, and positions are fixed for that one, so that changing numbers do not move.
_WIDEST = "+00.00"
_USUAL = "+0.00"
_GAP = 4.0
#: Gap between two cells in a line, if there is room.
_APART = 8.0


class CodeReadout(QWidget):
    """Paints "z1 +2.25  z2 +4.59" in fixed places; with more dimensions than the plane shows, also |z|."""

    def __init__(self, pane: PaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._measure()
        self.setObjectName("codeReadout")
        self.setAccessibleName(self.tr("Code under the cursor"))
        # Opaque: it is painted at every mouse move, and otherwise all widgets under it would be as well.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for signal in (pane.cursor_changed, pane.picture_changed):
            signal.connect(self._refresh)
        pane.model_changed.connect(self._reshape)
        pane.plane_changed.connect(self._reshape)
        theme().changed.connect(self.update)
        self._reshape()

    def cells(self) -> list[tuple[str, str]]:
        """(name, figure) pairs, in order; empty without a model."""
        plane, model = self._pane.plane, self._pane.model
        if model is None:
            return []
        names = plane.names if plane is not None else ("z1", "z2" if model.config.latent > 1 else "")
        shown = [
            # "PC1 (43 %)" on an axis is "PC1" here, without the share.
            (name.split(" (")[0], signed(value))
            for name, value in zip(names, self._pane.cursor, strict=True)
            if name
        ]
        if plane is not None and plane.hides:
            code = self._pane.code
            length = signed(float(np.linalg.norm(code))).lstrip("+") if code is not None else "–"
            shown.append(("|z|", length))
        return shown

    def text(self) -> str:
        """The readout as text, for screen readers."""
        return "  ".join(f"{name} {value}" for name, value in self.cells())

    def figure_font(self) -> QFont:
        """Tabular figures at the text size."""
        font = tabular(self.font())
        font.setPixelSize(theme().text_px)
        return font

    def changeEvent(self, event: QEvent) -> None:
        """Measure again with another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
            self.updateGeometry()

    def _measure(self) -> None:
        """Measure the fonts once, not at every paint, which comes with every move of the mouse."""
        self._font = self.figure_font()
        self._metrics = QFontMetricsF(self._font)
        self._widths = TextWidths(self._metrics)

    def columns(self, width: int) -> int:
        """How many cells fit side by side in `width`."""
        return self._columns(self.cells(), width)

    def _columns(self, cells: Sequence[tuple[str, str]], width: int) -> int:
        return max(1, min(int(width // self._cell(cells)), 2)) if cells else 1

    def _cell(self, cells: Sequence[tuple[str, str]]) -> float:
        """Width in px of each of the cells."""
        return max(self._widths[name] for name, _ in cells) + _GAP + self._widths[_WIDEST]

    def left_of(self, column: int) -> float:
        """Left edge of the cells in this column, in px."""
        return self._left_of(self.cells(), column)

    def _left_of(self, cells: Sequence[tuple[str, str]], column: int) -> float:
        if not column or not cells:
            return 0.0
        middle = self.width() / 2
        return max(middle, min(middle + _APART, self.width() - self._cell(cells)))

    def line_height(self) -> int:
        """Height of one line of cells."""
        return round(self._metrics.height()) + 2

    def height_for(self, width: int) -> int:
        """Height of the readout at `width`."""
        cells = self.cells()
        return max(1, -(-len(cells) // self._columns(cells, width))) * self.line_height()

    def sizeHint(self) -> QSize:
        return QSize(140, self.height_for(self.width()))

    @Slot()
    def _reshape(self) -> None:
        plane = self._pane.plane
        hides = plane is not None and plane.hides
        describe(self, *(("plane_axes", "code_length") if hides else ("code",)))
        self.updateGeometry()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if QAccessible.isActive():
            self.setAccessibleDescription(self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        cells, tokens = self.cells(), theme().tokens
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(tokens.panel))
            if not cells:
                return
            painter.setFont(self._font)
            columns = self._columns(cells, self.width())
            lefts = [self._left_of(cells, column) for column in range(columns)]
            names = max(self._widths[name] for name, _ in cells)
            for place, (name, value) in enumerate(cells):
                line, column = divmod(place, columns)
                x = lefts[column]
                y = line * self.line_height() + self._metrics.ascent() + 1
                painter.setPen(QColor(tokens.text_2))
                painter.drawText(QPointF(x, y), name)
                painter.setPen(QColor(tokens.text))
                # Numbers of usual length are right-aligned, so that decimals do not move.
                room = max(self._widths[_USUAL], self._widths[value])
                right = x + (names if columns == 1 else self._widths[name]) + _GAP + room
                painter.drawText(QPointF(right - self._widths[value], y), value)
