"""Live figures as a small table: a row each, one column per pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe, refer, tip
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.measures.state import MeasuresState
from latent_explorer.tools.measures.words import cells, rows


class LiveTable(QWidget):
    """Made once; afterwards only its texts change."""

    def __init__(self, panes: Sequence[PaneState], measures: MeasuresState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes, self._measures = tuple(panes), measures
        self.setObjectName("measuresLive")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        self.heads = [ElidedLabel() for _ in panes]
        for column, head in enumerate(self.heads, start=1):
            head.setObjectName(f"measuresHead{column - 1}")
            head.setProperty("role", "caption")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            refer(head, "beta", "latent_size")
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        self.values: list[list[PlainLabel]] = []
        self._terms = []
        for number, row in enumerate(rows(), start=1):
            title = PlainLabel(row.title)
            title.setProperty("role", "caption")
            describe(title, row.term)
            grid.addWidget(title, number, 0)
            line = []
            for column in range(len(panes)):
                value = PlainLabel("")
                value.setObjectName(f"live-{row.term}{column}")
                value.setFont(tabular(value.font()))
                value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                refer(value, row.term)
                grid.addWidget(value, number, column + 1)
                line.append(value)
            self.values.append(line)
            self._terms.append(row.term)
        grid.setRowStretch(len(self.values) + 1, 1)

    def refresh(self) -> None:
        """Update from state."""
        for column, pane in enumerate(self._panes):
            model = pane.model
            self.heads[column].setText("" if model is None else model.short)
            self.heads[column].setStyleSheet(f"color: {theme().accent(pane.index).name()}")
            shown = cells(self._measures.live.get(pane.index), 0 if model is None else model.config.latent)
            for line, term, cell in zip(self.values, self._terms, shown, strict=True):
                value = line[column]
                text = "" if model is None else cell.text
                if value.text() != text:
                    value.setText(text)
                value.setToolTip("\n".join(filter(None, (tip(term), cell.more))))
