"""A, B and C of A - B + C on the map, and the result."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.group_marks import paint_arrow, paint_way
from latent_explorer.map.lettered_mark import letter_key, paint_lettered
from latent_explorer.tools.directions.state import DirectionsState

#: Squares with corners of this radius (px): rings are stops of a path.
_CORNER = 3.0


class ArithmeticOverlay(Overlay):
    """A square with its letter on each of the three images, and the same arrow twice: B to A, and C to the result.

    While A - B + C is on the screen and no path is, the keys A, B and C take the image under the pointer, or the
    picked one, and the menu offers the same.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[DirectionsState]
        for signal in (self._state.shown_changed, self._state.terms_changed, pane.codes_changed):
            signal.connect(self.refresh)
        self._state.analogy_changed.connect(self.refresh_of_pane)
        pane.plane_changed.connect(self.refresh_of_plane)

    @property
    def active(self) -> bool:
        return self._on_screen and any(term is not None for term in self._state.terms)

    @property
    def _on_screen(self) -> bool:
        return self._state.shown and self._state.arithmetic

    def places(self) -> list[np.ndarray | None]:
        """Points (2,) of A, B, C and the result; None where there is none on this map."""
        codes, plane = self.pane.codes, self.pane.plane
        found: list[np.ndarray | None] = []
        for row in self._state.terms:
            place = None if row is None or codes is None else codes.place_of(row)
            found.append(None if place is None or codes is None else codes.points[place])
        result = self._state.analogies[self.pane.index]
        if result is None or result.code is None or plane is None or len(result.code) != plane.latent:
            found.append(None)
        else:
            found.append(plane.project(result.code[None])[0])
        return [None if point is None or not np.isfinite(point).all() else point for point in found]

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        colour = theme().accent(self.pane.index)
        first, second, third, result = places = self.places()
        if first is not None and second is not None:
            paint_arrow(painter, view, second, first, colour, tokens)
        if third is not None and result is not None:
            paint_arrow(painter, view, third, result, colour, tokens)
            if second is not None:
                paint_way(painter, view, np.stack([second, third]), colour)
        for letter, point in zip("ABC", places[:3], strict=True):
            if point is not None:
                spot = QPointF(*view.to_pixels(*point.tolist()))
                paint_lettered(painter, spot, letter, colour, tokens, corner=_CORNER)

    def terms(self) -> tuple[str, ...]:
        return ("analogy",)

    def caption(self, view: ViewTransform) -> Caption | None:
        return Caption("A − B + C")

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        place = letter_key(event)
        if place is None or not self.tools.letters("directions"):
            return False
        row = self.pane.hovered if self.pane.hovered is not None else self.explorer.picked
        if row is not None:
            self._state.set_term(place, row)
        return True  # also away from images, so that no hidden path begins

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        row = self.pane.hovered
        if row is None or not self.tools.letters("directions"):
            return []
        name = self.tr("This image as {0} of A − B + C")
        return [
            (name.format(letter), partial(self._state.set_term, place, row)) for place, letter in enumerate("ABC")
        ]
