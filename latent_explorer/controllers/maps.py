"""From codes to maps: which plane each pane shows, kept aligned from refresh to refresh."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.state.pane import PaneCodes, PaneState
from trainer.latent import plane as planes
from trainer.latent.plane import Plane


class MapController(QObject):
    """Projects new codes on each pane's plane, and anew when a person chooses other axes."""

    def __init__(self, panes: tuple[PaneState, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self._axes = [pane.axes for pane in panes]
        for pane in panes:
            pane.plane_changed.connect(self._axes_changed)

    def show(self, index: int, rows: np.ndarray, codes: np.ndarray, number: int) -> None:
        """Put codes (n, d) of data rows (n,) on pane `index`'s map; `number` is their snapshot's."""
        pane = self._panes[index]
        former = pane.plane if pane.codes is not None else None
        plane = plane_for(pane.axes, codes, former)
        points = plane.project(codes)
        for array in (rows, codes, points):
            array.setflags(write=False)
        pane.set_codes(PaneCodes(rows, codes, points, number), plane)

    @Slot()
    def _axes_changed(self) -> None:
        for place, pane in enumerate(self._panes):
            if pane.axes == self._axes[place]:
                continue
            self._axes[place] = pane.axes
            codes, code = pane.codes, pane.code
            if codes is not None:
                self.show(place, codes.rows, codes.codes, codes.number)
                if code is not None and pane.plane is not None and len(code) == pane.plane.latent:
                    # The cursor stays on the code it stood on.
                    x, y = pane.plane.project(code[None])[0]
                    pane.place_cursor(float(x), float(y))


def plane_for(axes: str, codes: np.ndarray, former: Plane | None) -> Plane:
    """The plane that `axes` ("auto", "pca" or "i,j") means for codes (n, d), aligned to `former`."""
    latent = codes.shape[1]
    if "," in axes:
        first, second = (int(part) for part in axes.split(","))
        if first < latent and second < latent and first != second:
            return _same_or(former, planes.dimensions(first, second, latent))
    if latent <= 2 and axes != "pca":
        return _same_or(former, planes.raw(latent))
    # Aligning to a plane of another kind would keep its directions instead of the variance's.
    aligned = former if former is not None and former.explained else None
    return planes.pca(codes, aligned)


def _same_or(former: Plane | None, plane: Plane) -> Plane:
    """`former` if it is the same plane, so that nobody redraws for nothing."""
    if (
        former is not None
        and former.names == plane.names
        and former.axes.shape == plane.axes.shape
        and np.array_equal(former.axes, plane.axes)
        and np.array_equal(former.origin, plane.origin)
    ):
        return former
    return plane
