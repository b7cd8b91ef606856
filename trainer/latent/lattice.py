"""A grid of points over the visible part of a plane, evaluated from coarse to fine. Torch-free.

Cells are a power of two wide and aligned to multiples of it, so that a panned or slightly zoomed view reuses
points that were evaluated before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

#: Strides along both axes, from the first, coarse picture to the last.
STRIDES = (16, 8, 4, 2, 1)
#: Maximum number of points per side; a larger view gets wider cells.
_MOST = 640

#: Points float64 (n, 2) of the plane -> values float32 (n,).
Evaluate = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Points cell · (left + i, bottom + j), i < columns, j < rows; both counts are a multiple of 16, plus 1."""

    cell: float
    left: int
    bottom: int
    columns: int
    rows: int

    @classmethod
    def over(cls, left: float, bottom: float, right: float, top: float, cell: float) -> Lattice:
        """The smallest lattice that covers this rectangle, with `cell` rounded to a power of two.

        Raises `ValueError` if a corner is not finite or `cell` is not positive.
        """
        if not (all(map(math.isfinite, (left, bottom, right, top, cell))) and cell > 0):
            raise ValueError("a lattice needs a finite rectangle and a positive cell")
        cell = max(cell, (right - left) / _MOST, (top - bottom) / _MOST)
        cell = 2.0 ** round(math.log2(cell))
        widest = STRIDES[0]
        first = [math.floor(low / cell / widest) for low in (left, bottom)]
        last = [math.ceil(high / cell / widest) for high in (right, top)]
        sides = [(end - start) * widest + 1 for start, end in zip(first, last, strict=True)]
        return cls(cell, first[0] * widest, first[1] * widest, sides[0], sides[1])

    def points(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Plane coordinates of the points with these row and column indices (n,): float64 (n, 2)."""
        return np.column_stack([(self.left + columns) * self.cell, (self.bottom + rows) * self.cell])

    def rect(self, stride: int) -> tuple[float, float, float, float]:
        """Outer edges of the cells around every `stride`-th point: left, bottom, right, top."""
        half = stride / 2
        return (
            (self.left - half) * self.cell,
            (self.bottom - half) * self.cell,
            (self.left + self.columns - 1 + half) * self.cell,
            (self.bottom + self.rows - 1 + half) * self.cell,
        )


class LatticeValues:
    """Partially evaluated values on a lattice. values: float32 (rows, columns); known: bool of that shape."""

    def __init__(self, lattice: Lattice, former: LatticeValues | None = None) -> None:
        """`former`: values of the same function on any lattice; those at points of this lattice are reused."""
        self.lattice = lattice
        self.values = np.full((lattice.rows, lattice.columns), np.nan, np.float32)
        self.known = np.zeros((lattice.rows, lattice.columns), bool)
        if former is not None:
            self._take_over(former)

    def _take_over(self, former: LatticeValues) -> None:
        here, there = self.lattice, former.lattice
        if here.cell != there.cell:
            return
        bottom, left = max(here.bottom, there.bottom), max(here.left, there.left)
        top = min(here.bottom + here.rows, there.bottom + there.rows)
        right = min(here.left + here.columns, there.left + there.columns)
        if bottom >= top or left >= right:
            return
        mine = (slice(bottom - here.bottom, top - here.bottom), slice(left - here.left, right - here.left))
        theirs = (slice(bottom - there.bottom, top - there.bottom), slice(left - there.left, right - there.left))
        self.values[mine] = former.values[theirs]
        self.known[mine] = former.known[theirs]

    def level(self, stride: int) -> np.ndarray:
        """Every `stride`-th value, a read-only copy."""
        values = self.values[::stride, ::stride].copy()
        values.setflags(write=False)
        return values

    def missing(self, stride: int) -> int:
        """How many of the `stride`-th values are not evaluated yet."""
        known = self.known[::stride, ::stride]
        return int(known.size - np.count_nonzero(known))

    def refined(self, stride: int, evaluate: Evaluate, batch: Callable[[], int]) -> Iterator[None]:
        """Evaluate the missing `stride`-th values, `batch()` points at a time, with a yield after each batch."""
        rows, columns = np.nonzero(~self.known[::stride, ::stride])
        rows, columns = rows * stride, columns * stride
        start = 0
        while start < len(rows):
            part = slice(start, start + max(1, batch()))
            self.values[rows[part], columns[part]] = evaluate(self.lattice.points(rows[part], columns[part]))
            self.known[rows[part], columns[part]] = True
            start = part.stop
            yield None
