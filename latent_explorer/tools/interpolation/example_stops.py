"""Two images to begin an interpolation with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneState

#: Number of rows considered.
_SOME = 4_000


def example_rows(panes: Sequence[PaneState], data: DataView | None, number: int) -> tuple[int, int] | None:
    """Data rows of two images of different classes, each central in its class; another pair for each `number`.

    Without classes two images far apart. None if no two codes differ.
    """
    codes = next((pane.codes for pane in panes if pane.codes is not None), None)
    if codes is None or not len(codes.rows):
        return None
    rng = np.random.default_rng(number)
    some = np.sort(rng.permutation(len(codes.rows))[:_SOME])
    some = some[np.isfinite(codes.codes[some]).all(axis=1)]
    if len(some) < 2:
        return None
    rows, values = codes.rows[some], codes.codes[some].astype(np.float64)
    labels = None
    if data is not None and data.labels is not None and rows[-1] < len(data.labels):
        labels = data.labels[rows]
    classes = np.unique(labels[labels >= 0]) if labels is not None else np.empty(0)
    if labels is not None and len(classes) >= 2:
        first, second = rng.choice(classes, 2, replace=False)
        found = [_middle(rows, values, labels == chosen) for chosen in (first, second)]
        return found[0], found[1]
    start = int(np.linalg.norm(values - values.mean(axis=0), axis=1).argmax())
    distances = np.linalg.norm(values - values[start], axis=1)
    end = int(distances.argmax())
    return (int(rows[start]), int(rows[end])) if distances[end] > 0 else None


def _middle(rows: np.ndarray, values: np.ndarray, mine: np.ndarray) -> int:
    """The row of those that are `mine` whose code is nearest to their median."""
    away = np.linalg.norm(values[mine] - np.median(values[mine], axis=0), axis=1)
    return int(rows[mine][away.argmin()])
