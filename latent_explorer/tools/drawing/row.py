"""Which image is drawn: the same in all models, so that they can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState


def row_drawn(explorer: ExplorerState, panes: Sequence[PaneState]) -> int | None:
    """The data row of the picked image, else of that nearest to the cursor moved last. None for neither."""
    if explorer.picked is not None:
        return explorer.picked
    first = panes[explorer.leader] if explorer.leader < len(panes) else panes[0]
    for pane in (first, *panes):
        if pane.nearest is not None:
            return pane.nearest.row
    return None
