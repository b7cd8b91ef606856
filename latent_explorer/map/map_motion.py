"""The map's only animation: points and view glide from one refresh to the next."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.easing import Easing
from latent_explorer.map.point_layer import PointLayer

#: Points that are moved. While refreshes follow each other the map keeps showing these, so that nothing flickers,
#: and the trainer keeps its processor.
MOVED_POINTS = 30_000
#: Seconds from one frame to the next that tell of a machine with too much to do: three frames.
_LATE = 0.1


class MapMotion:
    """Moves a fixed random subset of a `PointLayer`'s points, and the view, to where they go."""

    def __init__(self, layer: PointLayer) -> None:
        self._layer = layer
        self._easing = Easing()
        self._rows = np.empty(0, np.int64)
        self._from = self._to = self._now = np.empty((0, 2), np.float32)
        self._view_from: ViewTransform | None = None
        self._view_to: ViewTransform | None = None
        self._last = 0.0
        #: Whether frames of the present glide, or of the last one, came late.
        self.behind = False

    @property
    def running(self) -> bool:
        """Whether something moves."""
        return self._easing.running

    @property
    def target(self) -> ViewTransform | None:
        """The view that a glide in progress arrives at; None where the view stays."""
        return self._view_to if self.running else None

    def begin(
        self, old: np.ndarray, new: np.ndarray, view: ViewTransform, target: ViewTransform | None, now: float
    ) -> None:
        """Start from points `old` (or from where a motion in progress has got to) to `new`, both (n, 2) float32.

        The layer must hold `new` already. `target`: the view to arrive at, or None to leave it alone.
        """
        chunks = self._layer.chunks
        assert chunks is not None
        rows = chunks.rows(0)[:MOVED_POINTS]
        start = self._now if self.running and np.array_equal(rows, self._rows) else old[rows]
        finish = new[rows]
        if not (np.isfinite(start).all() and np.isfinite(finish).all()):
            finite = np.isfinite(start).all(axis=1) & np.isfinite(finish).all(axis=1)
            rows, start, finish = rows[finite], start[finite], finish[finite]
        self._rows, self._from, self._to = rows, start, finish
        self._view_from, self._view_to = view, target
        self._easing.begin(now)
        self._last, self.behind = now, False
        self._place(0.0)

    def frame(self, now: float) -> ViewTransform | None:
        """Move on; the view to show if it moves too. After the last frame `running` is False."""
        self.behind = self.behind or now - self._last > _LATE
        self._last = now
        share = self._easing.share(now)
        if share >= 1:
            self._easing.end()
        self._place(share)
        if self._view_from is None or self._view_to is None:
            return None
        return self._view_from.towards(self._view_to, share)

    def leave_view(self) -> None:
        """A hand took the view: only the points go on."""
        self._view_to = None

    def stop(self) -> None:
        """Points are where they belong at once."""
        self._easing.end()
        self._layer.settle()

    def _place(self, share: float) -> None:
        self._now = self._from + (self._to - self._from) * np.float32(share)
        self._layer.move(np.ascontiguousarray(self._now[:, 0]), np.ascontiguousarray(self._now[:, 1]), self._rows)
