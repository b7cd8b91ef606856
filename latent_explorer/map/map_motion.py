"""The map's animation: points and view move smoothly from one refresh to the next."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.easing import Easing
from latent_explorer.map.point_layer import PointLayer

#: Number of animated points. While refreshes follow each other the map shows only these, which avoids flicker and
#: leaves processor time to the trainer.
MOVED_POINTS = 30_000
#: Seconds between two frames (three frame intervals) from which the machine counts as overloaded.
_LATE = 0.1


class MapMotion:
    """Animates a fixed random subset of a `PointLayer`'s points, and the view."""

    def __init__(self, layer: PointLayer) -> None:
        self._layer = layer
        self._easing = Easing()
        self._rows = np.empty(0, np.int64)
        self._from = self._to = self._now = np.empty((0, 2), np.float32)
        self._share = 1.0
        self._view_from: ViewTransform | None = None
        self._view_to: ViewTransform | None = None
        self._last = 0.0
        #: Whether frames of the current or last animation were late.
        self.behind = False

    @property
    def running(self) -> bool:
        """Whether an animation is in progress."""
        return self._easing.running

    @property
    def target(self) -> ViewTransform | None:
        """The final view of the animation in progress; None if the view stays."""
        return self._view_to if self.running else None

    def begin(
        self, old: np.ndarray, new: np.ndarray, view: ViewTransform, target: ViewTransform | None, now: float
    ) -> None:
        """Animate from points `old`, or from the current state of a running animation, to `new`: (n, 2) float32.

        The layer must already hold `new`. `target`: the final view, or None to keep the view.
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
        """Advance to time `now`; gives the view if it is animated too. After the last frame `running` is False."""
        self.behind = self.behind or now - self._last > _LATE
        self._last = now
        share = self._easing.share(now)
        if share >= 1:
            self._easing.end()
        self._place(share)
        if self._view_from is None or self._view_to is None:
            return None
        return self._view_from.towards(self._view_to, share)

    @property
    def share(self) -> float:
        """How far the points have moved, 0 to 1; 1 at rest."""
        return self._share if self.running else 1.0

    def nearest(self, x: float, y: float, radius: float) -> int | None:
        """Index in the full array of the animated point nearest to (x, y), where it is now, within `radius`."""
        if not len(self._now):
            return None
        squared = ((self._now - np.array([x, y], np.float32)) ** 2).sum(axis=1)
        place = int(squared.argmin())
        return int(self._rows[place]) if squared[place] <= radius * radius else None

    def point(self, index: int) -> tuple[float, float] | None:
        """Where the point with this index in the full array is now; None for one that is not animated."""
        found = np.flatnonzero(self._rows == index)
        if not len(found):
            return None
        x, y = self._now[found[0]].tolist()
        return x, y

    def leave_view(self) -> None:
        """Stop animating the view, because the user changed it; the points continue."""
        self._view_to = None

    def stop(self) -> None:
        """End the animation: the points take their final positions."""
        self._easing.end()
        self._layer.settle()

    def _place(self, share: float) -> None:
        self._share = share
        self._now = self._from + (self._to - self._from) * np.float32(share)
        self._layer.move(np.ascontiguousarray(self._now[:, 0]), np.ascontiguousarray(self._now[:, 1]), self._rows)
