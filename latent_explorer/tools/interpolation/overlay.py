"""The interpolation's path and its stops: a line, lettered handles that can be dragged, a dot at the frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.lettered_mark import letter_key, paint_lettered
from latent_explorer.map.outlined_line import draw_outlined
from latent_explorer.tools.interpolation.state import LETTERS, InterpolationState, Stop, Strip

_GRAB = 11.0
_DOT = 4.5


class PathOverlay(Overlay):
    """Draws the path of its pane. A and B pressed over the map set stops there, C sets further ones; or its menu.

    A stop is the data image under the pointer, the same in all panes; without one, the place itself.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[InterpolationState]
        self._held: int | None = None
        #: From the pointer to the middle of the handle held.
        self._offset = QPointF()
        #: Positions of handles at the last paint.
        self._painted: list[tuple[float, float] | None] = []
        self._state.stops_changed.connect(self._stops_changed)
        self._state.settings_changed.connect(self.refresh)
        self._state.frame_changed.connect(self.refresh)
        self._state.strip_changed.connect(self.refresh_of_pane)
        pane.codes_changed.connect(self.refresh)
        pane.plane_changed.connect(self.refresh)
        tools.overlays.changed.connect(self._switched)

    @property
    def active(self) -> bool:
        return self.tools.overlays.on("path") and bool(self._state.stops) and self.pane.plane is not None

    @Slot()
    def _stops_changed(self) -> None:
        # A place moved in another pane is shown here when its code is known.
        if self.places() != self._painted:
            self.refresh()

    @Slot(str)
    def _switched(self, name: str) -> None:
        if name == "path":
            self.refresh()

    # ------------------------------------------------------------ where things are

    def places(self) -> list[tuple[float, float] | None]:
        """The position of every stop on the plane; None if not known here (yet)."""
        return [self._place(place, stop) for place, stop in enumerate(self._state.stops)]

    def _place(self, place: int, stop: Stop | None) -> tuple[float, float] | None:
        plane, codes = self.pane.plane, self.pane.codes
        if stop is None or plane is None:
            return None
        code = None
        if stop.row is None and stop.pane == self.pane.index:
            code = stop.code
        elif stop.row is not None and codes is not None:
            found = codes.place_of(stop.row)
            if found is not None:
                return _finite(codes.points[found])
        strip = self._strip()
        if code is None and strip is not None and place < len(strip.stops):
            # Use the newest position: while a stop is dragged in another pane the strip is updated later.
            code = strip.stops[place]
        if code is None or len(code) != plane.latent:
            return None
        return _finite(plane.project(np.asarray(code, np.float32)[None])[0])

    def _strip(self) -> Strip | None:
        strip, plane = self._state.strips.get(self.pane.index), self.pane.plane
        if strip is None or plane is None or strip.codes.shape[1] != plane.latent:
            return None
        return strip

    def _handle_at(self, position: QPointF, view: ViewTransform) -> int | None:
        """The handle under a pixel position, the nearest of several."""
        best, found = _GRAB, None
        if not self.active:
            return None
        for place, spot in enumerate(self.places()):
            if spot is None:
                continue
            x, y = view.to_pixels(*spot)
            away = math.hypot(position.x() - x, position.y() - y)
            if away <= best:
                best, found = away, place
        return found

    # ------------------------------------------------------------ painting

    def made(self) -> Iterator[Made]:
        strip = self._state.strips.get(self.pane.index)
        yield MISSING if strip is None else (strip.number, strip.done)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        accent = theme().accent(self.pane.index)
        strip = self._strip()
        places = self._painted = self.places()
        line = self._line(strip, places, view)
        halo = QColor(tokens.map)
        halo.setAlphaF(0.7)
        if line is not None:
            draw_outlined(painter, line, QColor(tokens.text), halo)
        if strip is not None and self.pane.plane is not None:
            self._paint_dot(painter, strip, view, accent, halo)
        for place, spot in enumerate(places):
            if spot is not None:
                paint_lettered(painter, QPointF(*view.to_pixels(*spot)), LETTERS[place], accent, tokens)

    def _line(
        self, strip: Strip | None, places: list[tuple[float, float] | None], view: ViewTransform
    ) -> QPolygonF | None:
        """The path in pixels. A straight one goes from handle to handle, so that it does not lag during a drag."""
        if strip is None or self.pane.plane is None:
            return None
        known = [spot for spot in places if spot is not None]
        if strip.kind in ("lerp", "constant") and len(known) == len(places) == len(strip.stops):
            points = known
        else:
            projected = self.pane.plane.project(strip.line)
            points = [tuple(point) for point in projected[np.isfinite(projected).all(axis=1)].tolist()]
        return QPolygonF([QPointF(*view.to_pixels(x, y)) for x, y in points]) if len(points) > 1 else None

    def _paint_dot(
        self, painter: QPainter, strip: Strip, view: ViewTransform, accent: QColor, halo: QColor
    ) -> None:
        """Mark the frame under the slider."""
        assert self.pane.plane is not None
        code = strip.codes[min(self._state.frame, len(strip.codes) - 1)]
        spot = _finite(self.pane.plane.project(code[None])[0])
        if spot is not None:
            painter.setPen(QPen(halo, 2.0))
            painter.setBrush(accent)
            painter.drawEllipse(QPointF(*view.to_pixels(*spot)), _DOT, _DOT)

    # ------------------------------------------------------------ the hand

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        return self._handle_at(position, view) is not None

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        self._held = self._handle_at(position, view)
        if self._held is None:
            return False
        spot = self.places()[self._held]
        if spot is not None:
            self._offset = QPointF(*view.to_pixels(*spot)) - position
        return True

    def move(self, position: QPointF, view: ViewTransform) -> None:
        if self._held is not None and self._held < len(self._state.stops):
            target = position + self._offset
            x, y = view.to_world(target.x(), target.y())
            self._state.want_place(self._held, self.pane.index, x, y)

    def release(self, position: QPointF, view: ViewTransform) -> None:
        self._held = None

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        place = letter_key(event)
        if place is None or self.pane.plane is None:
            return False
        if place == 2:
            # Two keys for the ends, one for further stops.
            place = max(self._state.next_place, min(len(self._state.stops), 2))
        self._choose(place, self.pane.hovered, self.pane.cursor if world is None else world)
        return True

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        held = self._handle_at(position, view)
        if held is not None:
            return [(self.tr("Remove {0}").format(LETTERS[held]), partial(self._state.remove_stop, held))]
        if self.pane.plane is None or not self.tools.letters("interpolation"):
            return []
        row, world = self.pane.hovered, view.to_world(position.x(), position.y())
        name = self.tr("{0} here") if row is None else self.tr("{0} at this image")
        places = [0, 1] + ([len(self._state.stops)] if 2 <= len(self._state.stops) < len(LETTERS) else [])
        return [(name.format(LETTERS[place]), partial(self._choose, place, row, world)) for place in places]

    def _choose(self, place: int, row: int | None, world: tuple[float, float]) -> None:
        """Set a stop to an image, or to a place of the plane, and show it."""
        self.tools.overlays.switch("path", True)
        if row is not None:
            self._state.set_stop(place, Stop(row=row))
        else:
            self._state.want_place(place, self.pane.index, *world)
        if len(self._state.chosen) == 2:
            # Show the strips; the next key still goes to the map.
            focus = QApplication.focusWidget()
            self.tools.panel_wanted.emit("interpolation")
            if focus is not None:
                focus.setFocus()


def _finite(point: np.ndarray) -> tuple[float, float] | None:
    x, y = float(point[0]), float(point[1])
    return (x, y) if math.isfinite(x) and math.isfinite(y) else None
