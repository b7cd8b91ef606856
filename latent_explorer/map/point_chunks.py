"""Points in random chunks, each sorted by grid cell: one structure for subsets, progress, culling and picking."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from latent_explorer.core.view_transform import Rect, bounds_of

#: Points per chunk: about a millisecond to draw, and below 65,536 so that 16-bit counts cannot overflow.
CHUNK = 50_000
_GRID = 64
#: Number of points sampled to choose the grid's position and size.
_GRID_SAMPLE = 4_000
#: Number of points sampled for `bounds`.
_BOUNDS_SAMPLE = 10_000


@dataclass(slots=True, eq=False)
class Chunk:
    """A subset of the points, sorted by grid cell (row by row from below).

    x, y: float32 (m,), finite. index: uint32 (m,), their indices in the full array. starts: int64 (cells + 1,),
    first point of each cell. dropped: number of non-finite points left out. colour: uint8 (m,), set by
    `PointChunks`.
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
    """Points (n, 2) float32 divided into chunks that are created on first use.

    Each of the `count` chunks is a stratified random sample with exactly one of every `count` consecutive rows.
    The first chunk is therefore representative in any order of the rows, without a shuffle of all points.
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
        """Number of non-finite points found so far."""
        return sum(chunk.dropped for chunk in self._chunks if chunk is not None)

    @property
    def ready(self) -> int:
        """Number of chunks created so far; they are created in order."""
        return next((i for i, chunk in enumerate(self._chunks) if chunk is None), self.count)

    def set_colours(self, colours: np.ndarray) -> None:
        """Colour index of each point, uint8 (n,)."""
        self._colours = colours
        for chunk in self._chunks:
            if chunk is not None:
                chunk.colour = None

    def rows(self, number: int) -> np.ndarray:
        """Indices in the full array of chunk `number`'s points, int64, in random order; read-only."""
        return _rows(self.size, self.count, number, self._seed)

    def chunk(self, number: int) -> Chunk:
        """Chunk `number`, created on first use (about 2 ms)."""
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
        """The points of a chunk in the grid cells that overlap the world rectangle `rect`."""
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
        """Index in the full array of the point nearest to (x, y) within `radius`, among the existing chunks."""
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
        """Mean over the points of the density of their grid cell, in points per square world unit."""
        chunk = self.chunk(0)
        counts = np.diff(chunk.starts).astype(float)
        total = counts.sum()
        if not total:
            return 0.0
        _, _, wide, tall = self._grid
        # Subtract each point itself: a cell with a single point gives no evidence of density. The least is half a
        # neighbour a cell or, of few points, as many as if they were spread evenly over the grid.
        mean = float((counts * counts).sum() / total) - 1
        return max(mean, min(0.5, total / _GRID**2)) * self.count / (wide * tall)

    def bounds(self) -> Rect | None:
        """A rectangle around nearly all points, from a random sample; None without finite points in it."""
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
        # Points outside the grid belong to its border cells, which extend to infinity.
        column = np.clip((x - left) / wide, 0, _GRID - 1).astype(np.uint16)
        row = np.clip((y - bottom) / tall, 0, _GRID - 1).astype(np.uint16)
        cell = row * np.uint16(_GRID) + column
        order = np.argsort(cell, kind="stable")  # numpy uses a radix sort for 16-bit keys
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
        """Non-empty ranges (start, end) of the chunk's points in the block of cells."""
        rows = np.arange(row0, row1 + 1) * _GRID
        firsts = chunk.starts[rows + column0].tolist()
        lasts = chunk.starts[rows + column1 + 1].tolist()
        spans = [(a, b) for a, b in zip(firsts, lasts, strict=True) if b > a]
        return _joined(spans) if column0 == 0 and column1 == _GRID - 1 else spans


@lru_cache(maxsize=4)
def _shuffle(size: int, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A random order of the blocks of `count` rows, and the random offset of the first chunk in each block."""
    blocks = math.ceil(size / count)
    random = np.random.default_rng(seed)
    return random.permutation(blocks).astype(np.int64), random.integers(0, count, blocks)


@lru_cache(maxsize=4)
def _rows(size: int, count: int, number: int, seed: int) -> np.ndarray:
    # Cached across refreshes, which usually have the same number of points.
    order, offsets = _shuffle(size, count, seed)
    rows = order * count + (number + offsets) % count
    rows = rows if size == len(rows) * count else rows[rows < size]
    rows.setflags(write=False)
    return rows


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge adjacent ranges."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def _cell(position: float) -> int:
    return int(min(max(position, 0.0), _GRID - 1))


def _grid_of(sample: np.ndarray) -> tuple[float, float, float, float]:
    """Left, bottom, cell width and cell height of a grid over nearly all of a sample (m, 2)."""
    finite = sample[np.isfinite(sample).all(axis=1)]
    if not len(finite):
        return (0.0, 0.0, 1.0, 1.0)
    low, high = np.quantile(finite, (0.005, 0.995), axis=0)
    # Equal positions (a collapsed dimension) need cells of positive size.
    smallest = max(float((high - low).max()) * 1e-3, float(np.abs(finite).max()) * 1e-6, 1e-30)
    wide, tall = (max(float(extent), smallest) * 1.02 / _GRID for extent in high - low)
    return (float(low[0]), float(low[1]), wide, tall)
