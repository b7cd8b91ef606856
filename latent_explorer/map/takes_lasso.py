"""The base of overlays on which images are selected with a lasso."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.lasso import Lasso

#: Modifiers that are ignored for keys: Shift belongs to the lasso and removes images.
IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class TakesLasso(Overlay):
    """While `lasso_on`, a left drag draws a polygon, and `take` gets the images inside it.

    By keyboard Space sets a corner at the cursor and Enter closes the polygon. L turns the lasso on and off, Esc
    turns it off. Subclasses implement when it is on, switching it, and receiving the images.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._lasso = Lasso()
        pane.cursor_changed.connect(self._cursor_moved)

    @property
    def lasso_on(self) -> bool:
        """Whether a left drag is a lasso of this overlay."""
        raise NotImplementedError

    def turn_lasso(self, on: bool) -> None:
        """Turn the lasso on or off."""
        raise NotImplementedError

    def take(self, rows: np.ndarray, modifiers: Qt.KeyboardModifier) -> None:
        """Receive the data rows inside a polygon, int64 (n,), and the modifiers held at its end."""
        raise NotImplementedError

    @property
    def answers_l(self) -> bool:
        """Whether L is a key of this overlay at present."""
        return True

    def paint_lasso(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        """Draw the unfinished polygon."""
        self._lasso.paint(painter, view, self.pane.cursor, theme().accent(self.pane.index), tokens)

    def _cursor_moved(self) -> None:
        if self._lasso.by_key:
            self.changed.emit()

    def forget_lasso(self) -> None:
        """Discard an unfinished polygon."""
        self._lasso.cancel()

    @property
    def takes_every_drag(self) -> bool:
        return self.lasso_on

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        if not self.lasso_on or self.pane.codes is None:
            return False
        self._lasso.begin(position, view)
        return True

    def move(self, position: QPointF, view: ViewTransform) -> None:
        if self._lasso.extend(position, view):
            self.changed.emit()

    def release(self, position: QPointF, view: ViewTransform) -> None:
        self._ended(self._lasso.end(view, self.pane.codes), QGuiApplication.keyboardModifiers())

    def _ended(self, rows: np.ndarray | None, modifiers: Qt.KeyboardModifier) -> None:
        if rows is not None and self.lasso_on:
            self.take(rows, modifiers)
        self.changed.emit()

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        if self.lasso_on and self._lasso.closes(event):
            self._ended(self._lasso.close(self.pane.codes), event.modifiers())
            return True
        if self.lasso_on and self._lasso.key(event, self.pane.cursor):
            self.changed.emit()
            return True
        if event.modifiers() & ~IGNORED:
            return False
        if event.key() == Qt.Key.Key_L and self.answers_l:
            if not event.isAutoRepeat():
                self.turn_lasso(not self.lasso_on)
            return True
        if event.key() == Qt.Key.Key_Escape and self.lasso_on:
            self.turn_lasso(False)
            return True
        return False
