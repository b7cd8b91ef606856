"""Data for decoding under a pane's cursor: weights, and codes to find the nearest image in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import Nearest, PaneCodes, PaneState
from latent_explorer.core.workers.decode import DecodeWorker
from trainer.latent.neighbours import Neighbours
from trainer.replica.replica import Replica
from trainer.reports import Snapshot


@dataclass(slots=True)
class Eye:
    """The controller's data for one pane: the weights to decode with and where decoding runs."""

    pane: PaneState
    generation: int = -1
    replica: Replica | None = None
    worker: DecodeWorker | None = None
    inline: bool = True
    snapshot: Snapshot | None = None
    #: Index of the codes `searched`; rebuilt when the pane's codes change.
    neighbours: Neighbours | None = None
    searched: PaneCodes | None = None
    #: The exact code to decode instead of lifting the cursor: of a linked image, whose hidden dimensions matter.
    exact: np.ndarray | None = None
    #: The data row whose code that is, if the panes are linked by image.
    exact_row: int | None = None
    #: The inputs with which `exact_row` was linked: (snapshot, codes, plane, data).
    seen: tuple[object, ...] = ()
    #: The last slice; see `PaneState.slice_offset`.
    slice: np.ndarray | None = None

    def follow_slice(self) -> bool:
        """Whether the pane's slice has changed; its cursor then shows the map's code again."""
        moved = self.pane.slice_offset is not self.slice
        if moved:
            self.slice, self.exact = self.pane.slice_offset, None
        return moved


def neighbours_of(eye: Eye) -> Neighbours | None:
    """The index of the pane's present codes."""
    codes = eye.pane.codes
    if codes is not eye.searched:
        eye.searched = codes
        eye.neighbours = None if codes is None else Neighbours(codes.codes)
    return eye.neighbours


def nearest_of(data: DataView | None, row: int, distance: float) -> Nearest:
    """The nearest image, data row `row`, as far as it is available."""
    if data is None or row >= data.count:
        return Nearest(row, distance, None)
    return Nearest(row, distance, data.picture(row), data.label(row), data.place(row), data.file(row))


def nearest_row(eye: Eye, code: np.ndarray) -> tuple[int, float]:
    """The data row nearest to `code` in the pane and its distance; (-1, 0.0) without any."""
    codes = eye.pane.codes
    if code is eye.exact and eye.exact_row is not None:
        return eye.exact_row, 0.0  # linked by image: the nearest image is that image
    neighbours = neighbours_of(eye)
    if codes is None or neighbours is None:
        return -1, 0.0
    found, distances = neighbours.nearest(code)
    if not len(found):
        return -1, 0.0
    return int(codes.rows[int(found[0])]), float(distances[0])
