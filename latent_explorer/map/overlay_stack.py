"""All overlays of one map: cached as two pictures, under and over the points; routes drags and keys to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QKeyEvent, QLinearGradient, QPainter

from latent_explorer.appearance.theme import Tokens, tabular, theme
from latent_explorer.core.overlay import Caption, Overlay, paint_overlays
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.word_plate import plate_colour

_EDGE = 6.0
_RAMP_WIDTH, _RAMP_HEIGHT = 96.0, 8.0
#: Room before and after the words on a chip.
_CHIP_SIDE = 11.0
_FLAGS = Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
#: Captions use their brief text on maps narrower or lower than this many px, and where the full text would take
#: more than this share of the map's height.
_SMALL, _MOST = 420.0, 0.1
#: The share of a small map's height beyond which captions are left out.
_MOST_OF_SMALL = 0.35


class OverlayStack(QObject):
    """Repaints the overlays when the view or one of them changes, otherwise copies the cached pictures.

    Signals:
        changed: the map must be repainted.
        under_changed: `has_under` changed.
    """

    changed = Signal()
    under_changed = Signal()

    def __init__(self, overlays: Sequence[Overlay], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.overlays = tuple(overlays)
        self._pictures: dict[bool, tuple[tuple[object, ...], QImage]] = {}
        #: Where captions were painted last, in px, each with the terms of its overlay.
        self._captions: list[tuple[QRectF, tuple[str, ...]]] = []
        self._held: Overlay | None = None
        self._had_under = False
        for overlay in self.overlays:
            overlay.changed.connect(self._overlay_changed)
        if self.overlays:
            self.overlays[0].pane.codes_changed.connect(self._codes_changed)

    def active(self) -> tuple[Overlay, ...]:
        """The overlays that have something to paint; call it once per paint, since it checks all of them."""
        return tuple(overlay for overlay in self.overlays if overlay.active)

    @staticmethod
    def opacity_over(active: Sequence[Overlay]) -> float:
        """Opacity of the points over these, reduced while an overlay must be visible through them."""
        return min((overlay.opacity_of_points for overlay in active), default=1.0)

    @property
    def has_under(self) -> bool:
        """Whether an overlay is visible under the points."""
        return any(overlay.below and overlay.active for overlay in self.overlays)

    @Slot()
    def _overlay_changed(self) -> None:
        overlay = self.sender()
        self._pictures.pop(bool(getattr(overlay, "below", False)), None)
        under = self.has_under
        if under != self._had_under:
            self._had_under = under
            self.under_changed.emit()
        self.changed.emit()

    @Slot()
    def _codes_changed(self) -> None:
        # Overlays made with other weights are hidden on a past map, and shown again on the current one.
        self._pictures.clear()

    def shown(self, active: Sequence[Overlay] | None = None) -> tuple[Overlay, ...]:
        """What of `active` is drawn: on a past map only what was made with the weights of that moment."""
        if active is None:
            active = self.active()
        # Called once per paint, not per overlay, because it checks all tools.
        past = bool(active) and active[0].tools.looks_back
        return tuple(overlay for overlay in active if not past or overlay.belongs())

    def forget(self) -> None:
        """Release the memory of the pictures, when the map is hidden."""
        self._pictures.clear()

    # ------------------------------------------------------------ painting

    def paint(
        self,
        painter: QPainter,
        view: ViewTransform,
        tokens: Tokens,
        dirty: QRect,
        shown: Sequence[Overlay],
        *,
        below: bool,
        clear: tuple[QRectF, ...] = (),
    ) -> None:
        """Copy those of `shown` under (or over) the points into `dirty`, repainting their picture if necessary.

        `clear`: rectangles in px with texts of the map, where overlays above the points do not write.
        """
        chosen = [overlay for overlay in shown if overlay.below == below]
        if not chosen:
            return
        ratio = float(painter.device().devicePixelRatio())
        key = (view, tokens.dark, ratio, clear)
        kept = self._pictures.get(below)
        if kept is None or kept[0] != key:
            kept = (key, self._draw(chosen, view, tokens, ratio, clear, kept[1] if kept else None))
            self._pictures[below] = kept
        corner = QPointF(dirty.x() * ratio, dirty.y() * ratio)
        painter.drawImage(QRectF(dirty), kept[1], QRectF(corner, dirty.size().toSizeF() * ratio))

    @staticmethod
    def _draw(
        chosen: list[Overlay],
        view: ViewTransform,
        tokens: Tokens,
        ratio: float,
        clear: tuple[QRectF, ...],
        former: QImage | None,
    ) -> QImage:
        width, height = math.ceil(view.width * ratio), math.ceil(view.height * ratio)
        image = former
        if image is None or (image.width(), image.height()) != (width, height):
            image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            paint_overlays(painter, chosen, view, tokens, clear)
        return image

    def paint_captions(
        self, painter: QPainter, view: ViewTransform, tokens: Tokens, font: QFont, top: float, left: float = 0.0
    ) -> QRectF:
        """Draw captions in the upper right corner, below `top` and right of `left` (px); gives their rectangle."""
        said = ((overlay.caption(view), overlay.terms()) for overlay in self.shown())
        captions = [(caption, terms) for caption, terms in said if caption is not None]
        signs = [(caption, terms) for caption, terms in captions if caption.sign]
        captions = [(caption, terms) for caption, terms in captions if not caption.sign]
        small = tabular(font)
        small.setPixelSize(theme().small_px)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        plate = plate_colour(tokens)
        tall = sum(_text_area(caption, left, view.width - _EDGE, metrics).height() for caption, _ in captions)
        if min(view.width, view.height) < _SMALL or tall > _MOST * view.height:
            lines = max(2, math.floor(_MOST_OF_SMALL * view.height / metrics.height()))
            captions = _shortened(captions, _room(left, view.width - _EDGE), metrics, lines)
        place = QRectF()
        self._captions = []
        for caption, terms in signs:
            box = _paint_sign(painter, caption.text, view.width - _EDGE, top, small, tokens)
            self._captions.append((box, terms))
            place, top = place.united(box), box.bottom() + 3
        for caption, terms in captions:
            box = _paint_caption(painter, caption, left, view.width - _EDGE, top, metrics, plate, tokens)
            self._captions.append((box, terms))
            place, top = place.united(box), box.bottom() + 3
        return place

    def caption_at(self, position: QPointF) -> tuple[QRectF, tuple[str, ...]] | None:
        """The rectangle (px) and the terms of the caption at `position`; None where there is none."""
        return next((one for one in self._captions if one[0].contains(position)), None)

    def terms(self) -> tuple[str, ...]:
        """Keys of the glossary's entries on what the overlays write, topmost first, each once."""
        return tuple(dict.fromkeys(key for one in reversed(self.shown()) for key in one.terms()))

    # ------------------------------------------------------------ input

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        """Whether there is something draggable at `position`."""
        return any(overlay.over(position, view) for overlay in self._draggable())

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        """Offer a press to the overlays, topmost first; True if one claims the drag."""
        self._held = next((overlay for overlay in self._draggable() if overlay.press(position, view)), None)
        return self._held is not None

    def _draggable(self) -> list[Overlay]:
        """Overlays that may claim a drag, topmost first: a lasso alone while there is one."""
        shown = [overlay for overlay in reversed(self.overlays) if overlay.active]
        return [overlay for overlay in shown if overlay.takes_every_drag] or shown

    def move(self, position: QPointF, view: ViewTransform) -> None:
        """Continue the claimed drag."""
        if self._held is not None:
            self._held.move(position, view)

    def release(self, position: QPointF, view: ViewTransform) -> None:
        """End the claimed drag."""
        held, self._held = self._held, None
        if held is not None:
            held.release(position, view)

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        """Offer a key to all overlays, topmost first, also to inactive ones: A and B can begin a path."""
        return any(overlay.key(event, world) for overlay in reversed(self.overlays))

    def offers(self, position: QPointF, view: ViewTransform) -> list[tuple[str, Callable[[], None]]]:
        """The overlays' entries for the map's menu at `position`: (text, callback)."""
        return [offer for overlay in reversed(self.overlays) for offer in overlay.offers(position, view)]


_Said = tuple[Caption, tuple[str, ...]]


def _shortened(captions: list[_Said], room: float, metrics: QFontMetricsF, most: int) -> list[_Said]:
    """Brief texts in rows of `room` px, except those with a bar; "…" replaces what exceeds `most` lines.

    A caption is given, and returned, with the terms of the glossary that it is about.
    """
    barred: list[_Said] = []
    rows: list[tuple[str, tuple[str, ...]]] = []
    for caption, terms in captions:
        text = caption.brief or caption.text
        joined = f"{rows[-1][0]} · {text}" if rows else text
        if caption.ramp:
            barred.append((replace(caption, text=text), terms))
        elif rows and metrics.horizontalAdvance(joined) <= room:
            rows[-1] = joined, (*rows[-1][1], *terms)
        else:
            rows.append((text, terms))
    left = max(1, most - 2 * len(barred))
    if len(rows) > left:
        rows[left:] = []
        rows[-1] = f"{rows[-1][0]} …", rows[-1][1]
    return barred + [(Caption(text), terms) for text, terms in rows]


def _room(left: float, right: float) -> float:
    """Maximum width of captions between `left` and `right`, in px."""
    return max(120.0, min(480.0, right - _EDGE - max(60.0, left)))


def _text_area(caption: Caption, left: float, right: float, metrics: QFontMetricsF) -> QRectF:
    """The rectangle of a caption's text with line breaks."""
    return metrics.boundingRect(QRectF(0, 0, _room(left, right), 1000), _FLAGS.value, caption.text)


def _paint_caption(
    painter: QPainter,
    caption: Caption,
    left: float,
    right: float,
    top: float,
    metrics: QFontMetricsF,
    plate: QColor,
    tokens: Tokens,
) -> QRectF:
    """Draw one caption, right-aligned between `left` and `right`, with line breaks; gives its rectangle."""
    room, bounds = _room(left, right), _text_area(caption, left, right, metrics)
    wide, tall = bounds.width() + 2, bounds.height()
    ramp_line = metrics.height() + 2 if caption.ramp else 0.0
    ends = metrics.horizontalAdvance(caption.low) + metrics.horizontalAdvance(caption.high)
    ramp_wide = ends + _RAMP_WIDTH + 12 if caption.ramp else 0.0
    across = max(wide, ramp_wide)
    box = QRectF(right - across - 4, top, across + 8, tall + ramp_line)
    painter.fillRect(box, plate)
    painter.setPen(QColor(tokens.text_2))
    painter.drawText(QRectF(right - room, top, room, tall), _FLAGS.value, caption.text)
    if caption.ramp:
        _paint_ramp(painter, caption, QRectF(right - ramp_wide, top + tall, ramp_wide, ramp_line), metrics)
    return box


def _paint_sign(painter: QPainter, text: str, right: float, top: float, font: QFont, tokens: Tokens) -> QRectF:
    """Draw a chip that ends at `right`; gives its rectangle. The painter has `font` again afterwards."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(bold)
    wide, tall = metrics.horizontalAdvance(text) + 2 * _CHIP_SIDE, metrics.height() + 6
    chip = QRectF(right - wide, top, wide, tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.text))
    painter.drawRoundedRect(chip, tall / 2, tall / 2)
    painter.setFont(bold)
    painter.setPen(QColor(tokens.map))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(font)
    return chip


def _paint_ramp(painter: QPainter, caption: Caption, area: QRectF, metrics: QFontMetricsF) -> None:
    """Draw the colour bar with its two words: low [colours] high."""
    low = metrics.horizontalAdvance(caption.low)
    baseline = area.top() + metrics.ascent()
    painter.drawText(QPointF(area.left(), baseline), caption.low)
    down = (metrics.height() - _RAMP_HEIGHT) / 2
    bar = QRectF(area.left() + low + 6, area.top() + down, _RAMP_WIDTH, _RAMP_HEIGHT)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for place, colour in enumerate(caption.ramp):
        gradient.setColorAt(place / max(1, len(caption.ramp) - 1), colour)
    painter.fillRect(bar, gradient)
    painter.drawText(QPointF(bar.right() + 6, baseline), caption.high)
