"""How pictures of one size fill a room: columns and the size of a tile."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Gap between two tiles in device pixels.
GAP = 2


@dataclass(frozen=True, slots=True)
class Tiling:
    """`count` tiles in rows of `columns`, each `width` x `height` device pixels, with `GAP` between them."""

    count: int
    columns: int
    width: int
    height: int

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Total width and height in device pixels."""
        return (
            self.columns * (self.width + GAP) - GAP,
            self.rows * (self.height + GAP) - GAP,
        )

    def corner(self, place: int) -> tuple[int, int]:
        """Left and top of a tile, in device pixels."""
        row, column = divmod(place, self.columns)
        return column * (self.width + GAP), row * (self.height + GAP)

    def at(self, x: float, y: float) -> int | None:
        """The tile at this device pixel, gaps belonging to the tile before; None beside all of them."""
        column, row = math.floor(x / (self.width + GAP)), math.floor(y / (self.height + GAP))
        place = row * self.columns + column
        return place if 0 <= column < self.columns and row >= 0 and place < self.count else None


def tiling(count: int, picture: tuple[int, int], room: tuple[int, int]) -> Tiling | None:
    """The tiling with the largest tiles for `count` pictures (width, height) in a room of device pixels.

    Tiles are integer multiples of the picture if that fits, and otherwise smaller; of tilings with equal
    tiles the one with the fullest last row. None if there is less than a pixel for each.
    """
    wide, tall = picture
    best: Tiling | None = None
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        scale = min(
            ((room[0] + GAP) / columns - GAP) / wide,
            ((room[1] + GAP) / rows - GAP) / tall,
        )
        if scale >= 1:
            scale = math.floor(scale)
        width, height = int(wide * scale), int(tall * scale)
        if width < 1 or height < 1:
            continue
        if best is None or (width, -columns * rows) > (best.width, -best.columns * best.rows):
            best = Tiling(count, columns, width, height)
    return best
