"""Where each part of the drawing lies: a row a model, with the same parts of two models under each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from latent_explorer.export.figure import text_font
from latent_explorer.tools.drawing.state import Activation
from latent_explorer.tools.drawing.words import (
    Content,
    Line,
    folded_tip,
    layer_tip,
    picture_shape,
    shape_text,
    vector_figure,
    vector_tip,
)

translate = QCoreApplication.translate

LINE = 16.0
#: Between two rows, and between what is drawn and the words around it.
_APART, _ROOM = 8.0, 3.0
#: Height of what is drawn in a row: at least, and at most.
_LOW, _HIGH = 34.0, 150.0
_ARROW, _MOST_ARROW = 18.0, 40.0
#: Between hidden layers, and around them in their trapezoid.
_STEP, _PAD = 10.0, 8.0
_UNITS = 36.0
#: How much lower the encoder's narrow end is.
_TAPER = 0.34
#: Width of a vector's block, and of the sign between two.
_BLOCK, _MOST_BLOCK, _SIGN = 84.0, 150.0, 18.0
_JOIN = 34.0
_LINES, _MOST_LINES = 150.0, 230.0
#: Pixels that a layer's maps take together, along either side.
_TILED = 64
_SMALLEST_DRAW = 34.0
#: The least size that the drawing can be read at.
LEAST_WIDTH, LEAST_HEIGHT = 560, 150


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Something drawn in a row.

    Attributes:
        key: its name in the row.
        kind: "picture", "layer" (activations), "vector", "fold" (layers without room) or "text".
        rect: where.
        caption: under it. symbol, figure: of a vector.
        tip: what it is.
        picture: uint8 (H, W, C) of a picture; uint8 (h, w), brightness, of a layer.
        values: of a vector, float32 (d,). reach: where a bar of it is full. signed: bars go up and down.
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
    """A line of text: from `rect`'s left, centred in it, or up to its right. weak: in the second tone."""

    text: str
    rect: QRectF
    align: str = "left"
    weak: bool = True
    bold: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One model's row.

    Attributes:
        content: what it says.
        rect: all of it.
        parts: in the order of computation.
        words: texts beside them.
        arrows: lines with a head at the end. lines: without one.
        bodies: outlines of encoder and decoder.
        signs: (place, sign) in circles.
    """

    content: Content
    rect: QRectF
    parts: tuple[Part, ...] = ()
    words: tuple[Word, ...] = ()
    arrows: tuple[tuple[QPointF, ...], ...] = ()
    lines: tuple[tuple[QPointF, ...], ...] = ()
    bodies: tuple[tuple[QPointF, ...], ...] = ()
    signs: tuple[tuple[QPointF, str], ...] = ()


@dataclass(slots=True)
class _Columns:
    """Widths that all rows share."""

    picture: float = 0.0
    arrow: float = _ARROW
    encoder: float = 0.0
    block: float = _BLOCK
    cloud: bool = False
    decoder: float = 0.0
    lines: float = _LINES
    kept: int = 99

    @property
    def latent(self) -> float:
        return 3 * self.block + _SIGN + _JOIN if self.cloud else self.block

    @property
    def whole(self) -> float:
        return 2 * self.picture + 4 * self.arrow + self.encoder + self.latent + self.decoder + _PAD + self.lines


def lay_out(contents: Sequence[Content], width: float, height: float) -> list[Row]:
    """The rows of these models in `width` by `height` px, one under the other from (0, 0) on."""
    if not contents:
        return []
    each = (height - (len(contents) - 1) * _APART) / len(contents)
    inner = min(_HIGH, max(_LOW, each - 2 * LINE - 2 * _ROOM))
    flows = [one for one in contents if one.flow is not None]
    columns = _columns(flows, inner, width)
    rows, top = [], 0.0
    for content in contents:
        rect = QRectF(0, top, width, each)
        if content.flow is not None:
            rows.append(_flow_row(content, rect, inner, columns))
        elif content.draws is not None:
            rows.append(_draws_row(content, rect, inner))
        else:
            rows.append(_empty_row(content, rect, inner))
        top += each + _APART
    return rows


# ------------------------------------------------------------ columns


def _columns(contents: Sequence[Content], inner: float, width: float) -> _Columns:
    """What fits: hidden layers are folded where they do not, then blocks and figures narrow, then spare room grows
    them again."""
    found = _Columns()
    flows = [one.flow for one in contents if one.flow is not None]
    if not flows:
        return found
    found.picture = max(_picture_width(flow.picture, inner) for flow in flows)
    found.cloud = any(flow.mean is not None for flow in flows)
    most = max(len(layers) for flow in flows for layers in (flow.encoder, flow.decoder))
    for kept in range(most, 0, -1):
        found.kept = kept
        found.encoder = max(_span(flow.encoder, kept, inner) for flow in flows)
        found.decoder = max(_span(flow.decoder, kept, inner) for flow in flows)
        if found.whole <= width:
            break
    for name, least in (("block", 56.0), ("lines", 116.0), ("arrow", 10.0)):
        over = found.whole - width
        if over > 0:
            share = over / {"block": 3.0 if found.cloud else 1.0, "lines": 1.0, "arrow": 4.0}[name]
            setattr(found, name, max(least, getattr(found, name) - share))
    for name, largest in (("lines", _MOST_LINES), ("block", _MOST_BLOCK), ("arrow", _MOST_ARROW)):
        spare = max(0.0, width - found.whole)
        share = spare / {"block": 3.0 if found.cloud else 1.0, "lines": 1.0, "arrow": 4.0}[name]
        if name == "lines":
            share *= 0.4
        setattr(found, name, min(largest, getattr(found, name) + share))
    return found


def _picture_width(picture: np.ndarray, inner: float) -> float:
    height, width = picture.shape[:2]
    return min(2 * inner, inner * width / height)


def _span(layers: Sequence[Activation], kept: int, inner: float) -> float:
    """Width of a body with at most `kept` of its layers drawn."""
    shown = _folded(layers, kept)
    widths = [_layer_width(one, inner) for one in shown]
    # Room for the body's name at least.
    return max(58.0, sum(widths) + _STEP * max(0, len(widths) - 1) + 2 * _PAD)


def _folded(layers: Sequence[Activation], kept: int) -> list[Activation | tuple[Activation, ...]]:
    """The layers that are drawn, with a tuple for those between them that are not."""
    if len(layers) <= kept:
        return list(layers)
    if kept <= 1:
        return [tuple(layers)]
    first = (kept + 1) // 2 if kept > 2 else 1
    last = kept - first if kept > 2 else 1
    return [*layers[:first], tuple(layers[first : len(layers) - last]), *layers[len(layers) - last :]]


def _layer_width(layer: Activation | tuple[Activation, ...], inner: float) -> float:
    if isinstance(layer, tuple):
        return 26.0
    return _UNITS if layer.values.ndim == 1 else min(inner * (1 - _TAPER / 2), 96.0)


# ------------------------------------------------------------ rows


def _head(content: Content, rect: QRectF, until: float) -> list[Word]:
    return [Word(content.name, QRectF(10, rect.top(), max(20.0, until - 10), LINE), weak=False, bold=True)]


def _flow_row(content: Content, rect: QRectF, inner: float, columns: _Columns) -> Row:
    flow = content.flow
    assert flow is not None
    top = rect.top() + LINE + _ROOM
    middle, under = top + inner / 2, top + inner + 1
    parts: list[Part] = []
    words: list[Word] = []
    arrows: list[tuple[QPointF, ...]] = []
    lines: list[tuple[QPointF, ...]] = []
    bodies: list[tuple[QPointF, ...]] = []
    signs: list[tuple[QPointF, str]] = []

    def arrow(start: float, end: float) -> None:
        arrows.append((QPointF(start + 2, middle), QPointF(end - 2, middle)))

    x = 0.0
    image_right = columns.picture
    encoder = QRectF(image_right + columns.arrow, top, columns.encoder, inner)
    latent = encoder.right() + columns.arrow
    decoder = QRectF(latent + columns.latent + columns.arrow, top, columns.decoder, inner)
    z = QRectF(latent + columns.latent - columns.block, top, columns.block, inner)
    if flow.image is not None:
        shape = picture_shape(flow.image)
        parts.append(
            Part(
                "image",
                "picture",
                _picture_rect(flow.image, x, columns.picture, top, inner),
                f"x · {shape}",
                tip=translate("Drawing", "x: the image that is encoded, {shape} values from 0 to 1.").format(
                    shape=shape
                ),
                picture=flow.image,
            )
        )
        arrow(image_right, encoder.left())
        words.append(Word(translate("Drawing", "encoder"), _above(encoder, rect), "centre"))
        bodies.append(_body(encoder, narrow_right=True))
        _add_layers(parts, arrows, words, flow.encoder, encoder, inner, columns.kept, content, narrow_right=True)
    elif content.remark:
        until = latent - columns.arrow if flow.mean is not None else z.left() - columns.arrow
        words.append(Word(content.remark, QRectF(0, top, max(60.0, until), inner), "wrapped"))
    if flow.mean is not None and flow.spread is not None and flow.noise is not None:
        half = (inner - 4) / 2
        mean = QRectF(latent, top, columns.block, half)
        spread = QRectF(latent, top + half + 4, columns.block, half)
        noise = spread.translated(columns.block + _SIGN, 0)
        if flow.image is not None:
            arrow(encoder.right(), latent)
        join = noise.right() + _JOIN / 2 - 4
        for symbol, values, place in (
            ("μ", flow.mean, mean),
            ("σ", flow.spread, spread),
            ("ε", flow.noise, noise),
        ):
            parts.append(_vector(symbol, values, place, flow.reach, posterior=True))
        parts[-3] = _with_code(parts[-3], flow.mean)
        signs.append((QPointF(spread.right() + _SIGN / 2, spread.center().y()), "·"))
        lines.append(
            (
                QPointF(mean.right() + 2, mean.center().y()),
                QPointF(join, mean.center().y()),
                QPointF(join, middle - 7),
            )
        )
        lines.append(
            (
                QPointF(noise.right() + 2, noise.center().y()),
                QPointF(join, noise.center().y()),
                QPointF(join, middle + 7),
            )
        )
        signs.append((QPointF(join, middle), "+"))
        arrows.append((QPointF(join + 8, middle), QPointF(z.left() - 2, middle)))
        words.append(Word("q(z|x)", QRectF(mean.left(), under, columns.block, LINE), "centre"))
        words.append(
            Word(translate("Drawing", "noise"), QRectF(noise.left(), under, columns.block, LINE), "centre")
        )
    elif flow.image is not None:
        arrow(encoder.right(), z.left())
    count = translate("Drawing", "code · {count}").format(count=shape_text(flow.code.shape))
    code = _vector("z", flow.code, z, flow.reach, posterior=flow.mean is not None, caption=count)
    parts.append(_with_code(code, flow.code))
    if content.formula:
        left = latent if columns.cloud else encoder.right() + 4
        words.append(
            Word(content.formula, QRectF(left, rect.top(), decoder.left() - columns.arrow - left, LINE), "centre")
        )
    arrow(z.right(), decoder.left())
    words.append(Word(translate("Drawing", "decoder"), _above(decoder, rect), "centre"))
    bodies.append(_body(decoder, narrow_right=False))
    _add_layers(parts, arrows, words, flow.decoder, decoder, inner, columns.kept, content, narrow_right=False)
    out = decoder.right() + columns.arrow
    arrow(decoder.right(), out)
    parts.append(
        Part(
            "picture",
            "picture",
            _picture_rect(flow.picture, out, columns.picture, top, inner),
            translate("Drawing", "decoded"),
            tip=translate("Drawing", "The decoded image: the mean of p(x|z), {shape} values.").format(
                shape=picture_shape(flow.picture)
            ),
            picture=flow.picture,
            code=flow.code,
        )
    )
    beside = out + columns.picture + _PAD
    parts += _figures(content.lines, QRectF(beside, rect.top(), rect.right() - beside, rect.height()))
    words += _head(content, rect, encoder.left() if flow.image is not None else latent)
    return Row(content, rect, tuple(parts), tuple(words), tuple(arrows), tuple(lines), tuple(bodies), tuple(signs))


def _draws_row(content: Content, rect: QRectF, inner: float) -> Row:
    draws = content.draws
    assert draws is not None
    top = rect.top() + LINE + _ROOM
    wide = _picture_width(draws.picture, inner)
    parts, arrows, x = [], [], 0.0
    if draws.image is not None:
        parts.append(
            Part(
                "image",
                "picture",
                _picture_rect(draws.image, x, wide, top, inner),
                translate("Drawing", "original"),
                tip=translate("Drawing", "The image whose posterior q(z|x) is drawn from."),
                picture=draws.image,
            )
        )
        x += wide + _MOST_ARROW
        arrows.append((QPointF(x - _MOST_ARROW + 6, top + inner / 2), QPointF(x - 6, top + inner / 2)))
    point = not len(draws.codes)
    name = translate("Drawing", "z decoded") if point else translate("Drawing", "μ decoded")
    parts.append(
        Part("mean", "picture", _picture_rect(draws.picture, x, wide, top, inner), name, picture=draws.picture,
             tip=translate("Drawing", "The code itself decoded, without noise."), code=draws.mean)
    )  # fmt: skip
    x += wide + 28
    words = _head(content, rect, rect.width() / 3)
    beside = max(x + 60, rect.width() - _lines_width(rect.width()))
    room = QRectF(x, top, beside - _PAD - x, inner)
    if point:
        text = content.lines[0].tip.split("\n")[0] if content.lines else ""
        words.append(Word(text, room, "wrapped"))
    else:
        parts += _draw_parts(draws.pictures, draws.codes, room)
        label = translate("Drawing", "{count} draws z = μ + σ · ε, decoded").format(count=len(draws.codes))
        words.append(Word(label, QRectF(x, rect.top(), room.width(), LINE)))
    parts += _figures(content.lines, QRectF(beside, rect.top(), rect.right() - beside, rect.height()))
    return Row(content, rect, tuple(parts), tuple(words), tuple(arrows))


def _draw_parts(pictures: np.ndarray, codes: np.ndarray, room: QRectF) -> list[Part]:
    """Tiles in one line, or in two where they would be too small."""
    count, ratio = len(pictures), pictures.shape[2] / pictures.shape[1]
    gap = 4.0
    best = (0.0, 1)
    for rows in (1, 2, 3):
        columns = math.ceil(count / rows)
        side = min(
            (room.height() - gap * (rows - 1)) / rows, (room.width() - gap * (columns - 1)) / columns / ratio
        )
        if side > best[0] * 1.15:
            best = (side, rows)
    side, rows = best
    columns, parts = math.ceil(count / rows), []
    for place in range(count):
        row, column = divmod(place, columns)
        rect = QRectF(
            room.left() + column * (side * ratio + gap), room.top() + row * (side + gap), side * ratio, side
        )
        tip = translate(
            "Drawing", "Draw {number}: z = μ + σ · ε, decoded. A click puts it under the cursor."
        ).format(number=place + 1)
        parts.append(Part(f"draw{place}", "picture", rect, picture=pictures[place], tip=tip, code=codes[place]))
    return parts


def _empty_row(content: Content, rect: QRectF, inner: float) -> Row:
    words = _head(content, rect, rect.width() / 2)
    words.append(Word(content.note, QRectF(10, rect.top() + LINE + _ROOM, rect.width() - 20, inner), "wrapped"))
    return Row(content, rect, words=tuple(words))


# ------------------------------------------------------------ parts


def _lines_width(width: float) -> float:
    return min(_MOST_LINES, max(_LINES, 0.17 * width))


def _figures(lines: Sequence[Line], room: QRectF) -> list[Part]:
    """Names and values of figures, a line each as far as there is room."""
    parts = []
    for number, line in enumerate(lines):
        rect = QRectF(room.left(), room.top() + LINE + _ROOM + number * LINE, room.width(), LINE)
        if rect.bottom() > room.bottom() + 1:
            break
        tip = f"{line.label}: {line.value}\n{line.tip}".strip()
        parts.append(Part(f"line{number}", "text", rect, line.label, figure=line.value, tip=tip))
    return parts


def _vector(
    symbol: str, values: np.ndarray, rect: QRectF, reach: float, *, posterior: bool, caption: str = ""
) -> Part:
    signed = symbol != "σ"
    return Part(
        symbol,
        "vector",
        rect,
        caption,
        symbol,
        vector_figure(symbol, values),
        vector_tip(symbol, values, posterior),
        values=values,
        reach=reach if signed else max(1.0, float(values.max())),
        signed=signed,
    )


def _with_code(part: Part, code: np.ndarray) -> Part:
    return Part(
        part.key, part.kind, part.rect, part.caption, part.symbol, part.figure, part.tip, part.picture, part.values,
        part.reach, part.signed, code,
    )  # fmt: skip


def _picture_rect(picture: np.ndarray, x: float, wide: float, top: float, inner: float) -> QRectF:
    """A picture of any proportions in the middle of a column."""
    height, width = picture.shape[:2]
    scale = min(wide / width, inner / height)
    return QRectF(
        x + (wide - scale * width) / 2, top + (inner - scale * height) / 2, scale * width, scale * height
    )


def _above(body: QRectF, rect: QRectF) -> QRectF:
    return QRectF(body.left() - 8, rect.top(), body.width() + 16, LINE)


def _body(rect: QRectF, *, narrow_right: bool) -> tuple[QPointF, ...]:
    """A trapezoid."""
    low = rect.height() * _TAPER / 2
    left, right = (0.0, low) if narrow_right else (low, 0.0)
    return (
        QPointF(rect.left(), rect.top() + left),
        QPointF(rect.right(), rect.top() + right),
        QPointF(rect.right(), rect.bottom() - right),
        QPointF(rect.left(), rect.bottom() - left),
    )


def _add_layers(
    parts: list[Part],
    arrows: list[tuple[QPointF, ...]],
    words: list[Word],
    layers: Sequence[Activation],
    body: QRectF,
    inner: float,
    kept: int,
    content: Content,
    *,
    narrow_right: bool,
) -> None:
    """Hidden layers side by side in their trapezoid, with their sizes below."""
    shown = _folded(layers, kept)
    under = body.bottom() + 1
    if not shown:
        text = content.unknown or translate("Drawing", "linear")
        words.append(Word(text, body.adjusted(4, 0, -4, 0), "wrapped"))
        return
    widths = [_layer_width(one, inner) for one in shown]
    taken = sum(widths) + _STEP * (len(widths) - 1)
    x = body.left() + (body.width() - taken) / 2
    for number, (one, wide) in enumerate(zip(shown, widths, strict=True)):
        share = (x + wide / 2 - body.left()) / body.width()
        tall = inner * (1 - _TAPER * (share if narrow_right else 1 - share)) - 2 * _PAD * 0.75
        if isinstance(one, tuple):
            text = "…" if len(shown) > 1 else str(len(one))
            rect = QRectF(x, body.center().y() - LINE / 2, wide, LINE)
            parts.append(Part(f"fold{body.left():.0f}", "fold", rect, figure=text, tip=folded_tip(one)))
        else:
            level, drawn = brightness(one.values, wide / tall)
            high, broad = level.shape
            if one.values.ndim == 3:
                scale = min(wide / broad, tall / high)
                size = (scale * broad, scale * high)
            else:
                size = (wide, tall)
            rect = QRectF(x + (wide - size[0]) / 2, body.center().y() - size[1] / 2, *size)
            parts.append(Part(one.name, "layer", rect, tip=layer_tip(one, drawn), picture=level))
            text = shape_text(one.values.shape)
            needed = max(wide + _STEP - 2, min(_text_width(text), wide + _STEP + 6))
            middle = QRectF(x + wide / 2 - needed / 2, under, needed, LINE)
            words.append(Word(text, middle, "centre"))
        if number + 1 < len(shown):
            y = body.center().y()
            arrows.append((QPointF(x + wide + 1, y), QPointF(x + wide + _STEP - 1, y)))
        x += wide + _STEP


def _text_width(text: str) -> float:
    return QFontMetricsF(text_font(small=True)).horizontalAdvance(text)


def brightness(values: np.ndarray, ratio: float) -> tuple[np.ndarray, int]:
    """A hidden layer as a picture, uint8 (h, w), 255 where it is largest; and how many of its maps are in it.

    Units fill a grid of about `ratio` (width over height), row by row. Maps lie side by side, as many as there are
    pixels for.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        clean = np.nan_to_num(np.maximum(values, 0), nan=0.0, posinf=np.finfo(np.float32).max)
        most = clean.max(initial=0.0)
        level = np.rint(255 * (clean / most if most > 0 else clean)).astype(np.uint8)
    if level.ndim == 1:
        columns = max(1, min(len(level), round(math.sqrt(len(level) * ratio))))
        rows = math.ceil(len(level) / columns)
        grid = np.zeros(rows * columns, np.uint8)
        grid[: len(level)] = level
        return grid.reshape(rows, columns), len(level)
    channels, height, width = level.shape
    side = max(1, min(int(math.sqrt(channels)), max(2, _TILED // max(height, width))))
    tiles = level[: side * side].reshape(side, side, height, width)
    return np.ascontiguousarray(tiles.transpose(0, 2, 1, 3)).reshape(side * height, side * width), side * side
