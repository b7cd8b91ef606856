"""How pictures change along a path: change per frame, path over chord, largest over mean step. Torch-free."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

#: Two pictures that differ by less (root mean square of grey levels 0 to 1) look the same on any screen: a
#: quarter of the smallest step of a byte.
SAME_PICTURE = 0.25 / 255


@dataclass(frozen=True, slots=True, eq=False)
class Continuity:
    """Figures of a path from n pictures along it (SCIENCE section 2).

    Attributes:
        change: float32 (n - 1,), root mean squared difference of neighbouring pictures over their pixels and
            channels, in grey levels from 0 (black) to 1 (white).
        length: length of the path in picture space: the sum of `change` over the frames, which is a lower
            bound, or with `whole` the length itself.
        chord: the same difference between the first picture and the last; with stops in between the sum of the
            differences from stop to stop.
        ratio: length / chord: 1 is a cross-fade, more is a detour; less (apart from rounding) only if the frames
            skip stops. A lower bound if length is one. NaN if all stops decode to the same picture.
        largest: largest step over mean step, at least 1: 1 is constant speed, more is a jump. NaN if nothing
            changes. Always computed from the frames.
        whole: whether length and ratio include the path between its frames (`path_length.whole_path`).
    """

    change: np.ndarray = field(repr=False)
    length: float
    chord: float
    ratio: float
    largest: float
    whole: bool = False


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """Root mean squared difference of two pictures of one shape, values 0 to 1."""
    return math.sqrt(float(np.mean(np.square(np.asarray(first, np.float64) - np.asarray(second, np.float64)))))


def changes(pictures: np.ndarray) -> np.ndarray:
    """Change per frame of pictures float (n, ...), values 0 to 1: float32 (n - 1,); see `Continuity.change`."""
    flat = np.asarray(pictures, np.float32).reshape(len(pictures), -1)
    steps = np.empty(max(len(flat) - 1, 0), np.float32)
    # Pair by pair: the differences of all pairs at once would not fit in the cache.
    for place in range(len(steps)):
        step = flat[place + 1] - flat[place]
        steps[place] = math.sqrt(float(step @ step) / max(len(step), 1))
    return steps


def continuity(pictures: np.ndarray, stops: np.ndarray | None = None) -> Continuity:
    """Measure pictures float (n, ...) with values 0 to 1, n >= 2, along a path.

    stops: pictures (s, ...) at the path's stops, first and last included; None for the ends of `pictures`.
    """
    if len(pictures) < 2:
        raise ValueError("continuity needs at least two pictures")
    corners = [pictures[0], pictures[-1]] if stops is None else stops
    change = changes(pictures)
    length = float(change.sum(dtype=np.float64))
    chord = sum(difference(a, b) for a, b in pairwise(corners))
    mean = length / len(change)
    return Continuity(
        change=change,
        length=length,
        chord=chord,
        ratio=length / chord if chord > SAME_PICTURE else math.nan,
        largest=float(change.max()) / mean if length > SAME_PICTURE else math.nan,
    )
