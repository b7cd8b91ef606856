"""The legend of the points' colours for figures: classes with their marks, the split, or a ramp of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.losses import parts_of
from latent_explorer.core.pane import PaneState
from latent_explorer.export.figure import LINE, text_font, write
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.point_colours import loss_range, ramp, split_colours
from latent_explorer.words.figures import MINUS, count

#: Maximum number of names in a legend, and maximum width of one in px.
MOST, _WIDEST = 30, 150.0
_MARK, _GAP, _NEXT, _APART = 5.0, 5.0, 6.0, 16.0
#: Width of a ramp, and minimum width of the name before it.
_BAR, _LEAST_NAME = 140.0, 60.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One name. mark: the class whose mark it has and the place of its colour; -1 for a remark without one."""

    mark: int
    name: str


@dataclass(frozen=True, slots=True)
class FigureLegend:
    """A legend that flows in lines as wide as its figure.

    Attributes:
        title: the quantity shown by colour, with its unit if it has one; "" if the names are sufficient.
        entries: names with their marks.
        split: whether the colours are those of the split.
        ends: of a factor or a loss: the values at the ends of its ramp; () otherwise.
        unknown: whether points without a value are grey.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    split: bool = False
    ends: tuple[str, ...] = ()
    unknown: bool = False

    def height(self, width: float) -> float:
        """Height in px of all lines; 0 for an empty one."""
        if self.ends:
            return LINE
        return LINE * (1 + self._places(width)[-1][1]) if self.entries else 0.0

    def paint(self, painter: QPainter, corner: QPointF, width: float, tokens: Tokens) -> None:
        """Draw it from `corner`, its upper left one, on."""
        small = text_font(small=True)
        if self.ends:
            self._paint_ramp(painter, corner, width, tokens)
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

    def _paint_ramp(self, painter: QPainter, corner: QPointF, width: float, tokens: Tokens) -> None:
        """Draw name, low end, colours, high end and the meaning of grey in one line; a long name is elided."""
        small, (low, high) = text_font(small=True), self.ends
        metrics = QFontMetricsF(small)
        grey = QCoreApplication.translate("export", "grey: not known") if self.unknown else ""
        taken = metrics.horizontalAdvance(low + high) + 2 * _NEXT + _BAR + _APART
        taken += _APART + 2 * _MARK + _GAP + metrics.horizontalAdvance(grey) if grey else 0.0
        room = max(_LEAST_NAME, width - taken)
        x = corner.x() + write(painter, corner, self.title, small, tokens.text, room) + _APART
        x += write(painter, QPointF(x, corner.y()), low, small, tokens.text_2) + _NEXT
        bar = QRectF(x, corner.y() + 3, _BAR, 10)
        colours = ramp(tokens)
        shades = QLinearGradient(bar.topLeft(), bar.topRight())
        for place in range(0, len(colours), 7):
            shades.setColorAt(place / (len(colours) - 1), QColor(*colours[place].tolist()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(shades))
        painter.drawRect(bar)
        x = bar.right() + _NEXT
        x += write(painter, QPointF(x, corner.y()), high, small, tokens.text_2) + _APART
        if grey:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.grey))
            painter.drawEllipse(QPointF(x + _MARK, corner.y() + LINE / 2 - 1), _MARK, _MARK)
            write(painter, QPointF(x + 2 * _MARK + _GAP, corner.y()), grey, small, tokens.text_2)


NO_LEGEND = FigureLegend()


def legend_of(explorer: ExplorerState, panes: Sequence[PaneState] = ()) -> FigureLegend:
    """The legend of the points' present colours; empty if they have no meaning.

    `panes`: all panes of the window, for the model names of losses.
    """
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
        return _factor_legend(data.factor_title(what), data.factors[:, data.factor_names.index(what)])
    losses = explorer.losses.values(what)
    if losses is not None and len(losses) == data.count:
        return _loss_legend(explorer, losses, panes)
    return NO_LEGEND


def _factor_legend(title: str, values: np.ndarray) -> FigureLegend:
    known = np.isfinite(values)
    if not known.any():
        return NO_LEGEND
    ends = (_figure(values[known].min()), _figure(values[known].max()))
    return FigureLegend(title=title, ends=ends, unknown=not known.all())


def _loss_legend(explorer: ExplorerState, losses: np.ndarray, panes: Sequence[PaneState]) -> FigureLegend:
    """The legend of a loss. The last colour includes larger losses. Losses of earlier weights show their step."""
    translate, (kind, place) = QCoreApplication.translate, parts_of(explorer.colour_by) or ("", 0)
    known = np.isfinite(losses)
    if not known.any():
        return NO_LEGEND
    low, high = loss_range(losses)
    model = panes[place].model if place < len(panes) else None
    name = model.short if model is not None else translate("export", "the model")
    if kind == "kl":
        title = translate("export", "KL of {model}, nats per image").format(model=name)
    else:
        title = translate("export", "reconstruction loss of {model}, nats per image").format(model=name)
    of = explorer.losses.of(place)
    if of is not None and place in explorer.losses.stale:
        title += translate("export", " (step {0})").format(count(of.step))
    more = translate("FactorRamp", "{value} and more").format(value=_figure(high))
    return FigureLegend(title=title, ends=(_figure(low), more), unknown=not known.all())


def _figure(value: float) -> str:
    return f"{float(value):.4g}".replace("-", MINUS)
