"""One pane's part of the traversals' panel."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.traversal.row_list import RowList
from latent_explorer.tools.traversal.slice_bar import SliceBar
from latent_explorer.tools.traversal.state import TraversalState


class TraversalColumn(QWidget):
    """Head line, plane and slice, rows."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, traversal: TraversalState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._explorer = explorer
        self._state = traversal
        self.head = ElidedLabel()
        self.head.setObjectName(f"traversalHead{pane.index}")
        self.head.setProperty("role", f"accent{pane.index % 2}")
        refer(self.head, "nearest_image")
        self.slice = SliceBar(pane, traversal)
        self.list = RowList(pane, traversal)
        self.list.setObjectName(f"traversalRows{pane.index}")
        self.empty = PlainLabel()
        self.empty.setObjectName(f"traversalEmpty{pane.index}")
        self.empty.setProperty("role", "caption")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.head)
        column.addWidget(self.slice)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Update from state."""
        result, model = self._state.summaries[self._pane.index], self._pane.model
        problem = ""
        if model is None:
            problem = self.tr("No model yet.")
        elif result is not None and result.summary is None:
            problem = self.tr("No code on this map is finite, so there is nothing to go through.")
        elif result is not None and result.summary is not None and not (result.summary.spread > 0).any():
            problem = self.tr("All images have the same code: no dimension has a range to go through.")
        self.empty.setText(problem)
        self.empty.setVisible(bool(problem))
        self.head.setText("" if model is None else f"{model.short} · {self._through()}")
        self.slice.refresh()
        self.list.refresh()
        self.show_codes()

    def _through(self) -> str:
        base = self._state.bases[self._pane.index]
        picked = self._explorer.picked
        if base == "picked" and picked is not None:
            text = self.tr("through image {row}").format(row=self._explorer.called(picked))
        elif base == "cursor" and self._state.base == "picked" and picked is None:
            text = self.tr("through the cursor's code: no image is picked")
        elif base == "cursor" and self._state.base == "picked":
            text = self.tr("through the cursor's code: the picked image is not on this map")
        else:
            text = self.tr("through the cursor's code")
        summary = self._state.summaries[self._pane.index]
        figures = None if summary is None else summary.summary
        if self._state.sort == "kl" and figures is not None and figures.kl is None:
            text += " · " + self.tr("by variance: no KL")
        return text

    def show_pictures(self) -> None:
        """Show rows that were decoded."""
        self.list.show_pictures()

    def show_codes(self) -> None:
        """Show the cursor's code."""
        self.list.show_codes(self._pane.code, self._picked())

    def _picked(self) -> np.ndarray | None:
        codes, row = self._pane.codes, self._explorer.picked
        if codes is None or row is None:
            return None
        place = codes.place_of(row)
        return None if place is None else codes.codes[place]
