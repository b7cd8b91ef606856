"""The rectangle that a map shows when it fits all points."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.pane import PaneCodes, rows_of
from latent_explorer.core.view_transform import Rect


def with_chosen(bounds: Rect | None, axes: str, codes: PaneCodes) -> Rect | None:
    """`bounds` extended to include the three images that define the plane, if `axes` is such a plane."""
    rows = rows_of(axes)
    if bounds is None or not rows:
        return bounds
    chosen = codes.points[np.isin(codes.rows, rows)].astype(float)
    chosen = chosen[np.isfinite(chosen).all(axis=1)]
    if not len(chosen):
        return bounds
    (left, bottom), (right, top) = chosen.min(axis=0).tolist(), chosen.max(axis=0).tolist()
    return (min(left, bounds[0]), min(bottom, bounds[1]), max(right, bounds[2]), max(top, bounds[3]))
