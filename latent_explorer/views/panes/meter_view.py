"""The meter under the code: data density, distance to real pictures, round trip, and what they say together."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.state.meter import MeterReading, MeterState
from latent_explorer.state.pane import PaneState
from latent_explorer.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.views.figures import missing
from latent_explorer.views.hole_words import (
    density_word,
    distance_word,
    percent,
    reason_text,
    short,
    verdict_text,
)
from latent_explorer.views.panes.wrapped_text import wrapped

_BAR = 3
_GAP = 6
_SENTENCE_GAP = 2
#: Lines of the sentence before anybody has said how many have room, and more than any sentence has.
_FEW, _MANY = 3, 20
#: A relative distance at which the bar is full: as far as next to no real image is.
_FAR = 3.0


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One line: `value` in words and figures, `share` of the bar (NaN: none), `tip` what it is."""

    name: str
    value: str
    share: float
    tip: str


class MeterView(QWidget):
    """Three bars and a sentence. Takes the same room whatever it says, so that nothing moves under the cursor."""

    def __init__(self, pane: PaneState, meter: MeterState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane, self._meter = pane, meter
        self._lines = _FEW
        self._most_lines: dict[int, int] = {}
        self.setObjectName("meter")
        self.setAccessibleName(self.tr("Holes: is there data here?"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._measure()
        meter.reading_changed.connect(self._reading_changed)
        theme().changed.connect(self.update)

    # ------------------------------------------------------------ what it says

    def rows(self) -> list[MeterRow]:
        """The three lines for the present reading."""
        reading = self._meter.reading(self._pane.index)
        if reading is None:
            names = (self.tr("Data here"), self.tr("Picture"), self.tr("Round trip"))
            return [MeterRow(name, "–", math.nan, "") for name in names]
        return [self._density(reading), self._distance(reading), self._trip(reading)]

    def sentence(self) -> str:
        """What the reading says as a plain sentence; "" without one."""
        reading = self._meter.reading(self._pane.index)
        return "" if reading is None else verdict_text(reading)

    def text(self) -> str:
        """Everything in words, for people who hear it."""
        told = [f"{row.name} {row.value}" for row in self.rows()]
        return "; ".join([*told, self.sentence()])

    def _density(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Data here")
        if not math.isfinite(reading.typicality):
            return MeterRow(name, missing(), math.nan, reason_text(reading.density_reason))
        value = f"{density_word(reading)} {percent(reading.share)}"
        if reading.both_sides:
            tip = self.tr(
                "{share} of the images lie in places as unusual as this one, sparse or dense. Neighbour {k} of "
                "{n} images is {ratio}× as far as it usually is for an image."
            )
        else:
            tip = self.tr(
                "{share} of the images lie in places as sparse as this one, or sparser. Neighbour {k} of {n} "
                "images is {ratio}× as far as it usually is for an image."
            )
        tip = tip.format(
            share=percent(reading.share),
            k=reading.neighbours,
            n=f"{reading.images:,}",
            ratio=short(math.exp(min(-reading.log_ratio, 80.0))),
        )
        return MeterRow(name, value, reading.share, tip)

    def _distance(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Picture")
        if not math.isfinite(reading.distance):
            return MeterRow(name, missing(), math.nan, reason_text(reading.distance_reason))
        tip = self.tr(
            "Distance of the decoded picture to the nearest real one, in a fixed feature space: {ratio}× that of "
            "real images to each other. {share} of the real images are as far from the others, or farther."
        ).format(ratio=short(reading.distance), share=percent(reading.farther))
        value = f"{distance_word(reading.farther)} {short(reading.distance)}×"
        return MeterRow(name, value, min(reading.distance / _FAR, 1.0), tip)

    def _trip(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Round trip")
        if not math.isfinite(reading.trip):
            return MeterRow(name, missing(), math.nan, reason_text(reading.trip_reason))
        share = reading.trip / reading.spread if reading.spread > 0 else math.nan
        tip = self.tr(
            "|E(D(z)) − z|: the decoded picture is encoded {trip} from here, in units of the code; {share} of the "
            "codes' own spread."
        ).format(trip=short(reading.trip), share=percent(share) if math.isfinite(share) else missing())
        if math.isfinite(reading.longer):
            tip += " " + self.tr("{0} of the images come back as far from themselves, or farther.").format(
                percent(reading.longer)
            )
        return MeterRow(name, short(reading.trip), min(share, 1.0), tip)

    # ------------------------------------------------------------ room

    def set_lines(self, lines: int) -> None:
        """How many lines of the sentence have room; what has none is in the tool tip."""
        if lines != self._lines:
            self._lines = lines
            self.update()

    def _row_height(self) -> int:
        return round(self._metrics.height()) + _BAR + _GAP

    def height_for(self, lines: int) -> int:
        """Height with so many lines of the sentence."""
        rows = 3 * self._row_height()
        return rows + _SENTENCE_GAP + math.ceil(lines * self._metrics.lineSpacing()) if lines else rows - _GAP

    def lines_for(self, width: int) -> int:
        """Lines of the longest sentence that it may have to say."""
        if width not in self._most_lines:
            self._most_lines[width] = max(len(wrapped(text, self._font, width, _MANY)) for text in _sentences())
        return self._most_lines[width]

    def sizeHint(self) -> QSize:
        return QSize(140, self.height_for(self.lines_for(140)))

    def changeEvent(self, event: QEvent) -> None:
        """Another font: measure anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self._font = tabular(self.font())
        self._font.setPixelSize(SMALL_TEXT_PX)
        self._metrics = QFontMetricsF(self._font)
        self._most_lines.clear()

    # ------------------------------------------------------------ drawing

    @Slot(int)
    def _reading_changed(self, index: int) -> None:
        if index == self._pane.index:
            if QAccessible.isActive():
                self.setAccessibleDescription(self.text())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        accent = theme().accent(self._pane.index)
        with QPainter(self) as painter:
            painter.setFont(self._font)
            width, y = float(self.width()), 0.0
            for row in self.rows():
                base = y + self._metrics.ascent()
                painter.setPen(QColor(tokens.text_2))
                painter.drawText(QPointF(0, base), row.name)
                painter.setPen(QColor(tokens.text))
                room = width - self._metrics.horizontalAdvance(row.name) - 6
                value = self._metrics.elidedText(row.value, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QPointF(width - self._metrics.horizontalAdvance(value), base), value)
                bar = QRectF(0, y + round(self._metrics.height()), width, _BAR)
                painter.fillRect(bar, QColor(tokens.line))
                if math.isfinite(row.share):
                    painter.fillRect(QRectF(0, bar.y(), width * max(0.0, min(row.share, 1.0)), _BAR), accent)
                y += self._row_height()
            painter.setPen(QColor(tokens.text_2))
            base = y + _SENTENCE_GAP + self._metrics.ascent()
            for line in wrapped(self.sentence(), self._font, self.width(), self._lines):
                painter.drawText(QPointF(0, base), line)
                base += self._metrics.lineSpacing()

    def tip(self, y: int) -> str:
        """What stands at this height."""
        place = y // self._row_height()
        return self.rows()[place].tip if 0 <= place < 3 else self.sentence()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setToolTip(self.tip(int(event.position().y())))


def _sentences() -> list[str]:
    """All that may have to be said."""
    return [verdict_text(reading) for reading in _EXAMPLES]


_CODE = np.zeros(3, np.float32)
_EXAMPLES = (
    MeterReading(code=_CODE, typicality=0.0),
    MeterReading(code=_CODE, typicality=0.02),
    MeterReading(code=_CODE, typicality=1.0),
    MeterReading(code=_CODE, typicality=0.97),
    MeterReading(code=_CODE, typicality=0.5, farther=0.0),
    MeterReading(code=_CODE, typicality=0.5, farther=1.0, longer=0.0),
    MeterReading(code=_CODE, typicality=0.5, farther=1.0, longer=1.0, outside=0.995),
    MeterReading(code=_CODE, density_reason="same"),
    MeterReading(code=_CODE, density_reason="large"),
    MeterReading(code=_CODE, density_reason="codes"),
    MeterReading(code=_CODE, density_reason="finite"),
)
