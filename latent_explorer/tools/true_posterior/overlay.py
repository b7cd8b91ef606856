"""The true posterior of the picked image on a map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, Slot
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.true_posterior import words as words
from latent_explorer.tools.true_posterior.paint import paint_curves, paint_regions
from latent_explorer.tools.true_posterior.state import TruePosterior, TruePosteriorState

#: Smaller regions (in px) are hidden under the mark of the image.
_SEEN_FROM = 18.0
#: Share of a map's height for curves, and px below them for the numbers of the axis.
_HIGH, _BELOW = 0.35, 34.0
#: Share of the map's sides that it fills after zooming to it.
_ZOOMED = 0.6


class TruePosteriorOverlay(Overlay):
    """Shaded regions of p(z|x) with q(z|x) as dashed ellipses; in one dimension both as curves."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[TruePosteriorState]
        self._state.found_changed.connect(self.refresh_of_pane)
        explorer.picked_changed.connect(self.refresh)
        pane.plane_changed.connect(self.refresh_of_plane)
        pane.model_changed.connect(self.refresh)
        tools.overlays.changed.connect(self._switched)

    @property
    def active(self) -> bool:
        return self.tools.overlays.on("truth") and self.pane.codes is not None

    @property
    def found(self) -> TruePosterior | None:
        """The drawn result, or the reason for none."""
        return self._state.found(self.pane.index, self.explorer.picked)

    @Slot(str)
    def _switched(self, name: str) -> None:
        if name == "truth":
            self.refresh()

    def made(self) -> Iterator[Made]:
        if self.explorer.picked is not None:
            found = self.found
            yield MISSING if found is None else (found.number, True)

    def terms(self) -> tuple[str, ...]:
        return ("exact_posterior", "evidence_identity")

    def caption(self, view: ViewTransform) -> Caption | None:
        if self.explorer.picked is None:
            said = self.tr("True posterior: no image is picked.")
            return Caption(said)
        found = self.found
        if found is None:
            return Caption(words.computing())
        if found.reason:
            return Caption(words.reason_text(found, self.pane), brief=words.reason_brief(found))
        lines = [words.identity(found, self.explorer)]
        brief = [words.identity_brief(found)]
        if found.regions is not None:
            lines.append(self.tr("shaded: p(z|x), lines at 39 % and 86 %; dashed: q(z|x)"))
        else:
            lines.append(self.tr("shaded: p(z|x); dashed: q(z|x)"))
        if self._small(found, view):
            lines.append(self.tr("Zoom in to see it (menu of the map)."))
            brief.append(self.tr("Zoom in to see p(z|x)."))
        return Caption("\n".join(lines), brief="\n".join(brief))

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        found, plane = self.found, self.pane.plane
        if found is None or found.reason or plane is None:
            return
        accent = QColor(tokens.accents[self.pane.index % 2])
        if found.regions is not None and plane.latent == 2:
            paint_regions(painter, found, lambda codes: _pixels(plane.project(codes), view), accent, tokens)
        elif found.curve is not None and plane.latent == 1:
            ground, high = view.height - _BELOW, _HIGH * view.height

            def places(points: np.ndarray) -> np.ndarray:
                across = _pixels(plane.project(points[:, :1]), view)[:, 0]
                return np.stack([across, ground - high * points[:, 1]], axis=1)

            paint_curves(painter, found, places, accent, tokens)

    def _small(self, found: TruePosterior, view: ViewTransform) -> bool:
        box = found.box
        return box is not None and max(box[2] - box[0], box[3] - box[1]) * view.scale < _SEEN_FROM

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        if not self.active or self.found is None or self.found.box is None:
            return []
        return [(self.tr("Zoom to the true posterior"), lambda: zoom_to(self.pane, self.found))]


def zoom_to(pane: PaneState, found: TruePosterior | None) -> None:
    """Zoom a map to the true posterior, if there is one."""
    box, plane, view = None if found is None else found.box, pane.plane, pane.view
    if box is None or plane is None or view is None:
        return
    left, bottom, right, top = box
    corners = np.array([[left, bottom], [left, top], [right, bottom], [right, top]])[:, : plane.latent]
    points = plane.project(corners).astype(float)
    (west, south), (east, north) = points.min(0).tolist(), points.max(0).tolist()
    across, up = max(east - west, 1e-6), north - south
    scale = min(_ZOOMED * view.width / across, _ZOOMED * view.height / up if up > 0 else np.inf)
    pane.look(ViewTransform(view.width, view.height, (west + east) / 2, (south + north) / 2, float(scale)))


def _pixels(points: np.ndarray, view: ViewTransform) -> np.ndarray:
    """Map positions in px."""
    away = points.astype(np.float64) - (view.x, view.y)
    return away * (view.scale, -view.scale) + (view.width / 2, view.height / 2)
