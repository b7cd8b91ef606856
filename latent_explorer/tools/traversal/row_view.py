"""One latent dimension of one pane: its name and figures, its pictures, and the slider under them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, TEXT_PX, tabular, theme
from latent_explorer.glossary.terms import refer
from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.strips.row_strip import RowStrip
from latent_explorer.tools.traversal.state import UNITS, TraversalRow
from latent_explorer.tools.traversal.words import change_text, kl_text, row_tip, spread_text
from latent_explorer.words.figures import signed
from trainer.latent.traversal import CodeSummary

#: Width of the figures on the left, height of the slider, and gap to the next row.
LABEL = 156
SLIDER = 15
GAP = 5
#: Tiles are at integer steps of the slider, with half a step beyond the outermost ones.
REACH = UNITS[-1] + (UNITS[1] - UNITS[0]) / 2


def line_height(font: QFont) -> float:
    """Height of one of the three lines of figures; the leading of Chinese fonts is too large here."""
    small = QFont(font)
    small.setPixelSize(SMALL_TEXT_PX)
    return min(QFontMetricsF(small).height(), 1.3 * SMALL_TEXT_PX)


class RowView(QWidget):
    """Reused for whichever dimension scrolls into view.

    Signals:
        value_wanted(int, float): the user moved this dimension to a value, in code units.
        tile_chosen(int, int): the user clicked a picture: dimension and place.
        left(int): up (-1) or down (+1) to the neighbouring row.
    """

    value_wanted = Signal(int, float)
    tile_chosen = Signal(int, int)
    left = Signal(int)

    def __init__(self, pane: int, title: str, parent: QWidget) -> None:
        """`title`: the model's name."""
        super().__init__(parent)
        self._title = title
        self.dimension = -1
        self._summary: CodeSummary | None = None
        self._row: TraversalRow | None = None
        self.strip = RowStrip(pane, len(UNITS), self)
        self.slider = ReachSlider(pane, REACH, self)
        self.strip.chosen.connect(lambda place: self.tile_chosen.emit(self.dimension, place))
        self.slider.moved.connect(self._moved)
        self.slider.left.connect(self.left)
        refer(self, "spread", "change", "kl_dimension")
        theme().changed.connect(self.update)

    def show_dimension(self, dimension: int, summary: CodeSummary, title: str) -> None:
        """Become the row of this dimension."""
        if dimension == self.dimension and summary is self._summary and title == self._title:
            return
        self.dimension, self._summary, self._title = dimension, summary, title
        self.setObjectName(f"traversalRow{dimension}")
        name = self.tr("Dimension z{number} of {model}").format(number=dimension + 1, model=title)
        self.slider.setAccessibleName(name)
        self.strip.setAccessibleName(name)
        self.slider.setEnabled(bool(summary.reach[dimension] > 0))
        self.setToolTip(row_tip(dimension, summary))
        self.update()

    def show_row(self, row: TraversalRow | None) -> None:
        """Show these pictures; None while they are not decoded."""
        if row is not self._row:
            self._row = row
            self.strip.set_pictures(None if row is None else row.pictures)
            self.update(0, 0, LABEL, self.height())

    def show_code(self, code: np.ndarray | None, base: np.ndarray | None) -> None:
        """Put the handle where the cursor's code is, and the mark where the picked image's is."""
        place = self._units(code) or 0.0
        if place != self.slider.place:
            self.slider.set_place(place)
            self.update(0, 0, LABEL, self.height())
        self.slider.set_mark(self._units(base))

    def _units(self, code: np.ndarray | None) -> float | None:
        """A code's position in this dimension, in units of the row's reach, relative to its middle."""
        summary, dimension = self._summary, self.dimension
        if code is None or summary is None or not dimension < len(code) or not summary.reach[dimension] > 0:
            return None
        return float((code[dimension] - summary.middle[dimension]) / summary.reach[dimension])

    @Slot(float)
    def _moved(self, units: float) -> None:
        summary = self._summary
        if summary is not None:
            self.update(0, 0, LABEL, self.height())
            value = summary.middle[self.dimension] + units * summary.reach[self.dimension]
            self.value_wanted.emit(self.dimension, float(value))

    def set_tile_height(self, height: int) -> None:
        """Set the height of the pictures."""
        self.strip.set_tile_height(height)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        width = max(1, self.width() - LABEL)
        tile = self.strip.sizeHint().height()
        self.strip.setGeometry(LABEL, 0, width, tile)
        self.slider.setGeometry(LABEL, tile, width, SLIDER)

    def paintEvent(self, event: QPaintEvent) -> None:
        summary = self._summary
        if summary is None:
            return
        tokens = theme().tokens
        with QPainter(self) as painter:
            font, small = tabular(QFont(self.font())), tabular(QFont(self.font()))
            font.setPixelSize(TEXT_PX)
            font.setWeight(QFont.Weight.DemiBold)
            small.setPixelSize(SMALL_TEXT_PX)
            metrics = QFontMetricsF(small)
            line = line_height(self.font())
            top = max(0.0, (self.height() - GAP - 3 * line) / 2) + metrics.ascent()
            painter.setPen(QColor(tokens.text))
            painter.setFont(font)
            painter.drawText(QPointF(0, top), f"z{self.dimension + 1}")
            painter.setFont(small)
            units = self.slider.place if self.slider.isEnabled() else None
            middle, reach = summary.middle[self.dimension], summary.reach[self.dimension]
            value = "" if units is None else signed(middle + units * reach)
            painter.drawText(QPointF(LABEL - 12 - metrics.horizontalAdvance(value), top), value)
            painter.setPen(QColor(tokens.text_2))
            figures = (kl_text(self.dimension, summary), spread_text(self.dimension, summary))
            painter.drawText(QPointF(0, top + line), " · ".join(figures))
            painter.drawText(QPointF(0, top + 2 * line), change_text(self._row))
