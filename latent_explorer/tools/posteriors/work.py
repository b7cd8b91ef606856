"""What the threads of the posterior overlays do: unions of ellipses, contours, prior mass covered."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.posteriors.state import ContourLines, Coverage, PriorContours, UnionPicture
from trainer.latent.mass_contours import MASSES, ContourError, kernel_shapes, mass_contours
from trainer.latent.plane import Plane
from trainer.latent.posterior_shapes import Shapes, projected
from trainer.latent.prior_regions import prior_regions
from trainer.latent.splatting import Grid, nearest_distances
from trainer.metrics.prior_coverage import prior_coverage
from trainer.prior import Prior

#: Screen pixels a cell, from the first union to the last; and pixels beyond the view's edges, for a pan.
CELLS = (6.0, 1.5)
_MARGIN = 48.0
#: Distances up to which the grid is filled; a little more than is shown, for the interpolation.
_REACH = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorOrder:
    """One pane's posteriors, its prior and the plane they are seen on.

    hidden: float32 (d,), the code that holds what the plane does not show.
    """

    model: PaneModel
    codes: PaneCodes = field(repr=False)
    plane: Plane = field(repr=False)
    prior: Prior = field(repr=False)
    hidden: np.ndarray = field(repr=False)

    def same(self, other: PosteriorOrder) -> bool:
        """Whether it is about the same codes on the same plane."""
        return self.codes is other.codes and self.plane is other.plane

    @property
    def reason(self) -> str:
        """Why there are no ellipses: "point", "spreads", or ""."""
        if not self.model.traits.has_posterior:
            return "point"
        return "spreads" if self.codes.spreads is None else ""


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorAnswer:
    """One result, and the order it is of."""

    order: PosteriorOrder
    result: UnionPicture | ContourLines | Coverage | PriorContours


class UnionWork:
    """Unions of one pane; remembers the projected ellipses for the next view."""

    def __init__(self) -> None:
        self._of: PosteriorOrder | None = None
        self._shapes: Shapes | None = None

    def unions(self, order: PosteriorOrder, view: ViewTransform) -> Iterator[object]:
        """Answers: the union of all ellipses over what `view` shows, coarse, then fine."""
        reason = order.reason
        if not reason:
            if self._shapes is None or self._of is None or not self._of.same(order):
                self._shapes, self._of = _shapes(order), order
                yield None
            reason = "" if len(self._shapes) else "finite"
        if reason:
            yield PosteriorAnswer(order, UnionPicture(reason=reason, number=order.codes.number))
            return
        assert self._shapes is not None
        for pixels in CELLS:
            picture = yield from _union(self._shapes, view, pixels, len(order.plane.axes) == 1)
            yield PosteriorAnswer(order, replace(picture, number=order.codes.number))


def _shapes(order: PosteriorOrder) -> Shapes:
    assert order.codes.spreads is not None
    return projected(order.codes.points, order.codes.spreads, order.plane)


def _union(
    shapes: Shapes, view: ViewTransform, pixels: float, one_axis: bool
) -> Generator[None, None, UnionPicture]:
    cell = pixels / view.scale
    left, bottom, right, top = view.rect
    margin = _MARGIN / view.scale
    # Whole cells from the plane's origin, so that the union does not shimmer while a map is panned.
    left, bottom = (math.floor((edge - margin) / cell) * cell for edge in (left, bottom))
    columns, rows = (math.ceil((edge + margin - low) / cell) + 1 for edge, low in ((right, left), (top, bottom)))
    if one_axis:
        # Height means nothing: what holds at y = 0 holds all the way up.
        distances = (yield from nearest_distances(shapes, Grid(left, -cell, cell, columns, 3), _REACH))[1:2]
        rect = (left - cell / 2, bottom, left + (columns - 0.5) * cell, top + margin)
    else:
        distances = yield from nearest_distances(shapes, Grid(left, bottom, cell, columns, rows), _REACH)
        rect = (left - cell / 2, bottom - cell / 2, left + (columns - 0.5) * cell, bottom + (rows - 0.5) * cell)
    levels = (distances <= 1).view(np.uint8) + (distances <= 2).view(np.uint8)
    levels = np.ascontiguousarray(levels[::-1])
    levels.setflags(write=False)
    return UnionPicture(levels=levels, rect=rect, posteriors=len(shapes))


def facts(order: PosteriorOrder, contours: bool, regions: bool, draws: int) -> Iterator[object]:
    """Answers: contours of prior and codes if wanted, and the prior mass covered after more and more of so many
    draws."""
    if regions:
        found = yield from prior_regions(order.prior, order.plane, order.hidden)
        yield PosteriorAnswer(order, PriorContours(found, order.codes.number))
    if contours:
        lines = yield from _contours(order)
        yield PosteriorAnswer(order, replace(lines, number=order.codes.number))
    if not draws or order.reason:
        return
    assert order.codes.spreads is not None
    told = 0
    for estimate in prior_coverage(order.codes.codes, order.codes.spreads, order.prior, draws=draws):
        # Said after twice as many draws each time: figures that change ten times a second are not read.
        if estimate is not None and (estimate.draws >= 2 * told or estimate.draws == draws):
            told = estimate.draws
            shares, errors = estimate.shares, estimate.errors
            share = Coverage(
                shares=(shares[0], shares[1]),
                errors=(errors[0], errors[1]),
                draws=told,
                number=order.codes.number,
            )
            yield PosteriorAnswer(order, share)
        else:
            yield None


def _contours(order: PosteriorOrder) -> Generator[None, None, ContourLines]:
    of = "posterior" if order.model.traits.has_posterior else "codes"
    if order.reason == "spreads":
        return ContourLines(of=of, reason="spreads")
    if len(order.plane.axes) == 1:
        return ContourLines(of=of, reason="flat")
    bandwidth = (0.0, 0.0)
    try:
        if of == "codes":
            shapes, bandwidth = kernel_shapes(order.codes.points)
        else:
            shapes = _shapes(order)
        yield None
        found = yield from mass_contours(shapes, MASSES)
    except ContourError as error:
        finite = bool(np.isfinite(order.codes.points).any())
        return ContourLines(of=of, reason=error.reason if finite else "finite")
    for lines in found.lines:
        for line in lines:
            line.setflags(write=False)
    return ContourLines(masses=found.masses, lines=found.lines, of=of, bandwidth=bandwidth)
