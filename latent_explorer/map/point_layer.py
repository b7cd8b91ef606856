"""The points of the map, cached as a picture: drawn from a subset while the view changes, in full at rest.

A frame is produced in one of three ways, cheapest first:

- the view moved and the picture, which extends beyond the map's edges, still covers it: blit;
- the scale changed or the picture does not cover the view: draw chunks of visible points up to a budget, blit;
- at rest: `refine` adds chunk after chunk to a larger picture, which replaces the old one when it is complete.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.point_chunks import CHUNK, Drawable, PointChunks
from latent_explorer.map.point_colours import PointColours
from latent_explorer.map.rasteriser import Exposure, Picture, Rasteriser
from latent_explorer.map.ticks import FAINT, grid_step, ticks

#: Maximum number of points drawn per frame while the scale changes.
_QUICK = 50_000
#: Maximum number of chunks searched in such a frame: each costs time even if few of its points are visible.
_QUICK_CHUNKS = 24
#: Margin of the full picture beyond each edge, as a share of the map's size, so that panning only blits.
_OVERSCAN = 0.25


@dataclass(slots=True, eq=False)
class _Shown:
    """A picture, the number of points it was drawn from, and whether these are all."""

    picture: Picture
    drawn: int
    full: bool


@dataclass(slots=True, eq=False)
class _Job:
    """An unfinished full picture: chunks below `done` have been added in pass `layer` (0: grey, 1: coloured)."""

    view: ViewTransform
    exposure: Exposure
    layer: int
    done: int = 0


class PointLayer:
    """Draws points; shows nothing before `set_points`.

    Attributes:
        rasterisations: number of pictures drawn so far; moving the cursor must not draw one.
    """

    def __init__(self) -> None:
        self.rasterisations = 0
        self._chunks: PointChunks | None = None
        self._colours: PointColours | None = None
        self._ground = np.zeros((3, 3), np.uint8)
        self._ruled = (True, True)
        self._clear = False
        self._density = 0.0
        self._moving: Drawable | None = None
        self._quick: Rasteriser | None = None
        self._full: Rasteriser | None = None
        self._shown: _Shown | None = None
        self._job: _Job | None = None

    @property
    def chunks(self) -> PointChunks | None:
        """The points, for picking."""
        return self._chunks

    @property
    def drawn_points(self) -> int:
        """Number of dots in the picture on screen."""
        return self._shown.drawn if self._shown else 0

    def set_points(self, points: np.ndarray, *, keep_exposure: bool = False) -> None:
        """Show points (n, 2) float32. `keep_exposure`: keep the density estimate, during a drag."""
        self._chunks = PointChunks(points)
        self._moving = None
        if self._colours is not None and len(self._colours.index) == len(points):
            self._chunks.set_colours(self._colours.index)
        if not keep_exposure or not self._density:
            self._density = self._chunks.density()
        self.invalidate()

    def set_colours(self, colours: PointColours, tokens: Tokens) -> None:
        """Set the points' colours and the colours of ground and grid."""
        self._colours = colours
        ground, text = (_rgb(QColor(name)) for name in (tokens.map, tokens.text))
        shades = [ground + (text - ground) * faint for faint in (0.0, *FAINT)]
        self._ground = np.stack(shades).round().astype(np.uint8)
        if self._chunks is not None:
            self._chunks.set_colours(colours.index)
        self.invalidate()

    def set_ruled(self, across: bool, up: bool) -> None:
        """Whether to draw grid lines for the x axis and for the y axis."""
        if (across, up) != self._ruled:
            self._ruled = (across, up)
            self.invalidate()

    def set_clear(self, clear: bool) -> None:
        """Whether the ground is transparent, because overlays lie under the points."""
        if clear != self._clear:
            self._clear = clear
            self.invalidate()

    def clear(self) -> None:
        """Remove all points."""
        self._chunks = self._colours = self._moving = None
        self._density = 0.0
        self.invalidate()

    def move(self, x: np.ndarray, y: np.ndarray, rows: np.ndarray) -> None:
        """Show some animated points: x, y float32 (m,), `rows` their indices in the full array."""
        if self._colours is not None:
            self._moving = (x, y, self._colours.index[rows])
            self.invalidate()

    def settle(self) -> None:
        """End the animation: draw the full array again, in idle time."""
        self._moving = None

    def invalidate(self) -> None:
        """Mark the picture as outdated."""
        self._shown = None
        self._job = None

    def release(self) -> None:
        """Release the memory of the pictures, when the map is hidden."""
        self._quick = self._full = None
        self.invalidate()

    def paint(self, painter: QPainter, view: ViewTransform, ratio: float, dirty: QRect) -> None:
        """Update the picture for `view` if necessary and blit it into `dirty`."""
        if self._chunks is None or self._colours is None:
            return
        wanted = _device(view, ratio)
        if self._shown is None or _shift(self._shown.picture, wanted) is None:
            self._shown = self._draw_quickly(wanted, ratio)
        picture = self._shown.picture
        shift = _shift(picture, wanted)
        if shift is None:
            return
        picture.image.setDevicePixelRatio(ratio)
        if dirty.width() >= view.width and dirty.height() >= view.height:
            painter.drawImage(QPointF(-shift[0] / ratio, -shift[1] / ratio), picture.image)
            return
        corner = QPointF(dirty.x() * ratio + shift[0], dirty.y() * ratio + shift[1])
        painter.drawImage(QRectF(dirty), picture.image, QRectF(corner, dirty.size().toSizeF() * ratio))

    def whole(self, view: ViewTransform, ratio: float) -> QImage:
        """Draw all points of this view into a separate picture for a file: the same look at every `ratio`."""
        assert self._chunks is not None
        assert self._colours is not None
        wanted = _device(view, ratio)
        exposure = Exposure.of(self._density, view.scale, 1.0).for_file(ratio)
        canvas = Rasteriser(wanted, exposure.dot)
        self._prepare(canvas, wanted, ratio)
        for layer in (0, 1) if self._colours.grey else (1,):
            for number in range(self._chunks.count):
                self._add(canvas, number, exposure, layer)
        image = self._picture(canvas, exposure, 1.0).image.copy()
        image.setDevicePixelRatio(ratio)
        return image

    def wants_refining(self, view: ViewTransform, ratio: float) -> bool:
        """Whether `refine` has work to do for this view."""
        if self._chunks is None or self._colours is None or self._moving is not None:
            return False
        return not (self._shown and self._shown.full and _roomy(self._shown.picture.view, _device(view, ratio)))

    def refine(self, view: ViewTransform, ratio: float, seconds: float) -> bool:
        """Work on the full picture for about `seconds`. True if it has just been finished: repaint."""
        if not self.wants_refining(view, ratio):
            return False
        assert self._chunks is not None
        assert self._colours is not None
        until = time.perf_counter() + seconds
        wanted = _device(view, ratio)
        if self._job is None or not _roomy(self._job.view, wanted):
            self._begin(wanted, ratio)
        job, full = self._job, self._full
        assert job is not None
        assert full is not None
        while not self._advance(job, full):
            if time.perf_counter() >= until:
                return False
        self._shown = _Shown(self._picture(full, job.exposure, 1.0), full.drawn, True)
        self._job = None
        return True

    def _advance(self, job: _Job, full: Rasteriser) -> bool:
        """Add one chunk; True if it was the last one."""
        assert self._chunks is not None
        self._add(full, job.done, job.exposure, job.layer)
        job.done += 1
        if job.done < self._chunks.count:
            return False
        job.layer, job.done, last = 1, 0, job.layer == 1
        return last

    def _begin(self, wanted: ViewTransform, ratio: float) -> None:
        """Start a full picture around `wanted`."""
        view = _overscanned(wanted)
        if self._full is None or (self._full.width, self._full.height) != (view.width, view.height):
            self._full = Rasteriser(view)
        self._prepare(self._full, view, ratio)
        assert self._colours is not None
        self._job = _Job(view, Exposure.of(self._density, wanted.scale, ratio), 0 if self._colours.grey else 1)

    def _draw_quickly(self, wanted: ViewTransform, ratio: float) -> _Shown:
        """A picture of exactly this view from a subset of the points within the frame's budget."""
        width, height = int(wanted.width), int(wanted.height)
        if self._quick is None or (self._quick.width, self._quick.height) != (width, height):
            self._quick = Rasteriser(wanted)
        quick = self._quick
        self._prepare(quick, wanted, ratio)
        exposure = Exposure.of(self._density, wanted.scale, ratio)
        assert self._chunks is not None
        assert self._colours is not None
        if self._moving is not None:
            share = len(self._moving[0]) / max(self._chunks.size, 1)
            for layer in (0, 1) if self._colours.grey else (1,):
                self._add_points(quick, self._moving, exposure, layer)
            return _Shown(self._picture(quick, exposure, share), quick.drawn, False)
        chosen = self._choose(wanted)
        for layer in (0, 1) if self._colours.grey else (1,):
            for points in chosen:
                self._add_points(quick, points, exposure, layer)
        share = len(chosen) / self._chunks.count
        return _Shown(self._picture(quick, exposure, share), quick.drawn, False)

    def _prepare(self, canvas: Rasteriser, view: ViewTransform, ratio: float) -> None:
        """Start an empty picture with grid lines, which lie under the points and pan with them."""
        canvas.clear(view)
        step = grid_step(view.scale / ratio)
        left, bottom, right, top = view.rect
        columns = {math.floor(view.to_pixels(at, 0)[0]): at == 0 for at in ticks(left, right, step)}
        rows = {math.floor(view.to_pixels(0, at)[1]): at == 0 for at in ticks(bottom, top, step)}
        canvas.rule(columns if self._ruled[0] else {}, rows if self._ruled[1] else {})

    def _choose(self, wanted: ViewTransform) -> list[Drawable]:
        """Visible points of the first chunks within the budget: at least one chunk, and only existing chunks."""
        assert self._chunks is not None
        available = min(max(self._chunks.ready, 1), _QUICK_CHUNKS)
        if self._chunks.count * CHUNK <= _QUICK:
            available = self._chunks.count
        chosen: list[Drawable] = []
        total = 0
        for number in range(available):
            points = self._chunks.visible(number, wanted.rect)
            if chosen and total + len(points[0]) > _QUICK:
                break
            chosen.append(points)
            total += len(points[0])
        return chosen

    def _add(self, canvas: Rasteriser, number: int, exposure: Exposure, layer: int) -> None:
        assert self._chunks is not None
        self._add_points(canvas, self._chunks.visible(number, canvas.view.rect), exposure, layer)

    def _add_points(self, canvas: Rasteriser, points: Drawable, exposure: Exposure, layer: int) -> None:
        """Add the grey points (layer 0) or the coloured ones (layer 1), which are drawn on top."""
        assert self._colours is not None
        x, y, colour = points
        if self._colours.grey:
            grey = colour == self._colours.grey_index
            chosen = grey if layer == 0 else ~grey
            x, y, colour = x[chosen], y[chosen], colour[chosen]
        canvas.add(x, y, colour, exposure.dot)

    def _picture(self, canvas: Rasteriser, exposure: Exposure, share: float) -> Picture:
        assert self._colours is not None
        self.rasterisations += 1
        return canvas.picture(self._colours.palette, self._ground, exposure, share, clear=self._clear)


def _rgb(colour: QColor) -> np.ndarray:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float64)


def _device(view: ViewTransform, ratio: float) -> ViewTransform:
    """The view in device pixels."""
    if ratio == 1 and view.width % 1 == 0 == view.height % 1:
        return view
    return replace(
        view,
        width=float(math.ceil(view.width * ratio)),
        height=float(math.ceil(view.height * ratio)),
        scale=view.scale * ratio,
    )


def _overscanned(view: ViewTransform) -> ViewTransform:
    """The view enlarged on each side by whole pixels, so that both share the same pixel grid."""
    width, height = (side + 2 * math.ceil(side * _OVERSCAN) for side in (view.width, view.height))
    return view.resized(width, height)


def _shift(picture: Picture, wanted: ViewTransform) -> tuple[int, int] | None:
    """Offset of `wanted` in the picture, in device pixels; None unless the picture covers it at the same scale."""
    have = picture.view
    if not math.isclose(have.scale, wanted.scale, rel_tol=1e-9):
        return None
    across = (have.width - wanted.width) / 2 + (wanted.x - have.x) * have.scale
    down = (have.height - wanted.height) / 2 - (wanted.y - have.y) * have.scale
    left, top = math.floor(across + 0.5), math.floor(down + 0.5)
    if left < 0 or top < 0 or left + wanted.width > have.width or top + wanted.height > have.height:
        return None
    return left, top


def _roomy(have: ViewTransform, wanted: ViewTransform) -> bool:
    """Whether a picture of `have` covers `wanted` with a margin for panning in every direction."""
    if not math.isclose(have.scale, wanted.scale, rel_tol=1e-9) or have.width <= wanted.width:
        return False
    spare_x = (have.width - wanted.width) / 2 - abs(wanted.x - have.x) * have.scale
    spare_y = (have.height - wanted.height) / 2 - abs(wanted.y - have.y) * have.scale
    return spare_x >= 0.3 * _OVERSCAN * wanted.width and spare_y >= 0.3 * _OVERSCAN * wanted.height
