"""The line around failing regions on the heat map, above the points."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from latent_explorer.appearance.theme import Tokens, tabular, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.word_plate import paint_word, word_box
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState

#: Maximum number of texts on the lines, and px between two of them.
_MOST_WORDS, _APART = 3, 140.0
#: Px from the middle of a word to the map's edges above and below, where captions are, and at the sides from a
#: word's end.
_ABOVE, _BELOW, _SIDES = 84.0, 48.0, 8.0
#: Minimum longer side in px of a line with a text.
_WORDED = 70.0
#: Distance in px from a line at which the failing side is determined.
_BESIDE = 12.0


class OutlineOverlay(Overlay):
    """Part of the heat map, shown only with it."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._path: tuple[HeatPicture, QPainterPath] | None = None
        tools[HeatState].picture_changed.connect(self.refresh_of_pane)
        tools.overlays.changed.connect(self._overlay_changed)

    @property
    def picture(self) -> HeatPicture | None:
        """The heat map whose lines are shown."""
        return self.tools[HeatState].picture(self.pane.index)

    @property
    def active(self) -> bool:
        picture = self.picture
        return (
            self.tools.overlays.chosen("heat") != "none"
            and self.pane.codes is not None
            and picture is not None
            and bool(picture.outline)
        )

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "heat":
            self.refresh()

    def made(self) -> Iterator[Made]:
        picture = self.picture
        yield MISSING if picture is None else (picture.number, picture.finished)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        picture = self.picture
        if picture is None:
            return
        if self._path is None or self._path[0] is not picture:
            self._path = picture, _path(picture.outline)
        x, y = view.to_pixels(0, 0)
        line = QTransform(view.scale, 0, 0, -view.scale, x, y).map(self._path[1])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(line, QPen(QColor(tokens.map), 4.0))
        pen = QPen(QColor(tokens.text), 1.6)
        pen.setDashPattern([5, 2])
        painter.strokePath(line, pen)
        font = tabular(painter.font())
        font.setPixelSize(theme().small_px)
        painter.setFont(font)
        word = self.word(picture)
        for place in word_places(picture.outline, view, painter.fontMetrics().horizontalAdvance(word)):
            _paint_word(painter, place, word, tokens, above=fails_above(picture, view, place))

    def word(self, picture: HeatPicture) -> str:
        """The text on the line."""
        said = {
            "density": self.tr("no data: ≤ {level} of images"),
            "distance": self.tr("unlike real ones: ≤ {level} of images"),
            "trip": self.tr("encoded elsewhere: ≤ {level} of images"),
        }[picture.kind]
        return said.format(level=f"{100 * picture.fails:g} %")


def word_places(lines: tuple[np.ndarray, ...], view: ViewTransform, wide: float) -> list[QPointF]:
    """Px of the middles of at most `_MOST_WORDS` words `wide` px wide: at the tops of lines in the view, apart."""
    sides = wide / 2 + _SIDES
    places: list[QPointF] = []
    for line in sorted(lines, key=len, reverse=True):
        pixels = (line - (view.x, view.y)) * (view.scale, -view.scale) + (view.width / 2, view.height / 2)
        if max(np.ptp(pixels, axis=0)) < _WORDED:
            continue
        x, y = pixels.T
        across, up = (x > sides) & (x < view.width - sides), (y > _ABOVE) & (y < view.height - _BELOW)
        inside = pixels[across & up]
        for top in inside[np.argsort(inside[:, 1])][:1].tolist():
            place = QPointF(*top)
            if all((place - other).manhattanLength() > max(_APART, wide + _SIDES) for other in places):
                places.append(place)
        if len(places) >= _MOST_WORDS:
            break
    return places


def fails_above(picture: HeatPicture, view: ViewTransform, place: QPointF) -> bool:
    """Whether the failing side is above this point of a line; True if unknown."""
    rows, columns = picture.values.shape
    left, bottom, right, top = picture.rect
    x, y = view.to_world(place.x(), place.y() + _BESIDE)
    column, row = int((x - left) / (right - left) * columns), int((y - bottom) / (top - bottom) * rows)
    below = picture.values[row, column] if 0 <= row < rows and 0 <= column < columns else math.nan
    return not below <= math.log10(picture.fails)


def _path(lines: tuple[np.ndarray, ...]) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
    return path


def _paint_word(painter: QPainter, place: QPointF, text: str, tokens: Tokens, *, above: bool) -> None:
    """Draw the text on the failing side of the line."""
    away = painter.fontMetrics().height() / 2 + 3
    box = word_box(painter, place + QPointF(0, -away if above else away), text)
    paint_word(painter, box, text, tokens, tokens.text)
