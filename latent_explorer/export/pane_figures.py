"""Figures of a single map, and of both panes side by side with their pictures and captions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.pane import PaneState
from latent_explorer.export.figure import (
    LINE,
    MARGIN,
    caption_lines,
    draw_picture,
    text_font,
    whole_scale,
    write,
    write_caption,
)
from latent_explorer.export.legend import NO_LEGEND, FigureLegend
from latent_explorer.map.map_picture import MapPicture
from latent_explorer.words.figures import signed
from trainer.export.difference import difference_picture, squared_error

_EDGE = 3.0
_HEAD = 32.0
_GAP = 10.0
#: Room for the decoded image, in pixels.
PICTURE = 196.0
_COLUMN = PICTURE + 2 * MARGIN


@dataclass(frozen=True, slots=True, eq=False)
class MapFigure:
    """The present figure of one map: the model above, legend and caption below."""

    pane: PaneState
    picture: MapPicture
    legend: FigureLegend
    line: str

    @property
    def map_corner(self) -> QPointF:
        """Upper left corner of the map."""
        return QPointF(_GAP, _GAP + _EDGE + _HEAD)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        view = self.picture.view
        foot = _foot_height(self.legend, self._lines, view.width)
        return int(view.width + 2 * _GAP), int(self.map_corner.y() + view.height + foot)

    @property
    def _lines(self) -> list[str]:
        return caption_lines(self.line, self.picture.view.width)

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        view, corner = self.picture.view, self.map_corner
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.window))
        _paint_head(painter, QPointF(_GAP, _GAP), view.width, self.pane, tokens)
        _paint_map(painter, corner, self.picture, ratio, tokens)
        foot = corner + QPointF(0, view.height)
        _paint_foot(painter, foot, self.legend, self._lines, view.width, tokens)


@dataclass(frozen=True, slots=True, eq=False)
class FigurePane:
    """The texts of one pane of a `PairFigure`. readout: the code under the cursor, in parts.

    meter: (name, value) of the measures at the cursor.
    """

    pane: PaneState
    picture: MapPicture
    readout: tuple[str, ...]
    meter: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PairFigure:
    """All panes side by side: header, map, decoded image with its code, nearest image; legend and caption below.

    Without `cursors` cursors and decoded images are left out: the background of an animation.
    """

    looks: tuple[FigurePane, ...]
    line: str
    legend: FigureLegend = NO_LEGEND
    cursors: bool = True
    #: Number of lines of the caption; fixed, because all frames of an animation have the same height.
    most_lines: int = 3

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        foot = _foot_height(self.legend, self._lines, self._inner)
        return int(self._inner + 2 * _GAP), int(_GAP + self.pane_height + foot)

    @property
    def _inner(self) -> float:
        """Width between the margins."""
        return self.corners[-1].x() + self._pane_width(self.looks[-1]) - _GAP

    @property
    def _lines(self) -> list[str]:
        return caption_lines(self.line, self._inner, self.most_lines)

    @property
    def pane_height(self) -> float:
        """Height of each pane."""
        return _EDGE + _HEAD + max(look.picture.view.height for look in self.looks)

    @staticmethod
    def _pane_width(look: FigurePane) -> float:
        return look.picture.view.width + _COLUMN

    @property
    def corners(self) -> list[QPointF]:
        """Upper left corner of each pane."""
        corners, x = [], _GAP
        for look in self.looks:
            corners.append(QPointF(x, _GAP))
            x += self._pane_width(look) + _GAP
        return corners

    def map_corner(self, place: int) -> QPointF:
        """Upper left corner of a pane's map."""
        return self.corners[place] + QPointF(0, _EDGE + _HEAD)

    def decoded_rect(self, place: int, picture: np.ndarray) -> QRectF:
        """The rectangle of a pane's decoded image."""
        corner = self.map_corner(place) + QPointF(self.looks[place].picture.view.width + MARGIN, MARGIN + 2)
        scale = whole_scale(PICTURE, max(picture.shape[:2]))
        return QRectF(corner.x(), corner.y(), scale * picture.shape[1], scale * picture.shape[0])

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.window))
        for place, look in enumerate(self.looks):
            self._paint_pane(painter, place, look, ratio, tokens)
        foot = QPointF(_GAP, _GAP + self.pane_height)
        _paint_foot(painter, foot, self.legend, self._lines, self._inner, tokens)

    def _paint_pane(self, painter: QPainter, place: int, look: FigurePane, ratio: float, tokens: Tokens) -> None:
        corner, wide = self.corners[place], self._pane_width(look)
        painter.fillRect(QRectF(corner.x(), corner.y(), wide, self.pane_height), QColor(tokens.panel))
        _paint_head(painter, corner, wide, look.pane, tokens)
        _paint_map(painter, self.map_corner(place), look.picture, ratio, tokens, cursor=self.cursors)
        if self.cursors:
            self._paint_column(painter, place, look, tokens)

    def _paint_column(self, painter: QPainter, place: int, look: FigurePane, tokens: Tokens) -> None:
        pane, translate = look.pane, QCoreApplication.translate
        if pane.picture is None:
            return
        target = self.decoded_rect(place, pane.picture)
        assert pane.shown_picture is not None
        draw_picture(painter, target, pane.shown_picture, theme().accent(pane.index))
        small = text_font(small=True)
        at = QPointF(target.left(), target.bottom() + 8)
        drawn = pane.draw is not None
        said = (
            translate("export", "a draw at the cursor") if drawn else translate("export", "decoded at the cursor")
        )
        write(painter, at, said, small, tokens.text_2, PICTURE)
        for line in _lines(look.readout):
            at += QPointF(0, LINE)
            write(painter, at, line, text_font(), tokens.text, PICTURE)
        at += QPointF(0, 6)
        for name, value in look.meter:
            at += QPointF(0, LINE)
            taken = write(painter, at, name, small, tokens.text_2) + 10
            write(painter, at + QPointF(taken, 0), value, small, tokens.text, PICTURE - taken)
        nearest = pane.nearest
        if nearest is None:
            return
        at += QPointF(0, LINE + 8)
        thumbs: list[tuple[np.ndarray, str]] = []
        error = ""
        if nearest.picture is not None:
            thumbs.append((nearest.picture, translate("export", "original")))
            if nearest.picture.shape == pane.picture.shape:
                apart = difference_picture(pane.picture, nearest.picture)
                name = translate("export", "of the mean") if drawn else translate("export", "difference")
                thumbs.append((apart, name))
                error = f"{squared_error(pane.picture, nearest.picture):.4g}"
        target = QRectF(at, at)
        for slot, (picture, name) in enumerate(thumbs):
            scale = whole_scale(PICTURE / 2 - 6, max(picture.shape[:2]))
            corner = at + QPointF(slot * (PICTURE / 2 + 4), 0)
            target = QRectF(corner.x(), corner.y(), scale * picture.shape[1], scale * picture.shape[0])
            draw_picture(painter, target, picture)
            write(painter, QPointF(corner.x(), target.bottom() + 4), name, small, tokens.text_2, PICTURE / 2)
        at = QPointF(at.x(), target.bottom() + 4 + LINE)
        image = translate("export", "nearest image {0}").format(nearest.number)
        name = f"{image} · {nearest.label}" if nearest.label else image
        write(painter, at, name, small, tokens.text_2, PICTURE)
        away = translate("export", "distance {0}").format(signed(nearest.distance).lstrip("+"))
        write(painter, at + QPointF(0, LINE), away, small, tokens.text_2, PICTURE)
        if error:
            mse = translate("export", "MSE per pixel {0}").format(error)
            write(painter, at + QPointF(0, 2 * LINE), mse, small, tokens.text_2, PICTURE)


def _paint_head(painter: QPainter, corner: QPointF, wide: float, pane: PaneState, tokens: Tokens) -> None:
    """Draw the edge in the pane's accent, and its model in one line."""
    painter.fillRect(QRectF(corner.x(), corner.y(), wide, _EDGE), QColor(tokens.accents[pane.index % 2]))
    start = corner + QPointF(MARGIN, _EDGE + 8)
    model = pane.model
    if model is None:
        none = QCoreApplication.translate("export", "No model")
        write(painter, start, none, text_font(bold=True), tokens.text)
        return
    taken = write(painter, start, model.title, text_font(bold=True), tokens.text, wide - 2 * MARGIN) + 10
    room = wide - taken - 2 * MARGIN
    if room > 0:
        write(painter, start + QPointF(taken, 0), model.config.summary, text_font(), tokens.text_2, room)


def _paint_map(
    painter: QPainter,
    corner: QPointF,
    picture: MapPicture,
    ratio: float,
    tokens: Tokens,
    *,
    cursor: bool = True,
) -> None:
    """Draw the map in a hairline frame: on paper its background is that of the page."""
    painter.save()
    painter.translate(corner)
    picture.paint(painter, ratio, tokens, text_font(), cursor=cursor)
    painter.restore()
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(corner.x() + 0.5, corner.y() + 0.5, picture.view.width - 1, picture.view.height - 1))


def _foot_height(legend: FigureLegend, lines: list[str], width: float) -> float:
    """Height of legend and caption, with the margins."""
    tall = legend.height(width)
    return _GAP + (tall + 4 if tall else 0) + len(lines) * LINE + 4


def _paint_foot(
    painter: QPainter, corner: QPointF, legend: FigureLegend, lines: list[str], width: float, tokens: Tokens
) -> None:
    at, tall = corner + QPointF(0, _GAP - 2), legend.height(width)
    legend.paint(painter, at, width, tokens)
    write_caption(painter, at + QPointF(0, tall + 4 if tall else 0), lines, width, tokens)


def _lines(parts: tuple[str, ...]) -> list[str]:
    """Join the parts to lines, as many per line as fit."""
    metrics = QFontMetricsF(text_font())
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}  {part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= PICTURE:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
