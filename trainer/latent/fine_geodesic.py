"""Geodesics on paths fine enough for the decoder. Torch-free.

On few points the energy of `geodesic.geodesic` can be lowered by steps that leap over what the decoder does in
between: such a path is short on paper only, and moves at uneven speed. So a path that has settled is measured
between its points too; if it leaps, it is spaced anew by what the pictures change, on more points, and bent on.
Where leaping has led to a detour, longer than the straight way, it begins anew from that.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from trainer.latent.geodesic import CHUNK, Differentiable, Refined, geodesic
from trainer.latent.interpolation import along, at_places

#: A path may rest whose largest step is no more times the mean step between two stops ...
EVEN = 1.2
#: ... and which is no more times as long between its points as from point to point, nor as the straight way is.
HIDDEN = 1.01
#: Each step is measured in so many parts. A decoder with kinks still hides a tenth of the excess from eight; four
#: missed a sixth of it.
_PARTS = 8
#: Steps of the path at the first spacing times these; the last ones are for spacing alone.
_FINER = (4, 8, 8)
#: Picture values held at a time: limits the points of large pictures.
_VALUES = 24_000_000


def fine_geodesic(
    decode: Differentiable,
    path: np.ndarray,
    stops: np.ndarray | None = None,
    most_steps: int = 300,
    chunk: int = CHUNK,
) -> Iterator[Refined | None]:
    """Like `geodesic`, on as many points as the decoder needs; `most_steps` for each spacing.

    From one spacing to the next the number of points and the stops' places change, and the energy may rise: it is
    measured more finely. The last path is `converged` if it settled, does not leap, and is nowhere longer than the
    straight way from stop to stop.
    """
    taken, steps = 0, len(path) - 1
    for finer in (*_FINER, 0):
        settled = None
        for refined in geodesic(decode, path, stops, most_steps, chunk):
            if refined is None or not refined.done:
                yield refined and replace(refined, steps=taken + refined.steps)
            else:
                settled = replace(refined, steps=taken + refined.steps)
        assert settled is not None
        taken = settled.steps
        if not (np.isfinite(settled.energy) and settled.energy > 0) or len(settled.path) == len(settled.stops):
            yield settled
            return
        ways, changes, pixels = yield from _measured(decode, settled.path, settled.stops, chunk)
        leaps = _leaps(settled, [_length(change) for change in changes])
        straight = _straight(settled)
        chords, direct, _ = yield from _measured(decode, straight, settled.stops, chunk)
        detours = [_length(bent) > HIDDEN * _length(short) for bent, short in zip(changes, direct, strict=True)]
        if not finer or not (leaps or any(detours)):
            yield replace(settled, converged=settled.converged and not leaps and not any(detours))
            return
        for place in np.flatnonzero(detours):
            ways[place], changes[place] = chords[place], direct[place]
        points = min(steps * finer, max(steps, _VALUES // pixels)) + 1
        path, stops = along(ways, changes, points)


def _leaps(settled: Refined, lengths: list[float]) -> bool:
    """Whether a path is uneven between two stops, or longer (`lengths`) than its points know of."""
    for (start, end), length in zip(pairwise(settled.stops.tolist()), lengths, strict=True):
        change = settled.change[start:end].astype(np.float64)
        known = float(change.sum())
        if length > HIDDEN * known or float(change.max()) * len(change) > EVEN * known:
            return True
    return False


def _straight(settled: Refined) -> np.ndarray:
    """As many points, straight from stop to stop."""
    places = np.arange(len(settled.path), dtype=np.float64)
    return at_places(settled.path[settled.stops], np.interp(places, settled.stops, np.arange(len(settled.stops))))


def _length(change: np.ndarray) -> float:
    return float(change.sum(dtype=np.float64))


def _measured(
    decode: Differentiable, path: np.ndarray, stops: np.ndarray, chunk: int
) -> Generator[None, None, tuple[list[np.ndarray], list[np.ndarray], int]]:
    """From stop to stop: codes with points between the path's, and the change a step; values of a picture."""
    dense = at_places(path, np.arange((len(path) - 1) * _PARTS + 1) / _PARTS)
    change = np.empty(len(dense) - 1, np.float32)
    former = np.empty((0, 0), np.float32)
    for start in range(0, len(dense), chunk):
        pictures, _ = decode(dense[start : start + chunk])
        flat = np.asarray(pictures).reshape(len(pictures), -1)
        steps = np.diff(np.concatenate([former, flat]) if start else flat, axis=0)
        roots = np.sqrt(np.einsum("ij,ij->i", steps, steps, dtype=np.float64) / flat.shape[1])
        first = max(start - 1, 0)
        change[first : first + len(roots)] = roots
        former = flat[-1:]
        yield
    spans = list(pairwise((_PARTS * stops).tolist()))
    return [dense[a : b + 1] for a, b in spans], [change[a:b] for a, b in spans], former.shape[1]
