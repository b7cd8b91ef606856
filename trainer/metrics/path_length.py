"""How long a path is in picture space, between its frames too. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import replace

import numpy as np

from trainer.latent.interpolation import at_places
from trainer.metrics.continuity import SAME_PICTURE, Continuity, changes

#: Codes float32 (n, d) -> pictures float (n, ...) with values 0 to 1.
Decode = Callable[[np.ndarray], np.ndarray]

#: A line is measured on at least so many steps, then on twice as many, until it grows by less than this share (on
#: smooth ground a third of that is still missing), or has so many.
_LEAST, _ENOUGH, _MOST = 64, 0.01, 8192


def whole_path(
    decode: Decode, line: np.ndarray, frames: Continuity, chunk: int
) -> Generator[None, None, Continuity]:
    """`frames` (figures from a path's frames) with `length` and `ratio` of the path itself; `chord` is unchanged.

    line: codes (m, d) of the path, m >= 2, straight in between.
    Changes between frames are missing from the sum over frames, which is therefore a lower bound and grows with
    their number. A generator: yields None after about `chunk` codes.
    """
    steps = max(1, len(line) - 1)
    parts = math.ceil(_LEAST / steps)
    length = yield from _length(decode, _between(line, parts), chunk)
    while math.isfinite(length) and 2 * parts * steps <= _MOST:
        parts, former = 2 * parts, length
        length = yield from _length(decode, _between(line, parts), chunk)
        if length - former <= _ENOUGH * length:
            break
    ratio = length / frames.chord if frames.chord > SAME_PICTURE else math.nan
    return replace(frames, length=length, ratio=ratio, whole=True)


def _between(line: np.ndarray, parts: int) -> np.ndarray:
    """The line with each step divided into `parts`."""
    return at_places(line, np.arange((len(line) - 1) * parts + 1) / parts)


def _length(decode: Decode, codes: np.ndarray, chunk: int) -> Generator[None, None, float]:
    """Sum of changes from code to code; pictures are not stored, as there may be thousands."""
    total, last = 0.0, None
    for start in range(0, len(codes), chunk):
        pictures = decode(codes[start : start + chunk])
        row = pictures if last is None else np.concatenate([last, pictures])
        total += float(changes(row).sum(dtype=np.float64))
        last = pictures[-1:]
        yield
    return total
