"""The work of the posterior overlays' threads: unions of ellipses, contours, prior mass covered."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.posteriors.state import ContourLines, Coverage, PriorContours, UnionPicture
from trainer.latent.mass_contours import MASSES, ContourError, kernel_shapes, mass_contours
from trainer.latent.posterior_shapes import Shapes, projected
from trainer.latent.prior_regions import prior_regions
from trainer.latent.splatting import Grid, nearest_distances
from trainer.metrics.prior_coverage import prior_coverage
from trainer.prior import Prior

#: Screen pixels per cell, from the first union to the last; and margin beyond the view for panning.
CELLS = (6.0, 1.5)
_MARGIN = 48.0
#: Maximum distance on the grid, slightly more than shown, for the interpolation.
_REACH = 2.5


def _reason(look: Look) -> str:
    """Why there are no ellipses: "point", "shape", "sigmas", or ""."""
    if not look.traits.has_posterior:
        return "point"
    if not look.traits.posterior_kind.gaussian:
        return "shape"
    return "sigmas" if look.codes.sigmas is None else ""


class UnionWork:
    """Unions of one pane; caches the projected ellipses for the next view."""

    def __init__(self) -> None:
        self._of: Look | None = None
        self._shapes: Shapes | None = None

    def unions(self, look: Look) -> Iterator[object]:
        """`UnionPicture`s: the union of all ellipses over the view, coarse, then fine."""
        assert look.view is not None
        reason = _reason(look)
        if not reason:
            if self._shapes is None or self._of is None or not self._of.same(look, ()):
                self._shapes, self._of = _shapes(look), look
                yield None
            reason = "" if len(self._shapes) else "finite"
        if reason:
            yield UnionPicture(reason=reason, number=look.number)
            return
        assert self._shapes is not None
        for pixels in CELLS:
            picture = yield from _union(self._shapes, look.view, pixels, len(look.plane.axes) == 1)
            yield replace(picture, number=look.number)


def _shapes(look: Look) -> Shapes:
    assert look.codes.sigmas is not None
    return projected(look.codes.points, look.codes.sigmas, look.plane)


def _union(
    shapes: Shapes, view: ViewTransform, pixels: float, one_axis: bool
) -> Generator[None, None, UnionPicture]:
    cell = pixels / view.scale
    left, bottom, right, top = view.rect
    margin = _MARGIN / view.scale
    # Cells aligned to the plane's origin, so that the union does not flicker during a pan.
    left, bottom = (math.floor((edge - margin) / cell) * cell for edge in (left, bottom))
    columns, rows = (math.ceil((edge + margin - low) / cell) + 1 for edge, low in ((right, left), (top, bottom)))
    if one_axis:
        # The y axis has no meaning: values at y = 0 apply to the full height.
        distances = (yield from nearest_distances(shapes, Grid(left, -cell, cell, columns, 3), _REACH))[1:2]
        rect = (left - cell / 2, bottom, left + (columns - 0.5) * cell, top + margin)
    else:
        distances = yield from nearest_distances(shapes, Grid(left, bottom, cell, columns, rows), _REACH)
        rect = (left - cell / 2, bottom - cell / 2, left + (columns - 0.5) * cell, bottom + (rows - 0.5) * cell)
    levels = (distances <= 1).view(np.uint8) + (distances <= 2).view(np.uint8)
    levels = np.ascontiguousarray(levels[::-1])
    levels.setflags(write=False)
    return UnionPicture(levels=levels, rect=rect, posteriors=len(shapes))


def prior_contours(look: Look, prior: Prior) -> Iterator[object]:
    """One `PriorContours`: of a prior that is not one Gaussian."""
    assert look.hidden is not None
    found = yield from prior_regions(prior, look.plane, look.hidden)
    yield PriorContours(found, look.number)


def coverages(look: Look, prior: Prior, draws: int) -> Iterator[object]:
    """`Coverage`s: the prior mass covered after an increasing number of draws; none without ellipses."""
    if _reason(look):
        return
    assert look.codes.sigmas is not None
    reported = 0
    for estimate in prior_coverage(look.codes.codes, look.codes.sigmas, prior, draws=draws):
        # Reported each time the number of draws has doubled, so that the figures are readable.
        if estimate is not None and (estimate.draws >= 2 * reported or estimate.draws == draws):
            reported = estimate.draws
            shares, errors = estimate.shares, estimate.errors
            yield Coverage(
                shares=(shares[0], shares[1]),
                errors=(errors[0], errors[1]),
                draws=reported,
                number=look.number,
            )
        else:
            yield None


def contours(look: Look) -> Iterator[object]:
    """One `ContourLines`."""
    lines = yield from _contours(look)
    yield replace(lines, number=look.number)


def _contours(look: Look) -> Generator[None, None, ContourLines]:
    of = "posterior" if look.traits.has_posterior else "codes"
    if (reason := _reason(look)) not in ("", "point"):
        return ContourLines(of=of, reason=reason)
    if len(look.plane.axes) == 1:
        return ContourLines(of=of, reason="flat")
    bandwidth = (0.0, 0.0)
    try:
        if of == "codes":
            shapes, bandwidth = kernel_shapes(look.codes.points)
        else:
            shapes = _shapes(look)
        yield None
        found = yield from mass_contours(shapes, MASSES)
    except ContourError as error:
        finite = bool(np.isfinite(look.codes.points).any())
        return ContourLines(of=of, reason=error.reason if finite else "finite")
    for lines in found.lines:
        for line in lines:
            line.setflags(write=False)
    return ContourLines(masses=found.masses, lines=found.lines, of=of, bandwidth=bandwidth)
