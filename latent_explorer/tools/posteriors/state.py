"""The overlays of posteriors and prior: row of the ellipses, union, contours, and coverage of the prior."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.view_transform import Rect
from trainer.latent.prior_regions import PriorRegions

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnionPicture:
    """The union of all posteriors' ellipses over a rectangle of a pane's plane.

    Attributes:
        reason: why there is none: "point" (the model's codes are points), "shape" (the posteriors are not
            Gaussian), "sigmas" (the σ are missing), "finite" (none is a finite number), or "" if there is
            one.
        levels: uint8 (rows, columns), the highest row first: 0 outside, 1 within 2σ of at least one posterior,
            2 within 1σ. Read-only.
        rect: its rectangle in plane units.
        posteriors: number of posteriors.
        number: of the snapshot that encoded them.
    """

    reason: str = ""
    levels: np.ndarray = field(default_factory=lambda: np.empty((0, 0), np.uint8), repr=False)
    rect: Rect = (0.0, 0.0, 0.0, 0.0)
    posteriors: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Share of the prior inside the region of at least one posterior, in the full latent space.

    Attributes:
        shares: for regions with 39 % and 86 % of a posterior, in two dimensions those within 1σ and 2σ; in one
            dimension those within 1σ and 2σ, with 68 % and 95 %.
        errors: their standard errors.
        draws: number of codes drawn from the prior.
        number: of the snapshot that encoded the posteriors.
    """

    shares: tuple[float, float]
    errors: tuple[float, float]
    draws: int
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContourLines:
    """Contours of a density on a pane's plane.

    Attributes:
        masses: share of the density's mass within each contour, ascending.
        lines: per mass, float64 (m, 2) vertices of each line in plane units. Read-only.
        of: "posterior" (aggregated posterior) or "codes" (kernel density of codes that are points).
        bandwidth: of the kernels along both axes of the plane, for "codes".
        reason: why there are none: "few", "same", "flat" (one latent dimension), "finite", "sigmas",
            "shape" (posteriors that are no Gaussians); or "".
        number: of the snapshot that encoded the codes.
    """

    masses: tuple[float, ...] = ()
    lines: tuple[tuple[np.ndarray, ...], ...] = field(default=(), repr=False)
    of: str = "posterior"
    bandwidth: tuple[float, float] = (0.0, 0.0)
    reason: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PriorContours:
    """Contours of a prior that is not one Gaussian. number: of the snapshot that it belongs to."""

    regions: PriorRegions
    number: int = 0


class PosteriorsState(QObject):
    """The present results by pane. Setting an equal value emits nothing.

    Attributes:
        row: the data row whose ellipses are drawn in all panes, or None.

    Signals:
        row_changed: `row` changed.
        changed(int): another result of the pane with this index changed.
    """

    row_changed = Signal()
    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row: int | None = None
        self._unions: dict[int, UnionPicture] = {}
        self._coverages: dict[int, Coverage] = {}
        self._contours: dict[int, ContourLines] = {}
        self._priors: dict[int, PriorContours] = {}

    def set_row(self, row: int | None) -> None:
        """Set the row whose ellipses are drawn."""
        if row != self.row:
            self.row = row
            self.row_changed.emit()

    def union(self, pane: int) -> UnionPicture | None:
        """The newest union of all ellipses."""
        return self._unions.get(pane)

    def coverage(self, pane: int) -> Coverage | None:
        """The newest share of prior mass covered."""
        return self._coverages.get(pane)

    def contours(self, pane: int) -> ContourLines | None:
        """The newest contours."""
        return self._contours.get(pane)

    def prior(self, pane: int) -> PriorContours | None:
        """The newest contours of a prior that is not one Gaussian."""
        return self._priors.get(pane)

    def set_prior(self, pane: int, contours: PriorContours | None) -> None:
        """Set or remove the contours of the prior."""
        self._put(self._priors, pane, contours)

    def set_union(self, pane: int, union: UnionPicture | None) -> None:
        """Set or remove the union."""
        self._put(self._unions, pane, union)

    def set_coverage(self, pane: int, coverage: Coverage | None) -> None:
        """Set or remove the coverage."""
        self._put(self._coverages, pane, coverage)

    def set_contours(self, pane: int, contours: ContourLines | None) -> None:
        """Set or remove the contours."""
        self._put(self._contours, pane, contours)

    def _put(self, kept: dict[int, _T], pane: int, value: _T | None) -> None:
        if value is kept.get(pane):
            return
        if value is None:
            del kept[pane]
        else:
            kept[pane] = value
        self.changed.emit(pane)
