"""The meter under the code: data here, looks real, round trip, and the verdict."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.text_widths import TextWidths
from latent_explorer.controls.wrapped_text import wrapped
from latent_explorer.core.pane import PaneState
from latent_explorer.core.pane_meter import MeterRow, PaneMeter
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from latent_explorer.tools.holes.words import (
    beaten,
    here_value,
    limit_text,
    percent,
    power_text,
    prior_text,
    rank,
    real_value,
    reason_brief,
    reason_text,
    short,
    trip_value,
    verdict_alone,
    verdict_brief,
    verdict_short,
    verdict_shortest,
    verdict_text,
)
from latent_explorer.words.figures import missing
from trainer.metrics.conformal import ALARM, UNLIKE
from trainer.prior_place import PriorPlace

#: Margins of the text on a bar, gap between names and bars, and gap between bars side by side.
_PAD, _APART, _BESIDE = 4, 6, 4
#: Opacity of a bar with text on it.
_STRENGTH = 0.42
_SENTENCE_GAP = 2
#: A tick nearer than this to a bar's end, px, is not to be seen.
_TICK = 2
#: Terms of the rows.
_ROWS = ("data_here", "looks_real", "round_trip")
#: Initial number of lines of the sentence, more than any sentence has.
_FEW, _MANY = 3, 20


class MeterView(PaneMeter):
    """Three bars and a sentence. Its size does not depend on the content, so that nothing moves.

    Each bar is a rank: the share of the data's images that the place, the picture or the round trip is better
    than. Bar and figure show the same, in one direction, and a line above describes the shares.
    """

    def __init__(self, pane: PaneState, meter: MeterState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane, self._meter = pane, meter
        self._lines = _FEW
        self._folded = False
        self._most_lines: dict[int, int] = {}
        self.setObjectName("meter")
        self.setAccessibleName(self.tr("Holes: is there data here?"))
        self.setMouseTracking(True)
        # Opaque: it is painted at every mouse move, and otherwise all widgets under it would be as well.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        refer(self, *_ROWS, "prior_place")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._measure()
        meter.reading_changed.connect(self._reading_changed)
        theme().changed.connect(self.update)

    # ------------------------------------------------------------ content

    def rows(self) -> list[MeterRow]:
        """The three lines for the present reading."""
        reading = self._meter.reading(self._pane.index)
        if reading is None:
            names = (self.tr("Data here"), self.tr("Looks real"), self.tr("Round trip"))
            return [MeterRow(name, "–", math.nan, "") for name in names]
        return [self._here(reading), self._real(reading), self._trip(reading)]

    def current(self) -> bool:
        """Whether the reading is of the code under the cursor and of the weights on the map."""
        pane, reading = self._pane, self._meter.reading(self._pane.index)
        if reading is None or pane.code is None or pane.codes is None:
            return False
        return reading.number == pane.codes.number and np.array_equal(reading.code, pane.code, equal_nan=True)

    def sentence(self) -> str:
        """The verdict of the reading as a sentence; "" without one."""
        reading = self._meter.reading(self._pane.index)
        return "" if reading is None else verdict_text(reading)

    def text(self) -> str:
        """The complete text, for screen readers."""
        texts = [f"{row.name} {row.value}" for row in self.rows()]
        return "; ".join([*texts, self.sentence()])

    def _here(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Data here")
        if not math.isfinite(reading.here):
            return _without(name, reading.here_reason)
        tip = self.tr(
            "Was the decoder trained here? Denser than around {share} of the {m} images held back; at 0.5 % or "
            "less there are no data here."
        ).format(share=percent(beaten(reading.here, reading.here_of)), m=f"{reading.here_of:,}")
        if not reading.enough:
            tip = self.tr("{0} images are too few to tell whether there are data here: 199 held back are needed.")
            tip = tip.format(f"{reading.here_of + reading.images:,}")
        if reading.drawn:
            near = self.tr(
                "Neighbour {k} of {n} draws of q(z|x), one an image, is {ratio}× as far as it usually is."
            )
        else:
            near = self.tr("Neighbour {k} of {n} images' codes is {ratio}× as far as it usually is.")
        near = near.format(
            k=reading.neighbours,
            n=f"{reading.images:,}",
            ratio=short(math.exp(min(-reading.log_ratio, 80.0))),
        )
        share = beaten(reading.here, reading.here_of) if reading.enough else math.nan
        figure = rank(share) if reading.enough else self.tr("few images")
        wrong = _beyond(ALARM) if reading.enough and reading.here <= ALARM else ""
        return MeterRow(name, here_value(reading), share, self._better(f"{tip} {near}"), figure, ALARM, wrong)

    def _real(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Looks real")
        if not math.isfinite(reading.real):
            return _without(name, reading.real_reason)
        if reading.unlike:
            tip = self.tr("Farther from real pictures than they are from each other: ")
        elif reading.has_power:
            tip = self.tr("As near to real pictures as they are to each other: ")
        else:
            tip = self.tr("Cannot tell here, as too many pictures known to be bad pass: ")
        tip += self.tr(
            "nearer than around {share} of the {m} real pictures held back, by features, sharpness and "
            "signs of two images mixed; at 5 % or less it is unlike them. Of pictures known to be bad it notices: "
            "{powers}."
        ).format(
            share=percent(beaten(reading.real, reading.real_of)),
            m=f"{reading.real_of:,}",
            powers=power_text(reading.powers),
        )
        share = beaten(reading.real, reading.real_of) if reading.has_power or reading.unlike else math.nan
        wrong = _beyond(UNLIKE) if reading.unlike else ""
        return MeterRow(name, real_value(reading), share, self._better(tip), rank(share), UNLIKE, wrong)

    def _trip(self, reading: MeterReading) -> MeterRow:
        name = self.tr("Round trip")
        if not math.isfinite(reading.trip):
            return _without(name, reading.trip_reason)
        share = reading.trip / reading.spread if reading.spread > 0 else math.nan
        tip = self.tr(
            "|E(D(z)) − z|: the decoded picture is encoded {trip} from here, in units of the code, {share} times "
            "the codes' spread; shorter is better."
        ).format(trip=short(reading.trip), share=short(share))
        if not math.isfinite(reading.back):
            # A distance without a reference has no bar.
            return MeterRow(name, f"|Δz| {short(reading.trip)}", math.nan, tip)
        more = self.tr("Around {share} of {m} images come back as far from themselves, or farther.")
        better_than = beaten(reading.back, reading.back_of)
        more = more.format(share=percent(better_than), m=f"{reading.back_of:,}")
        figure = rank(better_than)
        wrong = _beyond(ALARM) if reading.back <= ALARM else ""
        said = trip_value(reading)
        return MeterRow(name, said, better_than, self._better(f"{tip} {more}"), figure, ALARM, wrong)

    def _better(self, tip: str) -> str:
        """The tool tip with the direction of bars."""
        better = self.tr("A longer bar is better.")  # lupdate finds no texts in f-strings
        return f"{tip} {better}"

    # ------------------------------------------------------------ room

    def set_lines(self, lines: int) -> None:
        """Set the number of lines for the sentence; the rest is in the tool tip."""
        if lines != self._lines:
            self._lines = lines
            self.update()

    def set_folded(self, folded: bool) -> None:
        """Show three short bars with names and a short verdict; the rest is in the tool tip."""
        if folded != self._folded:
            self._folded = folded
            self.update()

    def folded_height(self) -> int:
        """Height of the bars over one line of words."""
        return self._bar_height() + 2 + math.ceil(self._metrics.height())

    def _bar_height(self) -> int:
        """Height of a bar with text in px."""
        return round(self._metrics.height())

    def _row_height(self) -> int:
        return self._bar_height() + 2

    def height_for(self, lines: int) -> int:
        """Height with so many lines of the sentence."""
        rows = 4 * self._row_height()  # the first says of what the others are shares
        return rows + _SENTENCE_GAP + math.ceil(lines * self._metrics.lineSpacing()) if lines else rows - 2

    def lines_for(self, width: int) -> int:
        """Lines of the longest possible sentence."""
        if width not in self._most_lines:
            self._most_lines[width] = max(len(wrapped(text, self._font, width, _MANY)) for text in _sentences())
        return self._most_lines[width]

    def sizeHint(self) -> QSize:
        return QSize(140, self.height_for(self.lines_for(140)))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again with another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self._font = tabular(self.font())
        self._font.setPixelSize(theme().small_px)
        self._metrics = QFontMetricsF(self._font)
        self._most_lines.clear()
        self._widths = TextWidths(self._metrics)

    # ------------------------------------------------------------ drawing

    @Slot(int)
    def _reading_changed(self, index: int) -> None:
        if index == self._pane.index:
            if QAccessible.isActive():
                self.setAccessibleDescription(self.text())
            self.update()

    def said(self, row: MeterRow, room: float) -> str:
        """The text on a row's bar: its rank, or the reason for none, shortened if `room` (px) is short."""
        if not math.isfinite(row.share) and self._widths[row.value] <= room:
            return row.value
        said = row.figure or row.value
        full = f"{said} {row.beyond}"
        # "< 0.1 %" is below any limit, and two signs in one line are hard to read.
        plain = not row.beyond or said.startswith("<")
        for form in (said,) if plain else (full, full.replace(" ", ""), said):
            if self._widths[form] <= room:
                return form
        return self._metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)

    def heading(self) -> str:
        """The heading that describes the ranks, in the longest form that fits."""
        forms = (
            self.tr("better than … of real images"),
            self.tr("better than … of images"),
            self.tr("better than … of data"),
            self.tr("rank in data"),
        )
        return next((text for text in forms if self._widths[text] <= self.width()), "")

    def folded_name(self, row: MeterRow, name: str, room: float) -> str:
        """The name on a short bar, or the short `name`; with a dash without a rank."""
        more = "" if math.isfinite(row.share) else " –"
        return next((text for text in (row.name + more, name + more) if self._widths[text] <= room), name)

    def _said_lines(self) -> list[str]:
        """The complete sentences that fit in the lines; the tool tip has all."""
        reading = self._meter.reading(self._pane.index)
        for text in () if reading is None else (self.sentence(), verdict_brief(reading)):
            lines = wrapped(text, self._font, self.width(), self._lines + 1)
            if len(lines) <= self._lines:
                return lines
        return [] if reading is None else wrapped(verdict_alone(reading), self._font, self.width(), self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(tokens.panel))
            painter.setFont(self._font)
            if self._folded:
                self._paint_folded(painter)
                return
            rows, width = self.rows(), float(self.width())
            ascent, high, step = self._metrics.ascent(), self._bar_height(), self._row_height()
            painter.setPen(QColor(tokens.text_2))
            if any(math.isfinite(row.share) for row in rows):
                painter.drawText(QPointF(0, ascent), self.heading())
            left, y = max(self._widths[row.name] for row in rows) + _APART, float(step)
            for row in rows:
                painter.setPen(QColor(tokens.text_2))
                painter.drawText(QPointF(0, y + ascent), row.name)
                said = self.said(row, width - left - _PAD)
                start = width - _PAD - self._widths[said]
                self._paint_bar(painter, QRectF(left, y, width - left, high), row.share)
                self._paint_tick(painter, QRectF(left, y, width - left, high), row, start)
                painter.setPen(QColor(tokens.text))
                painter.drawText(QPointF(start, y + ascent), said)
                y += step
            painter.setPen(QColor(tokens.text_2))
            base = y + _SENTENCE_GAP + ascent
            for line in self._said_lines():
                painter.drawText(QPointF(0, base), line)
                base += self._metrics.lineSpacing()

    def _paint_bar(self, painter: QPainter, room: QRectF, share: float) -> None:
        """Draw a rank as a part of `room`; nothing without a rank, in contrast to a rank of 0."""
        if math.isfinite(share):
            accent = QColor(theme().accent(self._pane.index))
            accent.setAlphaF(_STRENGTH)
            painter.fillRect(room, QColor(theme().tokens.line))
            part = room.width() * max(0.0, min(share, 1.0))
            painter.fillRect(QRectF(room.x(), room.y(), part, room.height()), accent)

    def _paint_tick(self, painter: QPainter, room: QRectF, row: MeterRow, words: float) -> None:
        """Where ranks begin that are no sign of anything wrong, if that is away from the bar's end and words."""
        if math.isfinite(row.share) and math.isfinite(row.limit):
            tick = round(room.width() * row.limit)
            if tick >= _TICK and room.x() + tick + _TICK < words:
                line = QRectF(room.x() + tick, room.y(), 1, room.height())
                painter.fillRect(line, QColor(theme().tokens.text_2))

    def _paint_folded(self, painter: QPainter) -> None:
        tokens, high, ascent = theme().tokens, self._bar_height(), self._metrics.ascent()
        wide = (self.width() + _BESIDE) / 3 - _BESIDE
        names = (self.tr("data"), self.tr("real"), self.tr("trip"))
        for place, (row, name) in enumerate(zip(self.rows(), names, strict=True)):
            x = place * (wide + _BESIDE)
            self._paint_bar(painter, QRectF(x, 0, wide, high), row.share)
            painter.setPen(QColor(tokens.text if math.isfinite(row.share) else tokens.text_2))
            pad = min(_PAD, max(0.0, (wide - self._widths[name]) / 2))
            painter.drawText(QPointF(x + pad, ascent), self.folded_name(row, name, wide - 2 * pad))
        painter.setPen(QColor(tokens.text_2))
        painter.drawText(QPointF(0, high + 2 + ascent), self.folded_text())

    def folded_text(self) -> str:
        """The longest verdict that fits in one line, or the shortest one."""
        reading = self._meter.reading(self._pane.index)
        if reading is None:
            return ""
        forms = (verdict_brief, verdict_alone, verdict_short, verdict_shortest)
        said = (self.sentence(), *(form(reading) for form in forms))
        fits = (text for text in said if self._widths[text] <= self.width())
        return next(fits, self._metrics.elidedText(said[-1], Qt.TextElideMode.ElideRight, self.width()))

    def tip(self, y: int) -> str:
        """The tool tip at this height; the full text while folded."""
        if self._folded:
            lines = [f"{row.name}: {row.value}. {row.tip}".strip() for row in self.rows()]
            return "\n".join([self.sentence(), *lines])
        place = y // self._row_height() - 1
        if place < 0:
            return self._better(
                self.tr(
                    "Bars from 0 to 100 %: than how many of the data's images it is better here. At a tick or "
                    "left of it something is wrong."
                )
            )
        if place < 3:
            return self.rows()[place].tip
        reading = self._meter.reading(self._pane.index)
        if reading is None or reading.prior is None or reading.verdict == "inside":
            return self.sentence()
        return f"{self.sentence()} {prior_text(reading)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        y = int(event.position().y())
        self.setToolTip(self.tip(y))
        place = y // self._row_height() - 1
        # Show the term under the pointer.
        refer(self, *(_ROWS[place:] if not self._folded and 0 <= place < 3 else _ROWS), "prior_place")


def _beyond(limit: float) -> str:
    """Beside a rank that is no greater."""
    return f"≤ {limit_text(limit)}"


def _without(name: str, reason: str) -> MeterRow:
    """A row without a measure: a short reason in place of the bar, the sentence in the tool tip."""
    brief = reason_brief(reason)
    return MeterRow(name, f"{missing()}: {brief}" if brief else missing(), math.nan, reason_text(reason), brief)


def _sentences() -> list[str]:
    """All possible sentences."""
    return [verdict_text(reading) for reading in _EXAMPLES]


_CODE = np.zeros(20, np.float32)
_EXAMPLES = (
    MeterReading(code=_CODE, here=0.5, here_of=9),
    MeterReading(code=_CODE, here=0.001, here_of=999),
    MeterReading(code=_CODE, here=0.5, here_of=999, real=0.01),
    MeterReading(code=_CODE, here=0.5, here_of=999, real=0.5, back=0.001),
    MeterReading(
        code=_CODE, here=0.5, here_of=999, prior=PriorPlace(10.0, 0.9999, 0.0001), prior_formula="N(m, s²)"
    ),
    *(MeterReading(code=_CODE, here_reason=reason) for reason in ("same", "large", "codes", "finite", "sigmas")),
)
