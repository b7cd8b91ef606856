"""Writes each class's name on the map, where the class is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform

#: Classes that are named at most, the largest ones; more would hide the points.
MOST = 40
#: Points of a class that its median is taken of, at most.
_SAMPLE = 1_000
#: A longer name is cut off, in px.
_WIDEST = 110.0
#: How far a name may stand from its class's median where another is in its way, in lines of text.
_FARTHEST = 3
_HALO = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Places of the points of each named class, for codes of the same rows."""

    rows: np.ndarray = field(repr=False)
    labels: np.ndarray = field(repr=False)
    places: dict[int, np.ndarray] = field(repr=False)


class ClassNamesOverlay(Overlay):
    """Names at the classes' medians, moved apart where they collide; what has no room is left out.

    While points are coloured by class, of classes that are not greyed out. Large classes come first.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._groups: _Groups | None = None
        self._medians: dict[int, tuple[float, float]] | None = None
        self._outlines: dict[tuple[str, str], QPainterPath] = {}
        tools.overlays.changed.connect(self.refresh)
        pane.codes_changed.connect(self._moved)
        explorer.data_changed.connect(self._moved)
        explorer.colour_changed.connect(self.refresh)

    def _moved(self) -> None:
        self._medians = None
        self.refresh()

    @property
    def active(self) -> bool:
        data = self.explorer.data
        return (
            self.tools.overlays.on("class-names")
            and self.explorer.colour_by == "class"
            and data is not None
            and data.labels is not None
            and self.pane.codes is not None
        )

    def medians(self) -> dict[int, tuple[float, float]]:
        """Class -> median of its points in plane coordinates, the largest classes first."""
        if self._medians is None:
            self._medians = self._found_medians()
        return self._medians

    def _found_medians(self) -> dict[int, tuple[float, float]]:
        codes, data = self.pane.codes, self.explorer.data
        if codes is None or data is None or data.labels is None or not len(codes.rows):
            return {}
        if int(codes.rows.max()) >= data.count:
            return {}  # between two messages the codes may be of other data
        groups = self._groups
        if groups is None or groups.labels is not data.labels or not np.array_equal(groups.rows, codes.rows):
            groups = self._groups = _grouped(codes.rows, data.labels)
        found = {}
        for label, places in groups.places.items():
            points = codes.points[places]
            points = points[np.isfinite(points).all(axis=1)]
            if len(points):
                x, y = np.median(points, axis=0).tolist()
                found[label] = (x, y)
        return found

    def placed(self, view: ViewTransform, font: QFont) -> list[tuple[str, QPointF]]:
        """Each name that has room, and the middle of it in px."""
        data = self.explorer.data
        if data is None:
            return []
        metrics = QFontMetricsF(font)
        line = metrics.height()
        area = QRectF(0, 0, view.width, view.height)
        taken: list[QRectF] = []
        found = []
        for label, median in self.medians().items():
            if label in self.explorer.greyed:
                continue
            name = metrics.elidedText(data.label_names[label], Qt.TextElideMode.ElideRight, _WIDEST)
            x, y = view.to_pixels(*median)
            if not area.contains(QPointF(x, y)):
                continue
            wide = metrics.horizontalAdvance(name)
            for dx, dy in _shifts(wide, line):
                rect = QRectF(x + dx - wide / 2, y + dy - line / 2, wide, line).adjusted(-2, 1, 2, -1)
                if area.contains(rect) and not any(rect.intersects(other) for other in taken):
                    taken.append(rect)
                    found.append((name, QPointF(x + dx, y + dy)))
                    break
        return found

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        font = QFont(painter.font())
        font.setPixelSize(theme().text_px + 1)
        font.setWeight(QFont.Weight.Bold)
        halo = QColor(tokens.map)
        halo.setAlphaF(0.85)
        pen = QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        if not isinstance(painter.device(), QImage):
            self._write(painter, view, font, tokens)
            return
        for name, middle in self.placed(view, font):
            outline = self._outline(name, font).translated(middle)
            painter.strokePath(outline, pen)
            painter.fillPath(outline, QColor(tokens.text))

    def _write(self, painter: QPainter, view: ViewTransform, font: QFont, tokens: Tokens) -> None:
        """For an SVG: as letters, on plates, since the outlines of another font would be other ones."""
        metrics = QFontMetricsF(font)
        plate = QColor(tokens.map)
        plate.setAlphaF(0.72)
        painter.setFont(font)
        for name, middle in self.placed(view, font):
            box = QRectF(0, 0, metrics.horizontalAdvance(name) + 6, metrics.height())
            box.moveCenter(middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(plate)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QColor(tokens.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _outline(self, name: str, font: QFont) -> QPainterPath:
        """The letters of `name`, centred on (0, 0)."""
        key = name, font.key()
        if key not in self._outlines:
            if len(self._outlines) > 4 * MOST:
                self._outlines.clear()
            metrics = QFontMetricsF(font)
            path = QPainterPath()
            start = QPointF(-metrics.horizontalAdvance(name) / 2, (metrics.ascent() - metrics.descent()) / 2)
            path.addText(start, font, name)
            self._outlines[key] = path
        return self._outlines[key]


def _grouped(rows: np.ndarray, labels: np.ndarray) -> _Groups:
    """The largest classes among `rows`, with at most `_SAMPLE` places of each, evenly spread."""
    shown = labels[rows]
    order = np.argsort(shown, kind="stable")
    found, starts, counts = np.unique(shown[order], return_index=True, return_counts=True)
    places = {}
    for which in np.argsort(-counts, kind="stable").tolist():
        if found[which] < 0 or len(places) >= MOST:
            continue
        start, count = int(starts[which]), int(counts[which])
        chosen = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.intp)
        places[int(found[which])] = order[start + chosen]
    return _Groups(rows, labels, places)


def _shifts(wide: float, line: float) -> list[tuple[float, float]]:
    """Where a name may stand: at its place, then farther and farther away."""
    found = [(0.0, 0.0)]
    for step in range(1, _FARTHEST + 1):
        up, across = 0.8 * step * line, 0.6 * step * max(wide, line)
        found += [
            (0, -up),
            (0, up),
            (across, 0),
            (-across, 0),
            (across, -up),
            (-across, up),
            (across, up),
            (-across, -up),
        ]
    return found
