"""Reads the positions of all cursors from the panes and restores them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState


@dataclass(frozen=True, slots=True)
class Cursors:
    """All cursors: positions, codes shown exactly (as bytes), the leading pane, whether the link is suspended."""

    places: tuple[tuple[float, float], ...]
    exact: tuple[bytes | None, ...]
    leader: int
    rests: bool = False


def read_cursors(
    panes: tuple[PaneState, ...], explorer: ExplorerState, exploration: ExplorationController
) -> Cursors:
    """The present cursors."""
    codes = [exploration.exact(pane.index) for pane in panes]
    exact = tuple(None if code is None else np.asarray(code, np.float32).tobytes() for code in codes)
    return Cursors(tuple(pane.cursor for pane in panes), exact, explorer.leader, exploration.link_rests)


def put_cursors(
    cursors: Cursors, panes: tuple[PaneState, ...], explorer: ExplorerState, exploration: ExplorationController
) -> None:
    """Restore the cursors; those that follow move by the link."""
    codes = {
        index: np.frombuffer(code, np.float32) for index, code in enumerate(cursors.exact) if code is not None
    }
    if cursors.rests:
        explorer.set_leader(cursors.leader)
        exploration.show_codes(codes)
        return
    linked = explorer.link != "off"
    order = [cursors.leader] if linked else sorted(range(len(cursors.places)), key=cursors.leader.__eq__)
    for index in order:
        pane, code = panes[index], codes.get(index)
        if code is not None:
            pane.want_code(code)
        elif pane.cursor != cursors.places[index]:
            pane.drag_cursor(*cursors.places[index])
        elif index == cursors.leader:
            # It is there already, but must lead again.
            pane.cursor_dragged.emit()
