"""Goes to an image: moves both cursors to its code and pans both maps so that it is visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState

#: Share of the map's width and height that an image is kept away from its edges.
_EDGE = 0.06


def go_to_image(row: int, explorer: ExplorerState, panes: Sequence[PaneState]) -> bool:
    """Pick data row `row`, move the cursors to it, and pan maps that do not show it; False if no map has it."""
    found = False
    explorer.pick(row)
    for pane in reversed(panes):  # the left pane leads in the end
        codes = pane.codes
        place = None if codes is None else codes.place_of(row)
        if codes is None or place is None or not np.isfinite(codes.codes[place]).all():
            continue
        found = True
        pane.want_code(codes.codes[place])
        x, y = map(float, codes.points[place])
        view = pane.view
        if view is None or not np.isfinite([x, y]).all():
            continue
        px, py = view.to_pixels(x, y)
        edge_x, edge_y = _EDGE * view.width, _EDGE * view.height
        if not (edge_x <= px <= view.width - edge_x and edge_y <= py <= view.height - edge_y):
            pane.look(replace(view, x=x, y=y))
    return found
