"""The traversals on the screen as a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export, Studio
from latent_explorer.core.states import States
from latent_explorer.export.row_figures import PAGE_WIDTH, TileBlock, TileFigure, model_name, tile_figure
from latent_explorer.tools.traversal.state import TraversalRow, TraversalState
from latent_explorer.words.figures import signed
from trainer.latent.traversal import order_of

translate = QCoreApplication.translate


class TraversalExport(Export):
    """The traversals of all models, in their order."""

    key = "traversal"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._state = self.panel = states.tools[TraversalState]
        self.made = (self._state.rows_changed,)
        self.title = translate("export", "Traversals")
        self.tip = translate("export", "The traversals that are on the screen, of both models")
        self.menu_text = translate("ExportDesk", "Save traversals as…")

    def reason(self, making: bool) -> str:
        if not any(self._state.rows):
            return translate("ExportDesk", "There are no traversals yet: show them by Explore > Traversals.")
        return super().reason(making)

    def settings(self) -> dict[str, Any]:
        return {"traversal": {"sort": self._state.sort, "base": list(self._state.bases)}}

    def figure(self, studio: Studio) -> TileFigure | None:
        state, blocks = self._state, []
        for pane, rows, summary in zip(self.states.panes, state.rows, state.summaries, strict=False):
            if summary is None or summary.summary is None or not rows:
                continue
            first, count = state.windows[pane.index]
            order = order_of(summary.summary, state.sort)[first : first + count].tolist()
            shown = [rows[dimension] for dimension in order if dimension in rows]
            if shown:
                blocks.append(
                    TileBlock(
                        pane=pane.index,
                        title=model_name(pane),
                        remark=_base(state, pane.index),
                        pictures=np.concatenate([row.pictures for row in shown]),
                        columns=len(shown[0].pictures),
                        names=tuple(_row_name(row) for row in shown),
                    )
                )
        return tile_figure(blocks, studio.line(self), PAGE_WIDTH)


def _row_name(row: TraversalRow) -> str:
    return translate("export", "z{dimension}: {low} to {high}").format(
        dimension=row.dimension + 1,
        low=signed(float(row.codes[0, row.dimension])),
        high=signed(float(row.codes[-1, row.dimension])),
    )


def _base(state: TraversalState, pane: int) -> str:
    if state.bases[pane] == "picked":
        return translate("export", "traversals through the picked image's code")
    return translate("export", "traversals through the code at the cursor")
