"""The lasso, the groups of images, and the direction between them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.group_marks import MOST_MARKS, marked_points, paint_arrow, paint_marks, paint_way
from latent_explorer.map.lasso import Lasso
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.words.figures import count

#: Not + and -, which zoom.
_PUT, _TAKE_OUT = Qt.Key.Key_Insert, Qt.Key.Key_Delete


class LassoOverlay(Overlay):
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
        self._lasso = Lasso()
        self._marks: tuple[np.ndarray, np.ndarray] | None = None
        self._marked: tuple[object, ...] = ()
        for signal in (self._state.directions_changed, self._state.tools_changed, self._state.shown_changed):
            signal.connect(self.refresh)
        self._state.found_changed.connect(self.refresh_of_pane)
        self._state.strip_changed.connect(self.refresh_of_pane)
        pane.codes_changed.connect(self.refresh)
        pane.plane_changed.connect(self.refresh_of_plane)
        pane.cursor_changed.connect(self._cursor_moved)

    @property
    def active(self) -> bool:
        return self._drawing or (self._state.shown and not self._state.arithmetic and self._groups > 0)

    @property
    def _drawing(self) -> bool:
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
        self._lasso.paint(painter, view, self.pane.cursor, theme().accent(self.pane.index), tokens)

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

    def caption(self, view: ViewTransform) -> Caption | None:
        direction = self._state.direction
        if self._state.lasso:
            sign = "−" if self._state.active else "+"
            return Caption(
                self.tr(
                    "lasso: draw round images for group {sign}; or arrows move the cursor, Space sets a corner, "
                    "Enter takes them (Shift takes out, Esc ends)"
                ).format(sign=sign)
            )
        text = self.tr("groups: + {plus}, − {minus} images").format(
            plus=count(len(direction.plus)), minus=count(len(direction.minus))
        )
        if max(len(direction.plus), len(direction.minus)) > MOST_MARKS:
            text += self.tr(", {count} of each marked").format(count=MOST_MARKS)
        return Caption(text)

    # ------------------------------------------------------------ the hand

    def _cursor_moved(self) -> None:
        if self._lasso.by_key:
            self.changed.emit()

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        return False

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        if not self._drawing or self.pane.codes is None:
            return False
        self._lasso.begin(position, view)
        return True

    def move(self, position: QPointF, view: ViewTransform) -> None:
        if self._lasso.extend(position, view):
            self.changed.emit()

    def release(self, position: QPointF, view: ViewTransform) -> None:
        self._take(self._lasso.end(view, self.pane.codes), QGuiApplication.keyboardModifiers())

    def _take(self, rows: np.ndarray | None, modifiers: Qt.KeyboardModifier) -> None:
        """Put what is inside into the group; None for a polygon of no extent."""
        if rows is not None and self._drawing:
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._state.remove_rows(self._state.active, rows)
            else:
                self._state.add_rows(self._state.active, rows, self.tr("lasso"))
        self.changed.emit()

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        if self._drawing and self._lasso.closes(event):
            self._take(self._lasso.close(self.pane.codes), event.modifiers())
            return True
        if self._drawing and self._lasso.key(event, self.pane.cursor):
            self.changed.emit()
            return True
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if modifiers:
            return False
        # With the panel closed there is no group in sight, and the lasso selects images.
        if key == Qt.Key.Key_L and (self._state.shown or self._state.lasso):
            if not event.isAutoRepeat():
                self.tools.panel_wanted.emit("directions")
                self._state.set_arithmetic(False)
                self._state.set_lasso(not self._state.lasso)
            return True
        if key == Qt.Key.Key_Escape and self._state.lasso:
            self._lasso.cancel()
            self._state.set_lasso(False)
            return True
        if self._state.shown and not self._state.arithmetic and key in (_PUT, _TAKE_OUT):
            return self._by_hand(key == _PUT)
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
