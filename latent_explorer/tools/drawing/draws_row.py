"""One model's row with draws from an image's posterior."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from latent_explorer.tools.drawing.parts import LINE, Part, Row, Word, picture_rect, picture_width
from latent_explorer.tools.drawing.words import Content

translate = QCoreApplication.translate

_ARROW, _GAP, _APART = 34.0, 4.0, 28.0
_LEAST_FIGURES, _MOST_FIGURES = 168.0, 240.0
#: Tiles get another line if that enlarges them by this factor.
_WORTH = 1.2


def draws_row(content: Content, rect: QRectF, top: float, tall: float) -> Row:
    """Original, decoded mean and draws; the drawing is `tall` px high and begins at `top`."""
    draws, row = content.draws, Row(content, rect)
    assert draws is not None
    wide, x = picture_width(draws.picture, tall), 0.0
    if draws.image is not None:
        tip = translate("Drawing", "The image whose posterior q(z|x) is drawn from.")
        room = QRectF(x, top, wide, tall)
        row.parts.append(Part("image", "picture", picture_rect(draws.image, room), tip=tip, picture=draws.image))
        row.arrows.append((QPointF(wide + 5, top + tall / 2), QPointF(wide + _ARROW - 5, top + tall / 2)))
        x += wide + _ARROW
    point = not len(draws.codes)
    name = translate("Drawing", "z decoded") if point else translate("Drawing", "μ decoded")
    room = QRectF(x, top, wide, tall)
    tip = translate("Drawing", "The code itself decoded, without noise.")
    row.parts.append(
        Part("mean", "picture", picture_rect(draws.picture, room), tip=tip, picture=draws.picture, code=draws.mean)
    )
    row.words.append(Word(name, QRectF(room.center().x() - 44, rect.top(), 88, LINE), "centre"))
    row.name_model(room.left() - 8 if draws.image is not None else 60)
    x += wide + _APART
    figures = min(_MOST_FIGURES, max(_LEAST_FIGURES, 0.17 * rect.width()))
    beside = max(x + 60, rect.right() - figures)
    room = QRectF(x, top, beside - _APART - x, tall)
    if point:
        row.words.append(Word(content.no_draws, room, "wrapped"))
    else:
        row.parts += _tiles(draws.pictures, draws.codes, room)
        label = translate("Drawing", "{count} draws z = μ + σ · ε, decoded").format(count=len(draws.codes))
        row.words.append(Word(label, QRectF(x, rect.top(), room.width(), LINE)))
    row.add_figures(beside, top, figures)
    return row


def _tiles(pictures: np.ndarray, codes: np.ndarray, room: QRectF) -> list[Part]:
    """Tiles in one line, or in several if they would be too small."""
    count, ratio = len(pictures), pictures.shape[2] / pictures.shape[1]
    side, columns = 0.0, count
    for lines in (1, 2, 3):
        each = math.ceil(count / lines)
        high = (room.height() - _GAP * (lines - 1)) / lines
        broad = (room.width() - _GAP * (each - 1)) / each / ratio
        if min(high, broad) > _WORTH * side:
            side, columns = min(high, broad), each
    text = translate("Drawing", "Draw {number}: z = μ + σ · ε, decoded. A click puts it under the cursor.")
    parts = []
    for place in range(count):
        line, column = divmod(place, columns)
        left, top = room.left() + column * (side * ratio + _GAP), room.top() + line * (side + _GAP)
        rect = QRectF(left, top, side * ratio, side)
        tip = text.format(number=place + 1)
        parts.append(Part(f"draw{place}", "picture", rect, tip=tip, picture=pictures[place], code=codes[place]))
    return parts
