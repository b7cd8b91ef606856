"""All latent dimensions of one pane in a scrolling list; only visible rows exist."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from latent_explorer.core.pane import PaneState
from latent_explorer.tools.traversal.row_view import GAP, LABEL, SLIDER, RowView, line_height
from latent_explorer.tools.traversal.state import UNITS, TraversalState
from trainer.latent.traversal import CodeSummary, order_of

#: Minimum number of visible rows.
_FEWEST = 1.9
_SMALLEST = 22


class RowList(QScrollArea):
    """Rows in the chosen order. The cost depends only on the visible rows."""

    def __init__(self, pane: PaneState, traversal: TraversalState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._state = traversal
        self._summary: CodeSummary | None = None
        self._order = np.zeros(0, np.int64)
        self._tile = 28
        self._picked: np.ndarray | None = None
        self.rows: list[RowView] = []
        self._content = QWidget()
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().valueChanged.connect(self._place)

    def minimumSizeHint(self) -> QSize:
        return QSize(LABEL + len(UNITS) * 14, _SMALLEST + SLIDER + GAP)

    def sizeHint(self) -> QSize:
        return QSize(LABEL + len(UNITS) * 30, 3 * (28 + SLIDER + GAP))

    @property
    def order(self) -> np.ndarray:
        """All dimensions in their order."""
        return self._order

    def refresh(self) -> None:
        """Update from state."""
        result = self._state.summaries[self._pane.index]
        self._summary = None if result is None else result.summary
        latent = 0 if self._pane.model is None else self._pane.model.config.latent
        former = self._order
        if self._summary is None or len(self._summary.mean) != latent:
            self._summary = None
            self._order = np.zeros(0, np.int64)
        elif self._held is None or len(self._order) != latent:
            self._order = order_of(self._summary, self._state.sort)
        self._measure()
        if not np.array_equal(self._order, former):
            self._keep_in_sight()
        self._place()

    @property
    def _held(self) -> RowView | None:
        """The row whose slider is dragged: it keeps its position while the order changes during training."""
        return next((row for row in self.rows if row.slider.isSliderDown()), None)

    def _keep_in_sight(self) -> None:
        """Scroll to the focused row, if another order has moved it."""
        row = next((row for row in self.rows if row.slider.hasFocus()), None)
        places = [] if row is None else np.flatnonzero(self._order == row.dimension).tolist()
        if places:
            self._scroll_to(places[0])

    @property
    def row_height(self) -> int:
        """Pixels from one row to the next: room for pictures and slider, and for three lines of figures."""
        return max(self._tile + SLIDER, math.ceil(3 * line_height(self.font()))) + GAP

    def _measure(self) -> None:
        """The size of a tile: as large as the width allows while some rows still fit."""
        model = self._pane.model
        if model is not None:
            _, height, width = model.config.shape
            cell = (self.viewport().width() - LABEL) / len(UNITS) - 2
            room = min(cell * height / width, self.viewport().height() / _FEWEST - SLIDER - GAP)
            scale = room / height
            ratio = self.devicePixelRatioF()
            if scale * ratio >= 1:
                scale = int(scale * ratio) / ratio
            self._tile = max(_SMALLEST, round(height * scale))
        self._content.resize(self.viewport().width(), max(1, len(self._order) * self.row_height))
        self.verticalScrollBar().setSingleStep(self.row_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._place()

    @Slot()
    def _place(self) -> None:
        """Place rows in the visible part of the list, and report which those are."""
        first = max(0, self.verticalScrollBar().value() // self.row_height)
        count = -(-self.viewport().height() // self.row_height) + 1
        count = max(0, min(count, len(self._order) - first))
        model, summary = self._pane.model, self._summary
        while len(self.rows) < count:
            self.rows.append(self._new_row())
        self.rows = _in_order(self.rows, self._order[first : first + count].tolist())
        width = self.viewport().width()
        for place, row in enumerate(self.rows):
            row.setVisible(place < count)
            if place < count and summary is not None and model is not None:
                row.show_dimension(int(self._order[first + place]), summary, model.short)
                row.setGeometry(0, (first + place) * self.row_height, width, self.row_height)
                row.set_tile_height(self._tile)
        self._state.set_window(self._pane.index, first, count)
        self.show_pictures()
        self.show_codes(self._pane.code, self._picked)

    def _new_row(self) -> RowView:
        row = RowView(self._pane.index, "", self._content)
        row.value_wanted.connect(self._want)
        row.tile_chosen.connect(self._choose)
        row.left.connect(self._step)
        row.slider.sliderReleased.connect(self.refresh)
        # Created after the widgets that follow in the window, it would be the last in Tab order. Qt only inserts
        # after a widget that accepts the focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabOrder(self.rows[-1].slider if self.rows else self, row.slider)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return row

    @property
    def _shown(self) -> list[RowView]:
        return [row for row in self.rows if row.isVisibleTo(self._content)]

    def show_pictures(self) -> None:
        """Show the rows that have been decoded."""
        decoded = self._state.rows[self._pane.index]
        for row in self._shown:
            row.show_row(decoded.get(row.dimension))

    def show_codes(self, code: np.ndarray | None, picked: np.ndarray | None) -> None:
        """Put handles where the cursor's code (d,) is, and marks where the picked image's is."""
        self._picked = picked
        for row in self._shown:
            row.show_code(code, picked)

    # ------------------------------------------------------------ input

    @Slot(int, float)
    def _want(self, dimension: int, value: float) -> None:
        """Change one dimension of the code under this pane's cursor."""
        code = self._pane.code
        if code is not None and dimension < len(code):
            changed = code.copy()
            changed[dimension] = value
            self._pane.want_code(changed)

    @Slot(int, int)
    def _choose(self, dimension: int, place: int) -> None:
        row = self._state.rows[self._pane.index].get(dimension)
        if row is not None:
            self._pane.want_code(row.codes[place])

    @Slot(int)
    def _step(self, down: int) -> None:
        """Move to the row above or below, and scroll to it if needed."""
        sender = self.sender()
        here = next((row for row in self.rows if row is sender), None)
        if here is None:
            return
        place = int(np.flatnonzero(self._order == here.dimension)[0]) + down
        if not 0 <= place < len(self._order):
            return
        self._scroll_to(place)
        wanted = int(self._order[place])
        for row in self._shown:
            if row.dimension == wanted:
                row.slider.setFocus(Qt.FocusReason.TabFocusReason)

    def _scroll_to(self, place: int) -> None:
        """Make a row completely visible."""
        bar, top = self.verticalScrollBar(), place * self.row_height
        if top < bar.value():
            bar.setValue(top)
        elif top + self.row_height > bar.value() + self.viewport().height():
            bar.setValue(top + self.row_height - self.viewport().height())


def _in_order(rows: list[RowView], dimensions: list[int]) -> list[RowView]:
    """`rows` reordered so that the first ones show `dimensions`; rows that already show one of them keep it.

    Thus a focused slider keeps its dimension when the order changes.
    """
    showing = {row.dimension: row for row in rows if row.dimension in dimensions}
    spare = [row for row in rows if row not in showing.values()]
    for row in spare:
        row.slider.clearFocus()
    return [showing.get(dimension) or spare.pop(0) for dimension in dimensions] + spare
