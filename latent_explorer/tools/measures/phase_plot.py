"""Reconstruction against KL as a plot. Importing this module imports pyqtgraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.curves.plain_axis import PlainAxis
from latent_explorer.tools.measures.trails import Trail, shown_range

pg.setConfigOptions(antialias=True)

#: Diameters of the point at a trail's end, of the panes' models and of others, in px.
_PRESENT, _OTHER = 10, 6


@dataclass(slots=True, eq=False)
class _Drawn:
    """The items of one trail."""

    line: pg.PlotDataItem
    level: pg.InfiniteLine
    end: pg.ScatterPlotItem
    name: pg.TextItem
    trail: Trail | None = None

    def items(self) -> tuple[pg.GraphicsObject, ...]:
        return self.line, self.level, self.end, self.name


class PhasePlot(pg.PlotWidget):
    """Trails in the colours of their panes. Items are made once, and kept; afterwards only their data is set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {side: PlainAxis(side) for side in ("left", "bottom")}
        super().__init__(parent, axisItems=axes)
        self.setObjectName("phasePlot")
        self.setAccessibleName(self.tr("Reconstruction against KL"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.drawn: list[_Drawn] = []
        self._font = tabular(QFont(self.font()))
        self._font.setPixelSize(SMALL_TEXT_PX)
        for axis in axes.values():
            axis.setTickFont(self._font)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=0, tickTextOffset=6)
        axes["left"].setWidth(46)
        self.recolour()

    def _make(self) -> _Drawn:
        name = pg.TextItem(anchor=(0, 0.5))
        name.setFont(self._font)
        level = pg.InfiniteLine(angle=0, movable=False)
        made = _Drawn(pg.PlotDataItem(connect="finite"), level, pg.ScatterPlotItem(), name)
        for item in made.items():
            self.addItem(item, ignoreBounds=True)
        return made

    def show_trails(self, trails: Sequence[Trail]) -> None:
        """Draw these, the last on top."""
        while len(self.drawn) < len(trails):
            self.drawn.append(self._make())
        bounds = shown_range(trails)
        if bounds is not None:
            self.setXRange(*bounds[0], padding=0)
            self.setYRange(*bounds[1], padding=0)
        middle = 0.0 if bounds is None else sum(bounds[0]) / 2
        for place, one in enumerate(self.drawn):
            one.trail = trails[place] if place < len(trails) else None
            for item in one.items():
                item.setVisible(False)
            if one.trail is not None:
                self._put(one, one.trail, middle, 0.0 if bounds is None else bounds[0][0])
        self.recolour()

    def _put(self, one: _Drawn, trail: Trail, middle: float, left: float) -> None:
        whole = np.isfinite(trail.reconstruction) & (np.isfinite(trail.kl) | (not trail.has_kl))
        if not whole.any():
            return
        last = float(trail.reconstruction[whole][-1])
        one.name.setText(trail.name)
        one.name.setVisible(bool(trail.name))
        if not trail.has_kl:
            one.level.setValue(last)
            one.level.setVisible(True)
            one.name.setAnchor((0, 1))
            one.name.setPos(left, last)
            return
        kl = float(trail.kl[whole][-1])
        one.line.setData(trail.kl, trail.reconstruction)
        one.line.setVisible(True)
        one.end.setData([kl], [last])
        one.end.setVisible(True)
        # Towards the middle, so that it is not cut off at the plot's edge.
        one.name.setAnchor((-0.12, 0.5) if kl <= middle else (1.12, 0.5))
        one.name.setPos(kl, last)

    @Slot()
    def recolour(self) -> None:
        """Take the colours of the theme."""
        tokens = theme().tokens
        self.setBackground(QColor(tokens.panel))
        for one in self.drawn:
            pane = None if one.trail is None else one.trail.pane
            colour = QColor(tokens.text_3) if pane is None else theme().accent(pane)
            faint = QColor(colour)
            faint.setAlpha(150)
            one.line.setPen(pg.mkPen(faint, width=1))
            one.level.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
            one.end.setSymbol("o")
            one.end.setSize(_OTHER if pane is None else _PRESENT)
            one.end.setPen(pg.mkPen(QColor(tokens.panel), width=1))
            one.end.setBrush(pg.mkBrush(colour))
            one.name.setColor(QColor(tokens.text_2) if pane is None else colour)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(QColor(tokens.line), width=1))
            axis.setTextPen(QColor(tokens.text_2))
        self.getPlotItem().showGrid(x=True, y=True, alpha=0.25)
