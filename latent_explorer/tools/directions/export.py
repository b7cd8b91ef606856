"""A direction applied, or A - B + C, as a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.export import Export, Studio
from latent_explorer.core.states import States
from latent_explorer.export.row_figures import PAGE_WIDTH, TileBlock, TileFigure, model_name, tile_figure
from latent_explorer.tools.directions.state import STEPS, DirectionsState, Group, PaneAnalogy
from latent_explorer.tools.directions.words import analogy_text, score_text, title
from latent_explorer.words.figures import MINUS

translate = QCoreApplication.translate


class DirectionsExport(Export):
    """What the panel shows: the direction applied step by step with its score, or A - B + C."""

    key = "directions"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._state = self.panel = states.tools[DirectionsState]
        self.made = (self._state.strip_changed, self._state.analogy_changed)
        self.title = translate("export", "Direction")
        self.tip = translate("export", "The direction applied step by step, or A − B + C if that is on show")
        self.menu_text = translate("ExportDesk", "Save direction or A − B + C as…")

    def reason(self, making: bool) -> str:
        state = self._state
        if state.arithmetic:
            if not any(found is not None and found.picture is not None for found in state.analogies):
                return translate(
                    "ExportDesk", "There is no A − B + C yet: choose three images by Explore > Directions."
                )
        elif not any(state.strips):
            return translate("ExportDesk", "No direction is applied yet: make two groups by Explore > Directions.")
        return super().reason(making)

    def settings(self) -> dict[str, Any]:
        state, explorer = self._state, self.states.explorer
        if state.arithmetic:
            found = [None if one is None else _analogy(one, explorer) for one in state.analogies]
            terms = [None if row is None else explorer.place(row) for row in state.terms]
            return {"direction": {"arithmetic": "A - B + C", "terms": terms, "nearest": found}}
        shown = state.direction
        settings = {
            "name": shown.name,
            "plus": _group(shown.plus, explorer),
            "minus": _group(shown.minus, explorer),
            "base": state.base,
            "amount": state.amount,
            "steps": list(STEPS),
        }
        return {"direction": settings}

    def figure(self, studio: Studio) -> TileFigure | None:
        blocks = self._analogies() if self._state.arithmetic else self._strips()
        return tile_figure(blocks, studio.line(self), PAGE_WIDTH)

    def _strips(self) -> list[TileBlock]:
        state, blocks = self._state, []
        for pane, strip, found in zip(self.states.panes, state.strips, state.found, strict=False):
            if strip is None:
                continue
            scored = found is not None and found.direction is not None
            said = [
                title(state.direction, state.current),
                score_text(found) if found is not None and scored else "",
            ]
            blocks.append(
                TileBlock(
                    pane=pane.index,
                    title=model_name(pane),
                    remark=" · ".join(part for part in said if part),
                    pictures=strip.pictures,
                    columns=len(strip.pictures),
                    letters={place: f"{step:+.1f}".replace("-", MINUS) for place, step in enumerate(STEPS)},
                )
            )
        return blocks

    def _analogies(self) -> list[TileBlock]:
        """A, B, C, what A - B + C decodes to, and the nearest image, as far as these are available."""
        data, blocks = self.states.explorer.data, []
        for pane, found in zip(self.states.panes, self._state.analogies, strict=False):
            if found is None or found.picture is None:
                continue
            tiles = [(letter, _original(data, row)) for letter, row in zip("ABC", found.terms, strict=True)]
            tiles.append(("A − B + C", found.picture))
            if found.row >= 0:
                tiles.append((translate("export", "nearest"), _original(data, found.row)))
            shown = [
                (letter, picture)
                for letter, picture in tiles
                if picture is not None and picture.shape == found.picture.shape
            ]
            blocks.append(
                TileBlock(
                    pane=pane.index,
                    title=model_name(pane),
                    remark=analogy_text(found, data),
                    pictures=np.stack([picture for _, picture in shown]),
                    columns=len(shown),
                    letters={place: letter for place, (letter, _) in enumerate(shown)},
                )
            )
        return blocks


def _original(data: DataView | None, row: int) -> np.ndarray | None:
    return data.picture(row) if data is not None and row < data.count else None


def _group(group: Group, explorer: ExplorerState) -> dict[str, Any]:
    return {"parts": list(group.parts), "rows": [explorer.place(row) for row in group.rows.tolist()]}


def _analogy(found: PaneAnalogy, explorer: ExplorerState) -> dict[str, Any]:
    near = found.row >= 0
    return {"row": explorer.place(found.row) if near else None, "distance": found.distance if near else None}
