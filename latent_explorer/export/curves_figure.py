"""The loss curves as a figure: axes, curves, marks and names as lines and letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curve_lines import curve_lines
from latent_explorer.curves.marks import Mark, breaks_of, marks_of
from latent_explorer.curves.smoothing import Curve, DrawnCurve, robust_range
from latent_explorer.export.figure import LINE, MARGIN, caption_lines, text_font, write, write_caption
from latent_explorer.map.ticks import tick_step, tick_text, ticks

#: Width and height of the plot in px, and how far ticks are apart at least.
_PLOT = (640.0, 320.0)
_ACROSS, _UP = 90.0, 44.0
#: Room for the figures left of the plot, and for those and the name of the axis below it.
_LEFT, _BELOW = 52.0, 40.0
#: Least distance of two marks' texts.
_MARK_GAP = 76.0
_SAMPLE, _APART = 22.0, 16.0


@dataclass(frozen=True, slots=True, eq=False)
class FigureCurve:
    """One model's curves. pane: whose accent they have; None for grey. there: whether it has this loss at all."""

    name: str
    pane: int | None
    train: DrawnCurve = field(repr=False)
    held_out: Curve = field(repr=False)
    former: Curve = field(repr=False)
    there: bool = True

    def colour(self, tokens: Tokens) -> QColor:
        """The colour of its lines."""
        return QColor(tokens.text_3 if self.pane is None else tokens.accents[self.pane % 2])


@dataclass(frozen=True, slots=True, eq=False)
class CurvesFigure:
    """Curves over steps with a legend.

    Attributes:
        title: what is shown, with its unit.
        curves: of the models.
        marks: where knobs were turned.
        across, up: the range of steps, and of values.
        dashed: what the dashes are.
        past: the step of the past moment that the maps show; None for none.
        line: about it all.
    """

    title: str
    curves: tuple[FigureCurve, ...]
    marks: tuple[Mark, ...]
    across: tuple[float, float]
    up: tuple[float, float]
    dashed: str
    past: int | None
    line: str

    @property
    def plot(self) -> QRectF:
        """Where the curves are."""
        return QRectF(MARGIN + _LEFT, MARGIN + 2 * LINE + 8, *_PLOT)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        plot, lines = self.plot, len(self._lines)
        return int(plot.right() + MARGIN + 12), int(plot.bottom() + _BELOW + lines * LINE + MARGIN)

    @property
    def _lines(self) -> list[str]:
        return caption_lines(self.line, self.plot.right() - MARGIN)

    def place(self, step: float, value: float) -> QPointF:
        """Where a value is drawn."""
        (first, last), (low, high), plot = self.across, self.up, self.plot
        x = plot.left() + (step - first) / (last - first) * plot.width()
        return QPointF(x, plot.bottom() - (value - low) / (high - low) * plot.height())

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        write(painter, QPointF(MARGIN, MARGIN - 2), self.title, text_font(bold=True), tokens.text)
        self._paint_legend(painter, tokens)
        self._paint_axes(painter, tokens)
        painter.save()
        painter.setClipRect(self.plot)
        self._paint_curves(painter, tokens)
        painter.restore()
        self._paint_marks(painter, tokens)
        foot = QPointF(MARGIN, self.plot.bottom() + _BELOW)
        write_caption(painter, foot, self._lines, self.plot.right() - MARGIN, tokens)

    def _paint_legend(self, painter: QPainter, tokens: Tokens) -> None:
        translate, solid = QCoreApplication.translate, Qt.PenStyle.SolidLine
        entries: list[tuple[QColor, Qt.PenStyle, str]] = []
        for curve in self.curves:
            missing = "" if curve.there else " " + translate("CurvesDock", "n/a")
            entries.append((curve.colour(tokens), solid, curve.name + missing))
        window = max((curve.train.window for curve in self.curves), default=1)
        name = translate("export", "solid: training")
        if window > 1:
            name = translate("export", "solid: training, mean over {0} steps").format(window)
        entries.append((QColor(tokens.text_2), solid, name))
        if any(len(curve.held_out[0]) for curve in self.curves):
            entries.append((QColor(tokens.text_2), Qt.PenStyle.DashLine, self.dashed))
        if any(len(curve.former[0]) for curve in self.curves):
            name = translate("export", "dotted: former run")
            entries.append((QColor(tokens.text_2), Qt.PenStyle.DotLine, name))
        x, y = MARGIN, MARGIN + LINE + 2
        for colour, style, name in entries:
            painter.setPen(QPen(colour, 1.6, style))
            painter.drawLine(QLineF(x, y + LINE / 2 - 1, x + _SAMPLE, y + LINE / 2 - 1))
            x += _SAMPLE + 6
            x += write(painter, QPointF(x, y), name, text_font(small=True), tokens.text, 240) + _APART

    def _paint_axes(self, painter: QPainter, tokens: Tokens) -> None:
        plot, small = self.plot, text_font(small=True)
        metrics = QFontMetricsF(small)
        grid, frame = QColor(tokens.line), QPen(QColor(tokens.text_3), 1)
        step = tick_step((self.up[1] - self.up[0]) * _UP / plot.height())
        for value in ticks(*self.up, step):
            y = self.place(self.across[0], value).y()
            painter.setPen(QPen(grid, 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            text = tick_text(value, step)
            left = plot.left() - 8 - metrics.horizontalAdvance(text)
            write(painter, QPointF(left, y - metrics.height() / 2), text, small, tokens.text_2)
        # Steps are whole.
        step = max(1.0, tick_step((self.across[1] - self.across[0]) * _ACROSS / plot.width()))
        for value in ticks(*self.across, step):
            x = self.place(value, self.up[0]).x()
            painter.setPen(frame)
            painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 4))
            text = f"{value:,.0f}"
            left = x - metrics.horizontalAdvance(text) / 2
            write(painter, QPointF(left, plot.bottom() + 6), text, small, tokens.text_2)
        painter.setPen(frame)
        painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
        painter.drawLine(QLineF(plot.left(), plot.top(), plot.left(), plot.bottom()))
        name = QCoreApplication.translate("export", "step")
        middle = plot.center().x() - metrics.horizontalAdvance(name) / 2
        write(painter, QPointF(middle, plot.bottom() + 6 + LINE - 3), name, small, tokens.text_2)

    def _paint_curves(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for curve in self.curves:
            colour, faint = curve.colour(tokens), curve.colour(tokens)
            faint.setAlpha(60)
            for values, pen in (
                (curve.train.raw, QPen(faint, 0.8)),
                (curve.train.curve, QPen(colour, 1.4)),
                (curve.held_out, QPen(colour, 1.4, Qt.PenStyle.DashLine)),
                (curve.former, QPen(colour, 1.2, Qt.PenStyle.DotLine)),
            ):
                painter.setPen(pen)
                for piece in self._pieces(*values):
                    painter.drawPolyline(piece)

    def _pieces(self, steps: np.ndarray, values: np.ndarray) -> list[QPolygonF]:
        """The curve in pixels, cut where values are not finite; a single value is a short dash."""
        pieces: list[list[QPointF]] = [[]]
        for step, value in zip(steps.tolist(), values.tolist(), strict=True):
            if np.isfinite(value):
                pieces[-1].append(self.place(step, value))
            elif pieces[-1]:
                pieces.append([])
        found = [piece for piece in pieces if piece]
        return [
            QPolygonF(piece if len(piece) > 1 else [piece[0] - QPointF(3, 0), piece[0] + QPointF(3, 0)])
            for piece in found
        ]

    def _paint_marks(self, painter: QPainter, tokens: Tokens) -> None:
        plot, small = self.plot, text_font(small=True)
        free = float("inf")
        # Of marks close together, as a turned knob leaves them, the last one is named.
        for mark in reversed(self.marks):
            x = self.place(mark.step, self.up[0]).x()
            if not plot.left() <= x <= plot.right():
                continue
            painter.setPen(QPen(QColor(tokens.text_3), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            if x + _MARK_GAP <= free:
                free = x
                write(painter, QPointF(x + 4, plot.top() + 2), mark.text, small, tokens.text_2)
        if self.past is not None:
            x = self.place(self.past, self.up[0]).x()
            if plot.left() <= x <= plot.right():
                painter.setPen(QPen(QColor(tokens.text), 1.6))
                painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))


def curves_figure(
    training: TrainingState,
    panes: Sequence[PaneState],
    term: str,
    title: str,
    visible: tuple[float, float] | None,
    line: str,
) -> CurvesFigure | None:
    """The curves of a loss term over the steps in `visible` (None: all); None without any."""
    breaks = breaks_of(training.history, training.former)
    found = []
    for one in curve_lines(training, panes):
        train, held_out, former = one.curves(term, visible, breaks)
        found.append(FigureCurve(one.name, one.pane, train, held_out, former, one.has(term)))
    shown = [values for one in found for values in (one.train.curve, one.held_out, one.former)]
    last = max((int(steps[-1]) for steps, _ in shown if len(steps)), default=0)
    up = robust_range(shown, last)
    if up is None:
        return None
    translate = QCoreApplication.translate
    dashed = (
        translate("export", "dashed: held-out, at β = 1")
        if term == "total"
        else translate("export", "dashed: held-out")
    )
    return CurvesFigure(
        title=title,
        curves=tuple(found),
        marks=tuple(marks_of(training.history, training.acting_cards)),
        across=visible or (0.0, float(max(last, 2))),
        up=up,
        dashed=dashed,
        past=training.looked_at,
        line=line,
    )
