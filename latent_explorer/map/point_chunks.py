"""Points in random chunks, each sorted into a grid: subsets, progress, culling and picking from one structure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from latent_explorer.core.view_transform import Rect, bounds_of

#: Points a chunk: about a millisecond to draw, and below 65,536 so that 16-bit counts cannot overflow.
CHUNK = 50_000
_GRID = 64
#: Points that the grid's place and size are judged by.
_GRID_SAMPLE = 4_000
#: Points that tell where to look.
_BOUNDS_SAMPLE = 10_000


@dataclass(slots=True, eq=False)
class Chunk:
    """Some of the points, sorted by grid cell (row by row from below).

    x, y: float32 (m,), finite. index: uint32 (m,), their places in the full array. starts: first point of each
    cell, int64 (cells + 1,). dropped: non-finite points left out. colour: uint8 (m,), set by `PointChunks`.
    """

    x: np.ndarray = field(repr=False)
    y: np.ndarray = field(repr=False)
    index: np.ndarray = field(repr=False)
    starts: np.ndarray = field(repr=False)
    dropped: int
    colour: np.ndarray | None = field(default=None, repr=False)


#: x, y, colour of points to draw.
Drawable = tuple[np.ndarray, np.ndarray, np.ndarray]


class PointChunks:
    """Points (n, 2) float32 cut into chunks that are made when first asked for.

    Each chunk is a stratified random sample: of every `count` consecutive rows it has exactly one. So the first
    chunk is a fair picture of all, whatever order the rows came in, and no shuffle of all the points is needed.
    """

    def __init__(self, points: np.ndarray, seed: int = 0) -> None:
        self.points = points
        self.size = len(points)
        self.count = max(1, math.ceil(self.size / CHUNK))
        self._seed = seed
        self._chunks: list[Chunk | None] = [None] * self.count
        self._colours: np.ndarray | None = None
        self._grid = _grid_of(points[self.rows(0)[:_GRID_SAMPLE]])

    @property
    def left_out(self) -> int:
        """Non-finite points found so far."""
        return sum(chunk.dropped for chunk in self._chunks if chunk is not None)

    @property
    def ready(self) -> int:
        """Chunks that have been made; they are made in order."""
        return next((i for i, chunk in enumerate(self._chunks) if chunk is None), self.count)

    def set_colours(self, colours: np.ndarray) -> None:
        """Colour index of each point, uint8 (n,)."""
        self._colours = colours
        for chunk in self._chunks:
            if chunk is not None:
                chunk.colour = None

    def rows(self, number: int) -> np.ndarray:
        """Places in the full array of chunk `number`'s points, int64, in random order; read-only."""
        return _rows(self.size, self.count, number, self._seed)

    def chunk(self, number: int) -> Chunk:
        """Chunk `number`, made on first use (about 2 ms)."""
        made = self._chunks[number]
        if made is None:
            made = self._chunks[number] = self._make(number)
        return made

    def colour(self, chunk: Chunk) -> np.ndarray:
        """Colour indices of a chunk's points, uint8 (m,)."""
        if chunk.colour is None:
            if self._colours is None:
                chunk.colour = np.zeros(len(chunk.x), np.uint8)
            else:
                chunk.colour = self._colours[chunk.index]
        return chunk.colour

    def visible(self, number: int, rect: Rect) -> Drawable:
        """The points of a chunk that can lie in the world rectangle (some outside it come along)."""
        chunk = self.chunk(number)
        colour = self.colour(chunk)
        column0, row0, column1, row1 = self._cells(rect)
        if (column1 - column0 + 1) * (row1 - row0 + 1) > 0.7 * _GRID * _GRID:
            return chunk.x, chunk.y, colour
        spans = self._spans(chunk, column0, row0, column1, row1)
        return tuple(  # type: ignore[return-value]
            np.concatenate([values[a:b] for a, b in spans]) if spans else values[:0]
            for values in (chunk.x, chunk.y, colour)
        )

    def nearest(self, x: float, y: float, radius: float) -> int | None:
        """Place in the full array of the point nearest to (x, y) within `radius`, among the chunks made so far."""
        best, found = radius * radius, None
        cells = self._cells((x - radius, y - radius, x + radius, y + radius))
        for chunk in self._chunks:
            if chunk is None:
                continue
            for a, b in self._spans(chunk, *cells):
                squared = (chunk.x[a:b] - np.float32(x)) ** 2 + (chunk.y[a:b] - np.float32(y)) ** 2
                place = int(squared.argmin())
                if squared[place] <= best:
                    best, found = float(squared[place]), int(chunk.index[a + place])
        return found

    def density(self) -> float:
        """Points a square world unit where points are: the mean over points of their cell's density."""
        chunk = self.chunk(0)
        counts = np.diff(chunk.starts).astype(float)
        total = counts.sum()
        if not total:
            return 0.0
        _, _, wide, tall = self._grid
        # A share of one in the sample is a cell with one point: it tells nothing of density.
        mean = float((counts * counts).sum() / total) - 1
        return max(mean, 0.5) * self.count / (wide * tall)

    def bounds(self) -> Rect | None:
        """Where nearly all points are, by a random sample of them; None without finite points in it."""
        return bounds_of(self.points[self.rows(0)[:_BOUNDS_SAMPLE]])

    def _make(self, number: int) -> Chunk:
        index = self.rows(number)
        sample = self.points[index]
        x, y = sample[:, 0], sample[:, 1]
        finite = np.isfinite(x) & np.isfinite(y)
        dropped = len(index) - int(np.count_nonzero(finite))
        if dropped:
            index, x, y = index[finite], x[finite], y[finite]
        left, bottom, wide, tall = self._grid
        # Points outside the grid count to its border cells, which therefore reach to infinity.
        column = np.clip((x - left) / wide, 0, _GRID - 1).astype(np.uint16)
        row = np.clip((y - bottom) / tall, 0, _GRID - 1).astype(np.uint16)
        cell = row * np.uint16(_GRID) + column
        order = np.argsort(cell, kind="stable")  # a radix sort for 16-bit keys
        starts = np.zeros(_GRID * _GRID + 1, np.int64)
        np.cumsum(np.bincount(cell, minlength=_GRID * _GRID), out=starts[1:])
        return Chunk(x[order], y[order], index[order].astype(np.uint32), starts, dropped)

    def _cells(self, rect: Rect) -> tuple[int, int, int, int]:
        left, bottom, wide, tall = self._grid
        return (
            _cell((rect[0] - left) / wide),
            _cell((rect[1] - bottom) / tall),
            _cell((rect[2] - left) / wide),
            _cell((rect[3] - bottom) / tall),
        )

    def _spans(self, chunk: Chunk, column0: int, row0: int, column1: int, row1: int) -> list[tuple[int, int]]:
        """Non-empty runs of the chunk's points that lie in the block of cells."""
        rows = np.arange(row0, row1 + 1) * _GRID
        firsts = chunk.starts[rows + column0].tolist()
        lasts = chunk.starts[rows + column1 + 1].tolist()
        spans = [(a, b) for a, b in zip(firsts, lasts, strict=True) if b > a]
        return _joined(spans) if column0 == 0 and column1 == _GRID - 1 else spans


@lru_cache(maxsize=4)
def _shuffle(size: int, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Order of the blocks of `count` rows, and where in each the first chunk begins."""
    blocks = math.ceil(size / count)
    random = np.random.default_rng(seed)
    return random.permutation(blocks).astype(np.int64), random.integers(0, count, blocks)


@lru_cache(maxsize=4)
def _rows(size: int, count: int, number: int, seed: int) -> np.ndarray:
    # Kept from one refresh to the next, which is of as many points as a rule.
    order, offsets = _shuffle(size, count, seed)
    rows = order * count + (number + offsets) % count
    rows = rows if size == len(rows) * count else rows[rows < size]
    rows.setflags(write=False)
    return rows


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of full grid rows follow each other without a gap."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def _cell(position: float) -> int:
    return int(min(max(position, 0.0), _GRID - 1))


def _grid_of(sample: np.ndarray) -> tuple[float, float, float, float]:
    """Left, bottom, cell width and cell height of a grid over nearly all of a sample (m, 2)."""
    finite = sample[np.isfinite(sample).all(axis=1)]
    if not len(finite):
        return (0.0, 0.0, 1.0, 1.0)
    low, high = np.quantile(finite, (0.005, 0.995), axis=0)
    # Equal positions (a collapsed dimension) still need cells of some size.
    smallest = max(float((high - low).max()) * 1e-3, float(np.abs(finite).max()) * 1e-6, 1e-30)
    wide, tall = (max(float(extent), smallest) * 1.02 / _GRID for extent in high - low)
    return (float(low[0]), float(low[1]), wide, tall)
