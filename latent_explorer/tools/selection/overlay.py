"""The selected images on a map, and the lasso that selects them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.overlay import Caption
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.selection import Selected
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.takes_lasso import TakesLasso
from latent_explorer.tools.selection.halo import Halo, points_of
from latent_explorer.tools.selection.state import NAME, SelectionPanelState
from latent_explorer.tools.selection.words import selected_text


class SelectionOverlay(TakesLasso):
    """A line round the selected points. While the lasso is on, a left drag draws round images and selects them.

    By keyboard Space sets a corner at the cursor and Enter closes the polygon. With Ctrl images are added, with
    Shift taken out, and the lasso stays on; else it ends. L turns it on and off, Esc turns it off.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._selection = explorer.selection
        self._state = tools[SelectionPanelState]
        self._points: tuple[PaneCodes, Selected, np.ndarray] | None = None
        self._drawn = Halo()
        #: The line, its points, and its drawing parameters.
        self._halo: tuple[PaneCodes, Selected, tuple[object, ...], QImage] | None = None
        self._text: tuple[Selected, DataView | None, str] | None = None
        self._selection.changed.connect(self.refresh)
        tools.lasso.changed.connect(self._lasso_changed)
        pane.codes_changed.connect(self.refresh)
        pane.plane_changed.connect(self.refresh_of_plane)

    @property
    def active(self) -> bool:
        return self.lasso_on or len(self._selection.now) > 0

    @property
    def lasso_on(self) -> bool:
        return self.tools.lasso.taker == NAME

    # ------------------------------------------------------------ drawing

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        codes = self.pane.codes
        if codes is None:
            return
        if len(self._selection.now):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QPointF(0, 0), self._line(codes, view, tokens))
        self.paint_lasso(painter, view, tokens)

    def _line(self, codes: PaneCodes, view: ViewTransform, tokens: Tokens) -> QImage:
        """The line round the selected points; the same as before for the same points and view."""
        now, how, known = self._selection.now, (view, tokens.text), self._halo
        if known is not None and known[0] is codes and known[1] is now and known[2] == how:
            return known[3]
        if self._points is None or self._points[0] is not codes or self._points[1] is not now:
            self._points = codes, now, points_of(codes, self._selection.rows)
        image = self._drawn.draw(self._points[2], view, QColor(tokens.text))
        self._halo = codes, now, how, image
        return image

    def terms(self) -> tuple[str, ...]:
        return ("selected",)

    def caption(self, view: ViewTransform) -> Caption | None:
        if self.lasso_on:
            return Caption(
                self.tr(
                    "lasso: draw round images to select them; or arrows move the cursor, Space sets a corner, "
                    "Enter selects (Ctrl adds, Shift takes out, Esc ends)"
                ),
                brief=self.tr("lasso: draw round images"),
            )
        if not len(self._selection.now):
            return None
        now, data = self._selection.now, self.explorer.data
        if self._text is None or self._text[0] is not now or self._text[1] is not data:
            self._text = now, data, selected_text(self._selection.rows, data)
        return Caption(
            # Line breaks must not separate a class from its number, or the last one from the dots.
            self.tr("selected: {images}").format(
                images=self._text[2].replace(" (", "\N{NO-BREAK SPACE}(").replace(" …", "\N{NO-BREAK SPACE}…")
            ),
            brief=self.tr("selected: {images}").format(images=f"{len(self._selection.now):,}"),
        )

    # ------------------------------------------------------------ the hand

    def _lasso_changed(self) -> None:
        if not self.lasso_on:
            self.forget_lasso()
        self.refresh()

    def turn_lasso(self, on: bool) -> None:
        (self.tools.lasso.take if on else self.tools.lasso.leave)(NAME)

    def take(self, rows: np.ndarray, modifiers: Qt.KeyboardModifier) -> None:
        add = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        take_out = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if not len(rows):
            self._state.drawn_empty.emit()
        elif take_out:
            self._selection.remove(rows)
        elif add:
            self._selection.add(rows)
        else:
            self._selection.set_rows(rows)
        if len(rows) and not add and not take_out:
            self.tools.lasso.leave(NAME)
            self.tools.panel_wanted.emit(NAME)

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, object]]:  # type: ignore[override]
        translate = QCoreApplication.translate
        row, data = self.pane.hovered, self.explorer.data
        found: list[tuple[str, object]] = []
        if row is not None and data is not None and data.labels is not None and row < data.count:
            label = int(data.labels[row])
            if label >= 0:
                text = translate("SelectionOverlay", "Select class {name}").format(name=data.label_names[label])
                labels = data.labels
                found.append((text, lambda: self._selection.set_rows(np.flatnonzero(labels == label))))
        found.append((translate("SelectionOverlay", "Select with the lasso"), lambda: self.tools.lasso.take(NAME)))
        if len(self._selection.now):
            found.append((translate("SelectionOverlay", "Clear the selection"), self._clear))
        return found

    def _clear(self) -> None:
        self._selection.set_rows([])
