"""Decodes the tiles of one pane's mosaic, from the middle outwards; runs in a worker."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.mosaic.state import MosaicPicture
from trainer.replica.replica import Replica

#: A tile is the picture at a whole multiple of its size, about so wide on the screen; a larger one is shrunk.
_WIDE = 48
_WIDEST = 64
#: Seconds between two partial mosaics.
_PARTIAL = 0.05
#: Tiles decoded beyond the edges of the view, so that a pan finds them there; and tiles kept for coming back.
_MARGIN = 1
_KEPT = 3_000
#: Tiles of one mosaic at most; a larger view gets larger tiles.
_MOST = 2_500


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Tiles (i, j) with their middles at (i, j) · pitch of the plane, i and j whole numbers, j upwards.

    The plane's origin is a tile's middle whatever the view, so that tiles stay where they are while a map is
    panned.
    """

    pitch: float
    left: int
    bottom: int
    columns: int
    rows: int

    @classmethod
    def over(cls, view: ViewTransform, pixels: int) -> TileGrid:
        """The tiles that `view` shows, `pixels` wide on the screen; a multiple of it where they are too many."""
        times = max(1, math.ceil(math.sqrt(view.width * view.height / _MOST) / pixels))
        pitch = times * pixels / view.scale
        left, bottom, right, top = (edge / pitch for edge in view.rect)
        first, lowest = math.floor(left + 0.5), math.floor(bottom + 0.5)
        last, highest = math.ceil(right - 0.5), math.ceil(top - 0.5)
        return cls(pitch, first, lowest, last - first + 1, highest - lowest + 1)

    def wider(self, margin: int) -> TileGrid:
        """The grid with `margin` more tiles on each side."""
        more = 2 * margin
        return TileGrid(
            self.pitch, self.left - margin, self.bottom - margin, self.columns + more, self.rows + more
        )

    def from_the_middle(self) -> list[tuple[int, int]]:
        """All tiles, those nearest to the middle first."""
        i, j = np.meshgrid(np.arange(self.columns), np.arange(self.rows))
        away = (i - (self.columns - 1) / 2) ** 2 + (j - (self.rows - 1) / 2) ** 2
        order = np.argsort(away, axis=None, kind="stable")
        return list(
            zip((self.left + i.ravel()[order]).tolist(), (self.bottom + j.ravel()[order]).tolist(), strict=True)
        )


def magnification(shape: tuple[int, int, int]) -> tuple[int, int]:
    """(times, shrink): how a picture (C, H, W) becomes a tile; one of the two is 1."""
    side = max(shape[1], shape[2])
    if side > _WIDEST:
        return 1, math.ceil(side / _WIDEST)
    return max(1, round(_WIDE / side)), 1


class MosaicWork:
    """The work of one pane's thread; caches tiles for the next view."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._look: Look | None = None
        self._pitch = 0.0
        self._tiles: dict[tuple[int, int], np.ndarray] = {}
        self._pace = AdaptiveChunks()

    def pictures(self, look: Look) -> Iterator[object]:
        """`MosaicPicture`s: the mosaic over the view, increasingly complete."""
        assert look.view is not None
        if look.snapshot is None:
            yield MosaicPicture(reason="weights", complete=True)
            return
        times, shrink = magnification(look.model.config.shape)
        side = max(look.model.config.shape[1:])
        grid = TileGrid.over(look.view, times * math.ceil(side / shrink))
        if self._look is None or not look.same(self._look, ("hidden",)):
            self._tiles, self._pace = {}, AdaptiveChunks()
        elif grid.pitch != self._pitch or len(self._tiles) > _KEPT:
            self._tiles = {}
        self._look, self._pitch = look, grid.pitch
        replica = self._replicas.of(look.snapshot, look.traits)
        canvas = _Canvas(grid.wider(_MARGIN), look, times, shrink)
        places = canvas.grid.from_the_middle()
        seen = grid.columns * grid.rows
        known = [place for place in places if self._key(place) in self._tiles]
        canvas.put(known, [self._tiles[self._key(place)] for place in known])
        missing = [place for place in places if self._key(place) not in self._tiles]
        if known and missing:
            yield canvas.picture(len(known) >= seen)
        yield from self._fill(canvas, replica, missing)
        yield canvas.picture(True)

    def _key(self, place: tuple[int, int]) -> tuple[int, int]:
        """Tiles of one column are the same where the plane has one axis."""
        assert self._look is not None
        return place if len(self._look.plane.axes) > 1 else (place[0], 0)

    def _fill(self, canvas: _Canvas, replica: Replica, missing: list[tuple[int, int]]) -> Iterator[object]:
        """Decode what is missing, in pieces."""
        look = self._look
        assert look is not None
        shown, start = time.monotonic() - _PARTIAL, 0
        while start < len(missing):
            part = missing[start : start + self._pace.pictures()]
            start += len(part)
            wanted = sorted({self._key(place) for place in part if self._key(place) not in self._tiles})
            if wanted:
                positions = np.array(wanted, np.float64) * canvas.grid.pitch
                with self._pace.measured(slice(0, len(wanted))):
                    pictures = replica.decode(look.lift(positions))
                self._tiles.update(zip(wanted, (canvas.tile(picture) for picture in pictures), strict=True))
            canvas.put(part, [self._tiles[self._key(place)] for place in part])
            if start < len(missing) and time.monotonic() - shown >= _PARTIAL:
                yield canvas.picture(False)
                shown = time.monotonic()
            yield None


class _Canvas:
    """The unfinished composite."""

    def __init__(self, grid: TileGrid, look: Look, times: int, shrink: int) -> None:
        self.grid = grid
        self._times, self._shrink = times, shrink
        _, height, width = look.model.config.shape
        #: Pictures that are not square leave the rest of their square tile empty.
        self._side = math.ceil(max(height, width) / shrink) * times
        self._pixels = np.zeros((grid.rows * self._side, grid.columns * self._side, 4), np.uint8)
        self._number = look.number
        self._count = 0

    def tile(self, picture: np.ndarray) -> np.ndarray:
        """A picture uint8 (H, W, C) as a tile: uint8 (h, w, 3), blue first, magnified or shrunk."""
        channels = np.repeat(picture, 3, axis=2) if picture.shape[2] < 3 else picture[:, :, :3]
        if self._shrink > 1:
            channels = _shrunk(channels, self._shrink)
        return channels[:, :, ::-1].repeat(self._times, axis=0).repeat(self._times, axis=1)

    def put(self, places: list[tuple[int, int]], tiles: list[np.ndarray]) -> None:
        """Set tiles in their places."""
        side = self._side
        for (i, j), tile in zip(places, tiles, strict=True):
            height, width = tile.shape[:2]
            y = (self.grid.rows - 1 - (j - self.grid.bottom)) * side + (side - height) // 2
            x = (i - self.grid.left) * side + (side - width) // 2
            self._pixels[y : y + height, x : x + width, :3] = tile
            self._pixels[y : y + height, x : x + width, 3] = 255
        self._count += len(places)

    def picture(self, complete: bool) -> MosaicPicture:
        """A copy of the present picture."""
        pixels = self._pixels.copy()
        pixels.setflags(write=False)
        grid = self.grid
        return MosaicPicture(
            pixels=pixels,
            left=(grid.left - 0.5) * grid.pitch,
            top=(grid.bottom + grid.rows - 0.5) * grid.pitch,
            scale=self._side / grid.pitch,
            pitch=grid.pitch,
            tiles=self._count,
            complete=complete,
            number=self._number,
        )


def _shrunk(picture: np.ndarray, shrink: int) -> np.ndarray:
    """Means over blocks of `shrink` pixels a side; blocks at the edge repeat its last pixels."""
    height, width, channels = picture.shape
    padded = np.pad(picture, ((0, -height % shrink), (0, -width % shrink), (0, 0)), mode="edge")
    rows, columns = padded.shape[0] // shrink, padded.shape[1] // shrink
    blocks = padded.reshape(rows, shrink, columns, shrink, channels)
    return np.rint(blocks.mean(axis=(1, 3), dtype=np.float32)).astype(np.uint8)
