"""The lasso, the groups of images, and the direction between them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.group_marks import MOST_MARKS, marked_points, paint_arrow, paint_marks, paint_way
from latent_explorer.map.takes_lasso import IGNORED, TakesLasso
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.words.figures import count

#: Not + and -, which zoom.
_PUT, _TAKE_OUT = Qt.Key.Key_Insert, Qt.Key.Key_Delete


class LassoOverlay(TakesLasso):
    """While the lasso is on, a left drag draws round images and puts them into the group that is being filled.

    By keyboard Space sets a corner at the cursor and Enter closes the polygon. With Shift images are taken out.
    While the panel is shown, L turns the lasso on and off, Esc turns it off, and Insert puts the image under the
    pointer (or the picked one) into the group, and Delete takes it out.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[DirectionsState]
        self._marks: tuple[np.ndarray, np.ndarray] | None = None
        self._marked: tuple[object, ...] = ()
        for signal in (self._state.directions_changed, self._state.tools_changed, self._state.shown_changed):
            signal.connect(self.refresh)
        self._state.found_changed.connect(self.refresh_of_pane)
        self._state.strip_changed.connect(self.refresh_of_pane)
        pane.codes_changed.connect(self.refresh)
        pane.plane_changed.connect(self.refresh_of_plane)

    @property
    def active(self) -> bool:
        return self.lasso_on or (self._state.shown and not self._state.arithmetic and self._groups > 0)

    @property
    def lasso_on(self) -> bool:
        return self._state.lasso and not self._state.arithmetic

    @property
    def _groups(self) -> int:
        return len(self._state.direction.plus) + len(self._state.direction.minus)

    # ------------------------------------------------------------ drawing

    def _points(self, codes: PaneCodes) -> tuple[np.ndarray, np.ndarray]:
        """Points to mark, of plus and of minus; looked up once for the same groups and map."""
        direction = self._state.direction
        marked = (codes, direction.plus.rows, direction.minus.rows)
        if self._marks is None or not all(a is b for a, b in zip(marked, self._marked, strict=True)):
            self._marked = marked
            self._marks = (marked_points(codes, direction.plus.rows), marked_points(codes, direction.minus.rows))
        return self._marks

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        codes = self.pane.codes
        if codes is None:
            return
        if self._state.shown and not self._state.arithmetic:
            for points, plus in zip(self._points(codes), (True, False), strict=True):
                paint_marks(painter, view, points, plus, tokens)
            self._paint_direction(painter, view, tokens)
        self.paint_lasso(painter, view, tokens)

    def _paint_direction(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        plane, colour = self.pane.plane, theme().accent(self.pane.index)
        strip = self._state.strips[self.pane.index]
        found = self._state.found[self.pane.index]
        if plane is None:
            return
        if strip is not None and strip.codes.shape[1] == plane.latent:
            paint_way(painter, view, plane.project(strip.codes[[0, -1]]), colour)
        current = found is not None and found.saved is self._state.direction
        if current and found is not None and found.direction is not None:
            start, vector = found.direction.start, found.direction.vector
            if len(start) == plane.latent:
                ends = plane.project(np.stack([start, start + vector]))
                paint_arrow(painter, view, ends[0], ends[1], colour, tokens)

    def terms(self) -> tuple[str, ...]:
        return ("group",)

    def caption(self, view: ViewTransform) -> Caption | None:
        direction = self._state.direction
        if self._state.lasso:
            sign = "−" if self._state.active else "+"
            return Caption(
                self.tr(
                    "lasso: draw round images for group {sign}; or arrows move the cursor, Space sets a corner, "
                    "Enter takes them (Shift takes out, Esc ends)"
                ).format(sign=sign),
                brief=self.tr("lasso: group {sign}").format(sign=sign),
            )
        text = self.tr("groups: + {plus}, − {minus} images").format(
            plus=count(len(direction.plus)), minus=count(len(direction.minus))
        )
        if max(len(direction.plus), len(direction.minus)) > MOST_MARKS:
            text += self.tr(", {count} of each marked").format(count=MOST_MARKS)
        brief = self.tr("groups: {plus} − {minus}").format(
            plus=count(len(direction.plus)), minus=count(len(direction.minus))
        )
        return Caption(text, brief=brief)

    # ------------------------------------------------------------ the hand

    @property
    def answers_l(self) -> bool:
        # With the panel closed no group is visible, and the lasso selects images.
        return self._state.shown or self._state.lasso

    def turn_lasso(self, on: bool) -> None:
        if on:
            self.tools.panel_wanted.emit("directions")
            self._state.set_arithmetic(False)
        else:
            self.forget_lasso()
        self._state.set_lasso(on)

    def take(self, rows: np.ndarray, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._state.remove_rows(self._state.active, rows)
        else:
            self._state.add_rows(self._state.active, rows, self.tr("lasso"))

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        if super().key(event, world):
            return True
        by_hand = Qt.Key(event.key()) in (_PUT, _TAKE_OUT) and not event.modifiers() & ~IGNORED
        if by_hand and self._state.shown and not self._state.arithmetic:
            return self._by_hand(event.key() == _PUT)
        return False

    def _by_hand(self, put: bool) -> bool:
        """Put the image under the pointer, or the picked one, into the group; or take it out."""
        row = self.pane.hovered if self.pane.hovered is not None else self.explorer.picked
        if row is None:
            return False
        if put:
            self._state.add_rows(self._state.active, [row], self.tr("by hand"))
            return True
        inside = bool(np.isin(row, self._state.direction.group(self._state.active).rows))
        if inside:
            self._state.remove_rows(self._state.active, [row])
        return inside
