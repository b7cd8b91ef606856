"""The codes of the sample sheets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.samples.state import SamplesState, Sheet
from latent_explorer.tools.samples.words import source_title

#: Side of a square, and radius of the ring around the one under the pointer, in pixels.
_SIDE, _RING = 6.0, 9.0


class SamplesOverlay(Overlay):
    """A small open square for every code on this pane's sheet, a ring around the one under the pointer or chosen.

    Shown together with the sheets, and while the overlay is switched on.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._samples = tools[SamplesState]
        self._points: np.ndarray | None = None
        self._sheet: Sheet | None = None
        self._samples.sheets_changed.connect(self._moved)
        self._samples.shown_changed.connect(self.refresh)
        self._samples.marks_changed.connect(self._marked)
        tools.overlays.changed.connect(self._switched)
        pane.plane_changed.connect(self._turned)

    @property
    def active(self) -> bool:
        return self._samples.shown and self.tools.overlays.on("samples") and self.points() is not None

    def points(self) -> np.ndarray | None:
        """Positions of the codes on the plane, (n, 2); None without any."""
        sheet, plane = self._samples.sheets[self.pane.index], self.pane.plane
        if sheet is None or plane is None or not len(sheet.codes) or sheet.codes.shape[1] != plane.latent:
            return None
        if sheet is not self._sheet or self._points is None:
            self._sheet, self._points = sheet, plane.project(sheet.codes)
        return self._points

    def made(self) -> Iterator[Made]:
        sheet = self._samples.sheets[self.pane.index]
        yield MISSING if sheet is None else (sheet.snapshot.number, True)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        points = self.points()
        if points is None:
            return
        left, bottom, right, top = view.rect
        squares = []
        for x, y in points[np.isfinite(points).all(axis=1)].tolist():
            if left <= x <= right and bottom <= y <= top:
                px, py = view.to_pixels(x, y)
                squares.append(QRectF(px - _SIDE / 2, py - _SIDE / 2, _SIDE, _SIDE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # The map's own colour around the accent, so that squares stand out from points of any class.
        halo, line = QPen(QColor(tokens.map), 3.5), QPen(theme().accent(self.pane.index), 1.6)
        for square in squares:
            painter.setPen(halo)
            painter.drawRect(square)
            painter.setPen(line)
            painter.drawRect(square)
        for mark in (self._samples.selected, self._samples.hovered):
            if mark is not None and mark[0] == self.pane.index and mark[1] < len(points):
                self._ring(painter, QPointF(*view.to_pixels(*points[mark[1]].tolist())), tokens)

    def _ring(self, painter: QPainter, spot: QPointF, tokens: Tokens) -> None:
        painter.setPen(QPen(QColor(tokens.map), 5.0))
        painter.drawEllipse(spot, _RING, _RING)
        painter.setPen(QPen(QColor(tokens.text), 2.0))
        painter.drawEllipse(spot, _RING, _RING)

    def terms(self) -> tuple[str, ...]:
        return ("sampled", "sample_count")

    def caption(self, view: ViewTransform) -> Caption | None:
        sheet = self._samples.sheets[self.pane.index]
        if sheet is None:
            return None
        return Caption(self.tr("□ samples: {source}").format(source=source_title(sheet)))

    @Slot()
    def _moved(self) -> None:
        if self._samples.sheets[self.pane.index] is not self._sheet:
            self.refresh()

    @Slot()
    def _turned(self) -> None:
        self._points = None
        self.refresh()

    @Slot()
    def _marked(self) -> None:
        self.refresh()

    @Slot(str)
    def _switched(self, name: str) -> None:
        if name == "samples":
            self.refresh()
