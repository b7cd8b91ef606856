"""Geodesics with adaptive resolution: as many points as the decoder requires. Torch-free.

On few points `geodesic.geodesic` can lower the discrete energy with steps that skip over large changes of the
picture between two points: the path then only seems short, and its speed is uneven. A converged path is therefore
also measured between its points. If it skips changes, it is resampled at even picture changes on more points, and
the minimisation continues. If skipping has led to a detour, longer than the straight path, it restarts from the
straight path.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from trainer.latent.geodesic import CHUNK, Differentiable, Refined, geodesic
from trainer.latent.interpolation import along, at_places

#: A path is accepted if its largest step is at most this multiple of the mean step between two stops ...
EVEN = 1.2
#: ... and its length measured between its points is at most this multiple of the length from point to point, and
#: of the length of the straight path.
HIDDEN = 1.01
#: Parts into which each step is divided for measuring. With the kinks of a ReLU decoder eight parts still miss a
#: tenth of the excess length; four missed a sixth.
_PARTS = 8
#: Numbers of intervals as multiples of the first; the last level is for resampling only.
_FINER = (4, 8, 8)
#: Maximum number of picture values in memory: limits the points of a path for large pictures.
_VALUES = 24_000_000


def fine_geodesic(
    decode: Differentiable,
    path: np.ndarray,
    stops: np.ndarray | None = None,
    most_steps: int = 300,
    chunk: int = CHUNK,
) -> Iterator[Refined | None]:
    """Like `geodesic`, refined to as many points as the decoder requires; `most_steps` for each resolution.

    From one resolution to the next the number of points and the stops' indices change, and the energy may rise
    because it is measured more finely. The last path is nowhere longer (by `HIDDEN`) than the straight path
    between stops: if even the finest resolution leads to a detour, the straight path replaces it. `converged`
    means that neither a detour nor skipped changes remained.
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
    """Whether a path skips changes: uneven between two stops, or longer (`lengths`) than its points show."""
    for (start, end), length in zip(pairwise(settled.stops.tolist()), lengths, strict=True):
        change = settled.change[start:end].astype(np.float64)
        known = float(change.sum())
        if length > HIDDEN * known or float(change.max()) * len(change) > EVEN * known:
            return True
    return False


def _straight(settled: Refined) -> np.ndarray:
    """The same number of points on straight lines from stop to stop."""
    places = np.arange(len(settled.path), dtype=np.float64)
    return at_places(settled.path[settled.stops], np.interp(places, settled.stops, np.arange(len(settled.stops))))


def _straightened(
    decode: Differentiable, path: np.ndarray, stops: np.ndarray, steps: int, chunk: int
) -> Generator[None, None, Refined]:
    """The result with the straight path in place of a detour, after `steps` steps."""
    _, changes, _ = yield from _measured(decode, path, stops, chunk, 1)
    change = np.concatenate(changes)
    energy = len(change) * float(np.square(change, dtype=np.float64).sum())
    return Refined(path, change, stops, energy, steps, True, False, "detour")


def _length(change: np.ndarray) -> float:
    return float(change.sum(dtype=np.float64))


def _measured(
    decode: Differentiable, path: np.ndarray, stops: np.ndarray, chunk: int, parts: int = _PARTS
) -> Generator[None, None, tuple[list[np.ndarray], list[np.ndarray], int]]:
    """Per segment between stops: codes with `parts` steps per step of the path, and the change of each step.

    Also gives the number of values in a picture.
    """
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
