"""Finds neighbours exactly, by comparing with every image, block by block. For a worker's thread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.tools.neighbours.state import PIXELS, Found

#: Values compared between two checks for cancellation: a few ms.
_BLOCK = 2_000_000
#: The square of the largest difference of two pixels, and the largest sum that 32 bits hold.
_MOST_SQUARE, _MOST_SUM = 255**2, 2**31 - 1


class NeighbourWork:
    """Caches the neighbours in pixels, which training does not change."""

    def __init__(self) -> None:
        self._pixels: tuple[DataView, int, int, Found] | None = None

    def find(self, looks: tuple[Look, ...], panes: tuple[int, ...], count: int) -> Iterator[Found | None]:
        """A `Found` for each of `panes`, and one for pixels. `looks`: of those that have codes, with picked image
        and data."""
        picked, data = looks[0].picked, looks[0].data
        assert picked is not None
        shown = {look.index: look for look in looks}
        for pane in panes:
            if pane in shown:
                yield from in_codes(shown[pane], picked, count)
            else:
                yield Found(measure=pane, of=picked, reason="no-map")
        yield from self._in_pixels(data, picked, count)

    def _in_pixels(self, data: DataView | None, picked: int, count: int) -> Iterator[Found | None]:
        if data is None:
            yield Found(measure=PIXELS, of=picked, reason="no-images")
            return
        known = self._pixels
        if known is not None and known[0] is data and known[1:3] == (picked, count):
            yield known[3]
            return
        for found in in_pixels(data, picked, count):
            if found is not None:
                self._pixels = (data, picked, count, found)
            yield found


def in_codes(look: Look, picked: int, count: int) -> Iterator[Found | None]:
    """The neighbours among the images on a map, by the Euclidean distance of their codes."""
    measure, number = look.index, look.number
    codes, rows = look.codes.codes, look.codes.rows
    place = look.codes.place_of(picked)
    if place is None:
        yield Found(measure=measure, of=picked, number=number, reason="not-on-map")
        return
    if not np.isfinite(codes[place]).all():
        yield Found(measure=measure, of=picked, number=number, reason="not-finite")
        return
    query = codes[place].astype(np.float64)
    squares = np.empty(len(codes))
    step = max(1, _BLOCK // max(1, codes.shape[1]))
    for start in range(0, len(codes), step):
        apart = codes[start : start + step].astype(np.float64) - query
        squares[start : start + step] = np.einsum("ij,ij->i", apart, apart)
        yield None
    finite = np.isfinite(squares)
    squares[~finite] = np.inf
    squares[place] = np.inf
    among = int(finite.sum()) - 1
    if not among:
        yield Found(measure=measure, of=picked, number=number, reason="alone")
        return
    chosen = smallest(squares, min(count, among))
    yield Found(
        measure=measure,
        of=picked,
        rows=rows[chosen],
        distances=np.sqrt(squares[chosen]),
        among=among,
        left_out=len(codes) - 1 - among,
        pictures=_pictures(look.data, rows[chosen]),
        number=number,
    )


def in_pixels(data: DataView, picked: int, count: int) -> Iterator[Found | None]:
    """The neighbours among all images, by the Euclidean distance of their pixels, from 0 to 1 each."""
    images = data.images
    if images is None or picked >= len(images):
        yield Found(measure=PIXELS, of=picked, reason="no-images")
        return
    if len(images) < 2:
        yield Found(measure=PIXELS, of=picked, reason="alone")
        return
    size = int(np.prod(images.shape[1:]))
    # Whole numbers, so that sums are exact.
    kind: type[np.int32 | np.int64] = np.int32 if size * _MOST_SQUARE <= _MOST_SUM else np.int64
    query: np.ndarray = np.asarray(images[picked]).reshape(-1).astype(kind)
    squares = np.empty(len(images))
    step = max(1, _BLOCK // size)
    for start in range(0, len(images), step):
        apart: np.ndarray = np.asarray(images[start : start + step]).reshape(-1, size).astype(kind) - query
        squares[start : start + step] = np.einsum("ij,ij->i", apart, apart)
        yield None
    squares[picked] = np.inf
    chosen = smallest(squares, min(count, len(images) - 1))
    yield Found(
        measure=PIXELS,
        of=picked,
        rows=chosen.astype(np.int64),
        distances=np.sqrt(squares[chosen]) / 255,
        among=len(images) - 1,
        pictures=_pictures(data, chosen),
    )


def smallest(values: np.ndarray, count: int) -> np.ndarray:
    """Indices of the `count` smallest of `values` (n,), ascending; ties in order of index."""
    limit = np.partition(values, count - 1)[count - 1]
    candidates = np.flatnonzero(values <= limit)
    order = np.argsort(values[candidates], kind="stable")
    return candidates[order][:count]


def _pictures(data: DataView | None, rows: np.ndarray) -> np.ndarray | None:
    if data is None or data.images is None or (len(rows) and int(rows.max()) >= len(data.images)):
        return None
    return np.ascontiguousarray(np.asarray(data.images[rows]).transpose(0, 2, 3, 1))
