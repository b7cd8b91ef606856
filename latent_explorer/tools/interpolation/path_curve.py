"""The measured curve under the strips, one line a model, on the strips' own axis of frames."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.glossary.terms import describe
from latent_explorer.tools.interpolation.state import LETTERS, InterpolationState, Strip
from latent_explorer.tools.interpolation.words import curve_unit

_DOT = 3.0
#: Smaller changes are rounding of equal pictures, drawn as zero.
_ROUNDING = 1e-6


class PathCurve(QWidget):
    """Change per frame, or data here, of all strips.

    Attributes:
        names: short names of the models, one per pane; set from outside.
        ends: pixels from the left edge to the middle of the first frame, and from the last's to the right edge.

    Signals:
        chosen(int): the user pressed at this frame.
    """

    chosen = Signal(int)

    def __init__(self, state: InterpolationState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.names: tuple[str, ...] = ()
        self.ends = 10.0
        self._shown: tuple[object, ...] = ()
        self.setObjectName("pathCurve")
        self.setAccessibleName(self.tr("Curve under the strips"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(38)
        font = tabular(self.font())
        font.setPixelSize(SMALL_TEXT_PX)
        self.setFont(font)
        describe(self, "path_curve", "data_here")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, 70)

    def refresh(self) -> None:
        """Repaint if state has changed: while a stop is dragged it changes less often."""
        state = self._state
        shown = (*state.strips.items(), state.frame, state.curve, self.names, self.ends)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def values(self, strip: Strip) -> tuple[np.ndarray, np.ndarray] | None:
        """Frames (fractional) and values of a strip's curve, or None if there is none (yet)."""
        if self._state.curve == "density":
            return None if strip.density is None else (np.arange(len(strip.density)), strip.density)
        if strip.measures is None:
            return None
        return np.arange(len(strip.measures.change)) + 0.5, strip.measures.change

    def plot_area(self) -> QRectF:
        """Where lines are drawn, below the line of text."""
        text = QFontMetricsF(self.font()).height()
        return QRectF(0, text + 3, self.width(), max(self.height() - text - 6, 8))

    def at(self) -> list[str]:
        """The curves' values at the slider's frame, one text per pane with a strip."""
        said = []
        curves = {pane: self.values(strip) for pane, strip in self._state.strips.items()}
        # Two significant digits of the axis, so that small changes do not read as none.
        top = self._top([curve[1] for curve in curves.values() if curve is not None])
        digits = max(3, 2 - math.floor(math.log10(top)))
        for pane, strip in sorted(self._state.strips.items()):
            curve = curves[pane]
            name = self.names[pane] if pane < len(self.names) else ""
            if curve is None:
                said.append(f"{name} –")
                continue
            # The change that led to this frame; the first frame has none.
            shift = 1 if self._state.curve == "change" else 0
            place = min(self._state.frame, len(strip.codes) - 1) - shift
            figure = f"{curve[1][place]:.{digits}f}" if place >= 0 and math.isfinite(curve[1][place]) else "–"
            said.append(f"{name} {figure}")
        return said

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        shades = colours(tokens)
        with QPainter(self) as painter:
            area = self.plot_area()
            painter.setPen(QPen(QColor(tokens.line), 1))
            for y in (area.top(), area.bottom()):
                painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
            strips = {
                pane: (strip, curve)
                for pane, strip in self._state.strips.items()
                if (curve := self.values(strip)) is not None
            }
            top = self._top([curve[1] for _, curve in strips.values()])
            self._paint_text(painter, shades, top)
            if strips:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                self._paint_frame_line(painter, area)
                for pane, (strip, curve) in strips.items():
                    self._paint_line(painter, area, strip, curve, top, theme().accent(pane))
                self._paint_stops(painter, area, next(iter(strips.values()))[0], shades)

    def _top(self, curves: list[np.ndarray]) -> float:
        """Upper end of the axis: 1 for a share, else a round number above the largest value."""
        if self._state.curve == "density":
            return 1.0
        largest = max((float(values[np.isfinite(values)].max(initial=0)) for values in curves), default=0.0)
        if largest < _ROUNDING:
            return 0.01
        unit = 10.0 ** math.floor(math.log10(largest))
        return next(unit * step for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if unit * step >= largest * 0.999)

    def _x(self, frame: float, strip: Strip) -> float:
        return self.ends + (self.width() - 2 * self.ends) * frame / max(len(strip.codes) - 1, 1)

    def _paint_line(
        self,
        painter: QPainter,
        area: QRectF,
        strip: Strip,
        curve: tuple[np.ndarray, np.ndarray],
        top: float,
        accent: QColor,
    ) -> None:
        frames, values = curve
        finite = np.isfinite(values)
        across = self.ends + (self.width() - 2 * self.ends) * frames[finite] / max(len(strip.codes) - 1, 1)
        down = area.bottom() - area.height() * np.minimum(values[finite] / top, 1.0)
        points = [QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]
        painter.setPen(QPen(accent, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        place = min(self._state.frame, len(strip.codes) - 1) - (self._state.curve == "change")
        if 0 <= place < len(points) == len(curve[1]):
            painter.setBrush(accent)
            painter.drawEllipse(points[place], _DOT, _DOT)

    def _paint_frame_line(self, painter: QPainter, area: QRectF) -> None:
        """Mark the slider's frame."""
        strip = next(iter(self._state.strips.values()))
        x = self._x(min(self._state.frame, len(strip.codes) - 1), strip)
        painter.setPen(QPen(QColor(theme().tokens.text_3), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_stops(self, painter: QPainter, area: QRectF, strip: Strip, shades: dict[str, str]) -> None:
        """Letters of the stops in between; the ends are where the axis ends."""
        if len(strip.places) < 3:
            return
        painter.setPen(QColor(shades["text_2"]))
        for place, frame in enumerate(strip.places[1:-1].tolist(), start=1):
            x = self._x(frame, strip)
            painter.drawText(QRectF(x + 2, area.top() + 1, 14, 14), Qt.AlignmentFlag.AlignLeft, LETTERS[place])

    def _paint_text(self, painter: QPainter, shades: dict[str, str], top: float) -> None:
        """Draw name and range of the curve on the left, values at the frame on the right."""
        metrics = QFontMetricsF(self.font())
        baseline = metrics.ascent()
        right = float(self.width())
        gap = metrics.horizontalAdvance("  ")
        panes = sorted(self._state.strips)
        for pane, text in reversed(list(zip(panes, self.at(), strict=True))):
            right -= metrics.horizontalAdvance(text)
            painter.setPen(QColor(shades[f"accent{pane % 2}"]))
            painter.drawText(QPointF(right, baseline), text)
            right -= gap
        unit = curve_unit(self._state.curve)
        painter.setPen(QColor(shades["text_2"]))
        shown = metrics.elidedText(unit.format(f"{top:.2g}"), Qt.TextElideMode.ElideRight, max(right - 4, 0))
        painter.drawText(QPointF(0, baseline), shown)

    # ------------------------------------------------------------ the hand

    def _frame_at(self, x: float) -> int:
        share = (x - self.ends) / max(self.width() - 2 * self.ends, 1.0)
        return round(min(max(share, 0.0), 1.0) * max(self._state.count - 1, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._state.count:
            self.chosen.emit(self._frame_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._state.count:
            self.chosen.emit(self._frame_at(event.position().x()))
