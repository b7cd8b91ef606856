"""Writes each class's name on the map at the class's median."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.words.figures import count

#: Maximum number of named classes, the largest ones; more would hide the points.
MOST = 40
#: Maximum number of points of a class for its median.
_SAMPLE = 1_000
#: Maximum width of a name in font heights; longer ones are elided in the middle.
_WIDEST = 6.5
#: Maximum distance of a name from its class's median, to avoid collisions, in lines of text.
_FARTHEST = 4
#: Distance between a name and its median from which a leader line is drawn, in lines of text.
_NEAR = 2.0
#: Maximum share of a map's area covered by names; and the shorter side in px of maps with small names.
_MOST_COVERED, _SMALL = 0.15, 260.0
_HALO = 3.5


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Indices of the points of each named class, for codes of the same rows."""

    rows: np.ndarray = field(repr=False)
    labels: np.ndarray = field(repr=False)
    places: dict[int, np.ndarray] = field(repr=False)
    #: Number of classes, named or not.
    count: int = 0

    def medians(self, points: np.ndarray) -> dict[int, tuple[float, float]]:
        """Class -> median of its points in each axis; non-finite points (n, 2) are ignored."""
        found: dict[int, np.ndarray] = {}
        # All classes of one size at once: most have the maximum number of sampled points.
        for size in {len(places) for places in self.places.values()}:
            labels = [label for label, places in self.places.items() if len(places) == size]
            columns = np.ascontiguousarray(
                points[np.stack([self.places[label] for label in labels])].swapaxes(1, 2)
            )
            if np.isfinite(columns).all():
                found.update(zip(labels, _medians(columns), strict=True))
                continue
            for label, pair in zip(labels, columns, strict=True):
                pair = pair[:, np.isfinite(pair).all(axis=0)]
                if pair.size:
                    found[label] = _medians(pair[None])[0]
        return {label: (float(found[label][0]), float(found[label][1])) for label in self.places if label in found}


@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    """A name as drawn, and its width in px."""

    text: str
    wide: float


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A name, its centre in px, and the leader line from its median if it is not beside that."""

    word: _Word
    middle: QPointF
    leader: QLineF | None


class ClassNamesOverlay(Overlay):
    """Names at the classes' medians, moved apart if they collide; names without room are left out.

    Shown while points are coloured by class, for classes that are not greyed out. Large classes come first. Names
    move with animated points.
    """

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._groups: _Groups | None = None
        self._medians: dict[int, tuple[float, float]] | None = None
        #: Positions of names when the animation began, and as last painted.
        self._from: dict[int, tuple[float, float]] = {}
        self._now: dict[int, tuple[float, float]] = {}
        self._words: dict[tuple[str, str], _Word] = {}
        self._sprites: dict[tuple[str, str, bool, float], QImage] = {}
        tools.overlays.changed.connect(self.refresh)
        pane.codes_changed.connect(self._moved)
        pane.glide_changed.connect(self.refresh)
        explorer.data_changed.connect(self._moved)
        explorer.colour_changed.connect(self.refresh)

    @Slot()
    def _moved(self) -> None:
        self._medians, self._from = None, self._now
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

    def places(self) -> dict[int, tuple[float, float]]:
        """Class -> present position of its name in plane coordinates: at its median, or on the way to it."""
        there, share = self.medians(), self.pane.glide
        if share >= 1:
            return there
        here = self._from
        return {
            label: (x + (here[label][0] - x) * (1 - share), y + (here[label][1] - y) * (1 - share))
            if label in here
            else (x, y)
            for label, (x, y) in there.items()
        }

    def _found_medians(self) -> dict[int, tuple[float, float]]:
        codes, data = self.pane.codes, self.explorer.data
        if codes is None or data is None or data.labels is None or not len(codes.rows):
            return {}
        if int(codes.rows.max()) >= data.count:
            return {}  # between two messages the codes may belong to other data
        groups = self._groups
        if groups is None or groups.labels is not data.labels or not np.array_equal(groups.rows, codes.rows):
            groups = self._groups = _grouped(codes.rows, data.labels)
        return groups.medians(codes.points)

    def placed(self, view: ViewTransform, font: QFont) -> list[tuple[_Word, QPointF]]:
        """Each name that has room, and its centre in px."""
        return [(one.word, one.middle) for one in self._placed(view, font)]

    def _placed(self, view: ViewTransform, font: QFont) -> list[_Placed]:
        data = self.explorer.data
        if data is None:
            return []
        line = QFontMetricsF(font).height()
        key = font.key()
        area = QRectF(0, 0, view.width, view.height)
        taken = list(self.clear)
        found: list[_Placed] = []
        # If classes overlap, the names of the largest are enough: more would hide the points.
        room = _MOST_COVERED * view.width * view.height
        self._now = self.places()
        for label, place in self._now.items():
            if label in self.explorer.greyed:
                continue
            x, y = view.to_pixels(*place)
            if not area.contains(QPointF(x, y)):
                continue
            word = self._word(data.label_names[label], font, key)
            wide = word.wide
            if wide * line > room:
                continue
            for dx, dy in _shifts(wide, line) if wide else ():
                rect = QRectF(x + dx - wide / 2, y + dy - line / 2, wide, line).adjusted(-2, 1, 2, -1)
                if area.contains(rect) and not any(rect.intersects(other) for other in taken):
                    taken.append(rect)
                    room -= wide * line
                    found.append(_Placed(word, QPointF(x + dx, y + dy), _leader(QPointF(x, y), rect, line)))
                    break
        return found

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        font = QFont(painter.font())
        small = min(view.width, view.height) < _SMALL
        font.setPixelSize(theme().small_px if small else theme().text_px + 1)
        font.setWeight(QFont.Weight.Bold)
        placed = self._placed(view, font)
        _paint_leaders(painter, [one.leader for one in placed if one.leader is not None], tokens)
        device = painter.device()
        if isinstance(device, QImage) and painter.transform().isIdentity():
            ratio = device.devicePixelRatio()
            for one in placed:
                sprite = self._sprite(one.word, font, tokens, ratio)
                corner = one.middle - QPointF(sprite.width(), sprite.height()) / (2 * ratio)
                place = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
                painter.drawImage(place, sprite)
            return
        if not isinstance(device, QImage):
            _write(painter, placed, font, tokens)
            return
        halo = QColor(tokens.map)
        halo.setAlphaF(0.85)
        pen = QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        for one in placed:
            outline = _letters(one.word, font).translated(one.middle)
            painter.strokePath(outline, pen)
            painter.fillPath(outline, QColor(tokens.text))

    def _sprite(self, word: _Word, font: QFont, tokens: Tokens, ratio: float) -> QImage:
        """The name with its halo as a picture: cached, as it is copied in every frame of an animation."""
        key = word.text, font.key(), tokens.dark, ratio
        if key not in self._sprites:
            if len(self._sprites) > 4 * MOST:
                self._sprites.clear()
            self._sprites[key] = _picture(word, font, tokens, ratio)
        return self._sprites[key]

    def terms(self) -> tuple[str, ...]:
        return ("classes_named",)

    def caption(self, view: ViewTransform) -> Caption | None:
        """A caption if not all classes are named."""
        self.medians()
        groups = self._groups
        if groups is None or groups.count <= len(groups.places):
            return None
        named, whole = count(len(groups.places)), count(groups.count)
        return Caption(
            self.tr("names of the {named} largest of {count} classes").format(named=named, count=whole),
            brief=self.tr("{named} of {count} classes named").format(named=named, count=whole),
        )

    def _word(self, name: str, font: QFont, key: str) -> _Word:
        known = self._words.get((name, key))
        if known is None:
            if len(self._words) > 4 * MOST:
                self._words.clear()
            known = self._words[name, key] = _drawn(name, font)
        return known


def _write(painter: QPainter, placed: list[_Placed], font: QFont, tokens: Tokens) -> None:
    """Write names for an SVG as text on plates, since outlines would depend on the font."""
    metrics = QFontMetricsF(font)
    plate = QColor(tokens.map)
    plate.setAlphaF(0.72)
    painter.setFont(font)
    for one in placed:
        box = QRectF(0, 0, one.word.wide + 6, metrics.height())
        box.moveCenter(one.middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.word.text)


def _leader(median: QPointF, name: QRectF, line: float) -> QLineF | None:
    """The line from a median to the nearest point on the edge of its name; None if the name is beside it."""
    end = QPointF(min(max(median.x(), name.left()), name.right()), min(max(median.y(), name.top()), name.bottom()))
    way = QLineF(median, end)
    return way if way.length() > _NEAR * line else None


def _paint_leaders(painter: QPainter, leaders: list[QLineF], tokens: Tokens) -> None:
    """Draw thin lines with a dot at the median, on a halo in the map's colour."""
    for colour, width, dot in ((tokens.map, 3.0, 3.5), (tokens.text, 1.0, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLines(leaders)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        for leader in leaders:
            painter.drawEllipse(leader.p1(), dot, dot)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _drawn(name: str, font: QFont) -> _Word:
    """`name` on one line; a long one without its middle, as names often differ at their ends."""
    metrics = QFontMetricsF(font)
    line = " ".join(name.split())
    text = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, _WIDEST * metrics.height())
    return _Word(text, metrics.horizontalAdvance(text))


def _letters(word: _Word, font: QFont) -> QPainterPath:
    """The letters' outlines, centred on (0, 0)."""
    path = QPainterPath()
    path.addText(_start(word, QFontMetricsF(font)), font, word.text)
    return path


def _start(word: _Word, metrics: QFontMetricsF) -> QPointF:
    """The start of the baseline for a name centred on (0, 0)."""
    return QPointF(-word.wide / 2, (metrics.ascent() - metrics.descent()) / 2)


def _picture(word: _Word, font: QFont, tokens: Tokens, ratio: float) -> QImage:
    """The letters over a halo in the colour of the map, which is made of the same letters, moved around."""
    metrics = QFontMetricsF(font)
    wide, tall = math.ceil((word.wide + 2 * _HALO) * ratio), math.ceil((metrics.height() + _HALO) * ratio)
    image = QImage(wide, tall, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    start = QPointF(wide / 2 / ratio, tall / 2 / ratio) + _start(word, metrics)
    with QPainter(image) as painter:
        painter.setFont(font)
        painter.setPen(QColor(tokens.map))
        for turn in range(8):
            angle = math.tau * turn / 8
            painter.drawText(start + QPointF(math.cos(angle), math.sin(angle)) * (_HALO / 2), word.text)
        painter.setPen(QColor(tokens.text))
        painter.drawText(start, word.text)
    return image


def _medians(columns: np.ndarray) -> np.ndarray:
    """Medians (k, 2), float64, of finite (k, 2, n): as `numpy.median`, without its copies and checks."""
    size = columns.shape[2]
    first, last = (size - 1) // 2, size // 2
    parted = np.partition(columns, sorted({first, last}), axis=2)
    middle: np.ndarray = (parted[:, :, first].astype(np.float64) + parted[:, :, last]) / 2
    return middle


def _grouped(rows: np.ndarray, labels: np.ndarray) -> _Groups:
    """The largest classes among `rows`, with at most `_SAMPLE` places of each, evenly spread."""
    shown = labels[rows]
    counts = np.bincount(shown[shown >= 0])
    classes = int(np.count_nonzero(counts))
    chosen = _largest(counts, min(MOST, classes))
    # 16 bits, by which sorting is a matter of counting.
    group = np.full(len(counts) + 1, -1, np.int16)  # the last is that of unknown classes, -1
    group[chosen] = np.arange(len(chosen))
    of = group[np.where(shown >= 0, shown, -1)]
    named = np.flatnonzero(of >= 0)
    order = named[np.argsort(of[named], kind="stable")]
    ends = np.cumsum(counts[chosen])
    places = {}
    for label, end, size in zip(chosen.tolist(), ends.tolist(), counts[chosen].tolist(), strict=True):
        some = np.linspace(0, size - 1, min(size, _SAMPLE)).astype(np.intp)
        places[label] = order[end - size + some]
    return _Groups(rows, labels, places, classes)


def _largest(counts: np.ndarray, number: int) -> np.ndarray:
    """The `number` classes with the largest counts, largest first; ties by index."""
    if not number:
        return np.empty(0, np.intp)
    least = np.partition(counts, len(counts) - number)[len(counts) - number]
    candidates = np.flatnonzero(counts >= least)
    return candidates[np.argsort(-counts[candidates], kind="stable")][:number]


def _shifts(wide: float, line: float) -> list[tuple[float, float]]:
    """Candidate offsets of a name, by increasing distance."""
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
