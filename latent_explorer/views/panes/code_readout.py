"""The code under the cursor in figures: plane coordinates, and the |z| where the plane hides dimensions."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Slot
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.state.pane import PaneState
from latent_explorer.theme import TEXT_PX, tabular, theme
from latent_explorer.views.figures import signed

#: Room for the widest usual figure, so that nothing moves while figures change.
_WIDEST = "+00.00"
_GAP = 5.0


class CodeReadout(QWidget):
    """Paints "z1 +2.25  z2 +4.59" in fixed places; with more dimensions than the plane shows, also |z|."""

    def __init__(self, pane: PaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.setObjectName("codeReadout")
        self.setAccessibleName(self.tr("Code under the cursor"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for signal in (pane.cursor_changed, pane.picture_changed):
            signal.connect(self._refresh)
        pane.model_changed.connect(self._reshape)
        pane.plane_changed.connect(self._reshape)
        theme().changed.connect(self.update)

    def cells(self) -> list[tuple[str, str]]:
        """(name, figure) pairs, in order; empty without a model."""
        plane, model = self._pane.plane, self._pane.model
        if model is None:
            return []
        names = plane.names if plane is not None else ("z1", "z2" if model.config.latent > 1 else "")
        shown = [
            # "PC1 (43 %)" on an axis is "PC1" here; the share is the axis's business.
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
        """The readout in words, for people who hear it."""
        return "  ".join(f"{name} {value}" for name, value in self.cells())

    def fonts(self) -> tuple[QFont, QFont]:
        """For names and for figures."""
        font = tabular(self.font())
        font.setPixelSize(TEXT_PX)
        return font, font

    def columns(self) -> int:
        """How many cells stand side by side at the present width."""
        cells = self.cells()
        if not cells:
            return 1
        width = max(self._cell_width(name) for name, _ in cells)
        fit = int((self.width() + 2 * _GAP) // (width + 2 * _GAP))
        return max(1, min(fit, len(cells)))

    def _cell_width(self, name: str) -> float:
        metrics = QFontMetricsF(self.fonts()[0])
        return metrics.horizontalAdvance(name) + _GAP + metrics.horizontalAdvance(_WIDEST)

    def line_height(self) -> int:
        """Height of one line of cells."""
        return round(QFontMetricsF(self.fonts()[0]).height()) + 2

    def sizeHint(self) -> QSize:
        cells = len(self.cells())
        lines = max(1, -(-cells // self.columns()))
        return QSize(140, lines * self.line_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    @Slot()
    def _reshape(self) -> None:
        self.updateGeometry()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if QAccessible.isActive():
            self.setAccessibleDescription(self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        cells = self.cells()
        if not cells:
            return
        tokens = theme().tokens
        painter = QPainter(self)
        font, _ = self.fonts()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        columns = self.columns()
        step = self.width() / columns if columns > 1 else float(self.width())
        names = max(metrics.horizontalAdvance(name) for name, _ in cells)
        for place, (name, value) in enumerate(cells):
            line, column = divmod(place, columns)
            x = column * step
            y = line * self.line_height() + metrics.ascent() + 1
            painter.setPen(QColor(tokens.text_2))
            painter.drawText(QPointF(x, y), name)
            painter.setPen(QColor(tokens.text))
            # Figures end at the same place whatever their length, so the sign moves and the decimals stay.
            room = max(metrics.horizontalAdvance(_WIDEST), metrics.horizontalAdvance(value))
            right = x + (names if columns == 1 else metrics.horizontalAdvance(name)) + _GAP + room
            painter.drawText(QPointF(right - metrics.horizontalAdvance(value), y), value)
        painter.end()
