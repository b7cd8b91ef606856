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
    measured more finely. The last path is nowhere longer (by `HIDDEN`) than the straight way from stop to stop:
    where the finest spacing leads to a detour, too, it is straight. It is `converged` if it settled without that
    and without leaps.
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
        if not (leaps or any(detours)):
            yield settled
            return
        for place in np.flatnonzero(detours):
            ways[place], changes[place] = chords[place], direct[place]
        if finer:
            path, stops = along(ways, changes, min(steps * finer, max(steps, _VALUES // pixels)) + 1)
        elif any(detours):
            yield (yield from _straightened(decode, *along(ways, changes, len(path)), taken, chunk))
        else:
            yield replace(settled, converged=False, flaw="leaps" if settled.converged else "")


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


def _straightened(
    decode: Differentiable, path: np.ndarray, stops: np.ndarray, steps: int, chunk: int
) -> Generator[None, None, Refined]:
    """The path without the detour it had, after so many steps."""
    _, changes, _ = yield from _measured(decode, path, stops, chunk, 1)
    change = np.concatenate(changes)
    energy = len(change) * float(np.square(change, dtype=np.float64).sum())
    return Refined(path, change, stops, energy, steps, True, False, "detour")


def _length(change: np.ndarray) -> float:
    return float(change.sum(dtype=np.float64))


def _measured(
    decode: Differentiable, path: np.ndarray, stops: np.ndarray, chunk: int, parts: int = _PARTS
) -> Generator[None, None, tuple[list[np.ndarray], list[np.ndarray], int]]:
    """From stop to stop: codes with `parts` steps for each of the path's, the change a step; values a picture."""
    dense = at_places(path, np.arange((len(path) - 1) * parts + 1) / parts)
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
    spans = list(pairwise((parts * stops).tolist()))
    return [dense[a : b + 1] for a, b in spans], [change[a:b] for a, b in spans], former.shape[1]
