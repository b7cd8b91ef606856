"""What the colours of the points mean, for figures: classes with their marks, the split, or a factor's ramp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.export.figure import LINE, text_font, write
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.point_colours import ramp, split_colours
from latent_explorer.words.figures import MINUS, count

#: Names in a legend at most, and the width of one at most, in px.
MOST, _WIDEST = 30, 150.0
_MARK, _GAP, _APART = 5.0, 5.0, 16.0
_BAR = 140.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One name. mark: the class whose mark it has and the place of its colour; -1 for a remark without one."""

    mark: int
    name: str


@dataclass(frozen=True, slots=True)
class FigureLegend:
    """A legend that flows in lines as wide as its figure.

    Attributes:
        title: what the colours tell apart; "" where the names say so themselves.
        entries: names with their marks.
        split: whether the colours are those of the split.
        ends: of a factor: the values at the ends of its ramp; () otherwise.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    split: bool = False
    ends: tuple[str, ...] = ()

    def height(self, width: float) -> float:
        """Height in px of all lines; 0 for an empty one."""
        if self.ends:
            return LINE
        return LINE * (1 + self._places(width)[-1][1]) if self.entries else 0.0

    def paint(self, painter: QPainter, corner: QPointF, width: float, tokens: Tokens) -> None:
        """Draw it from `corner`, its upper left one, on."""
        small = text_font(small=True)
        if self.ends:
            self._paint_ramp(painter, corner, tokens)
            return
        colours = split_colours(tokens) if self.split else tokens.classes
        for entry, (x, line) in zip(self.entries, self._places(width), strict=True):
            at = corner + QPointF(x, line * LINE)
            if entry.mark >= 0:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours[entry.mark % len(colours)]))
                painter.drawPath(class_mark(entry.mark, _MARK).translated(at + QPointF(_MARK, LINE / 2 - 1)))
                at += QPointF(2 * _MARK + _GAP, 0)
            write(painter, at, entry.name, small, tokens.text if entry.mark >= 0 else tokens.text_2, _WIDEST)

    def _places(self, width: float) -> list[tuple[float, int]]:
        """(x, line) of each entry."""
        metrics = QFontMetricsF(text_font(small=True))
        places, x, line = [], 0.0, 0
        for entry in self.entries:
            mark = 2 * _MARK + _GAP if entry.mark >= 0 else 0.0
            wide = mark + min(_WIDEST, metrics.horizontalAdvance(entry.name))
            if x and x + wide > width:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += wide + _APART
        return places

    def _paint_ramp(self, painter: QPainter, corner: QPointF, tokens: Tokens) -> None:
        small = text_font(small=True)
        x = corner.x() + write(painter, corner, self.title, small, tokens.text) + _APART
        low, high = self.ends
        x += write(painter, QPointF(x, corner.y()), low, small, tokens.text_2) + 6
        bar = QRectF(x, corner.y() + 3, _BAR, 10)
        colours = ramp(tokens)
        shades = QLinearGradient(bar.topLeft(), bar.topRight())
        for place in range(0, len(colours), 7):
            shades.setColorAt(place / (len(colours) - 1), QColor(*colours[place].tolist()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(shades))
        painter.drawRect(bar)
        write(painter, QPointF(bar.right() + 6, corner.y()), high, small, tokens.text_2)


NO_LEGEND = FigureLegend()


def legend_of(explorer: ExplorerState) -> FigureLegend:
    """The legend of the points' present colours; an empty one where they mean nothing."""
    data, what = explorer.data, explorer.colour_by
    if data is None:
        return NO_LEGEND
    if what == "class" and data.labels is not None:
        lit = [label for label in range(len(data.label_names)) if label not in explorer.greyed]
        entries = [Entry(label, data.label_names[label]) for label in lit[:MOST]]
        if len(lit) > MOST:
            more = QCoreApplication.translate("export", "and {0} more")
            entries.append(Entry(-1, more.format(count(len(lit) - MOST))))
        return FigureLegend(entries=tuple(entries))
    if what == "split":
        names = (
            QCoreApplication.translate("export", "training images"),
            QCoreApplication.translate("export", "held-out images"),
        )
        return FigureLegend(entries=tuple(Entry(place, name) for place, name in enumerate(names)), split=True)
    if what in data.factor_names and data.factors is not None:
        values = data.factors[:, data.factor_names.index(what)]
        finite = values[np.isfinite(values)]
        if len(finite):
            ends = (f"{float(value):.4g}".replace("-", MINUS) for value in (finite.min(), finite.max()))
            return FigureLegend(title=data.factor_title(what), ends=tuple(ends))
    return NO_LEGEND
