"""The parts of the drawing with their positions: pictures, layers, vectors, texts and lines."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from latent_explorer.tools.drawing.words import Content

#: Height of a line of text in px.
LINE = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Something drawn in a row.

    Attributes:
        key: its name in the row.
        kind: "picture", "layer" (activations), "vector", "fold" (layers without room) or "text" (a figure).
        rect: position and size.
        caption: text under it, or the name of a figure. symbol, figure: of a vector.
        tip: tool tip.
        picture: uint8 (H, W, C) of a picture; uint8 (h, w), brightness, of a layer.
        values: of a vector, float32 (d,). reach: value of a full bar. signed: bars go up and down.
        code: the code (d,) that a click puts under the cursor; None for none.
    """

    key: str
    kind: str
    rect: QRectF
    caption: str = ""
    symbol: str = ""
    figure: str = ""
    tip: str = ""
    picture: np.ndarray | None = field(default=None, repr=False)
    values: np.ndarray | None = field(default=None, repr=False)
    reach: float = 1.0
    signed: bool = True
    code: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Text. align: "left", "centre" or "right" in one line of `rect`, or "wrapped" in the middle of it."""

    text: str
    rect: QRectF
    align: str = "left"
    bold: bool = False


@dataclass(slots=True, eq=False)
class Row:
    """One model's row, complete once it has been laid out.

    Attributes:
        content: its texts.
        rect: the complete row.
        parts: in the order of computation.
        words: texts beside them.
        arrows: lines with a head at the end. lines: without one.
        bodies: outlines of encoder and decoder.
        signs: (place, sign) in circles.
    """

    content: Content
    rect: QRectF
    parts: list[Part] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    arrows: list[tuple[QPointF, ...]] = field(default_factory=list)
    lines: list[tuple[QPointF, ...]] = field(default_factory=list)
    bodies: list[tuple[QPointF, ...]] = field(default_factory=list)
    signs: list[tuple[QPointF, str]] = field(default_factory=list)

    def name_model(self, until: float) -> None:
        """Add the model's name in the upper left corner, up to x = `until`."""
        place = QRectF(10, self.rect.top(), max(20.0, until - 10), LINE)
        self.words.append(Word(self.content.name, place, bold=True))

    def add_figures(self, left: float, top: float, wide: float) -> None:
        """Add names and values of figures from here on, one per line as far as there is room."""
        wide = min(wide, self.rect.right() - left)
        for number, line in enumerate(self.content.lines):
            rect = QRectF(left, top + number * LINE, wide, LINE)
            if rect.bottom() > self.rect.bottom() + 1:
                break
            tip = f"{line.label}: {line.value}\n{line.tip}".strip()
            self.parts.append(Part(f"line{number}", "text", rect, line.label, figure=line.value, tip=tip))


def picture_width(picture: np.ndarray, tall: float) -> float:
    """Width of a picture `tall` px high; a very wide one is lower instead."""
    height, width = picture.shape[:2]
    return min(2 * tall, tall * width / height)


def picture_rect(picture: np.ndarray, room: QRectF) -> QRectF:
    """The rectangle of a picture, centred in `room`."""
    height, width = picture.shape[:2]
    scale = min(room.width() / width, room.height() / height)
    size = QRectF(0, 0, scale * width, scale * height)
    size.moveCenter(room.center())
    return size
