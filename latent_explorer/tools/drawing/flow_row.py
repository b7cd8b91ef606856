"""One model's row with the path of an image through it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from latent_explorer.tools.drawing.brightness import brightness
from latent_explorer.tools.drawing.columns import BESIDE, JOIN, SIGN, STEP, TAPER, Columns, folded
from latent_explorer.tools.drawing.lettering import text_width
from latent_explorer.tools.drawing.parts import LINE, Part, Row, Word, picture_rect
from latent_explorer.tools.drawing.state import Activation, Flow
from latent_explorer.tools.drawing.words import (
    Content,
    folded_tip,
    layer_tip,
    picture_shape,
    shape_text,
    vector_figure,
    vector_tip,
)

translate = QCoreApplication.translate

#: Gaps between σ and μ, around an arrow, and above and below a layer in its body.
_APART, _CLEAR, _INSET = 4.0, 2.0, 4.0
#: Distance from the sign's centre to the ends of lines.
_RADIUS = 8.0


def flow_row(content: Content, rect: QRectF, top: float, columns: Columns, *, captions: bool) -> Row:
    """A row whose drawing begins at `top`. captions: sizes are under the parts, else above the bodies."""
    assert content.flow is not None
    return _Builder(content, content.flow, rect, top, columns, captions).build()


class _Builder:
    """Fills a row from left to right."""

    def __init__(
        self, content: Content, flow: Flow, rect: QRectF, top: float, columns: Columns, captions: bool
    ) -> None:
        self.row = Row(content, rect)
        self.flow, self.columns, self.captions = flow, columns, captions
        self.top, self.tall = top, columns.tall
        self.middle = top + columns.tall / 2
        self.encoder = QRectF(columns.picture + columns.arrow, top, columns.encoder, columns.tall)
        self.latent = self.encoder.right() + columns.arrow
        end = self.latent + columns.latent
        #: Free intervals between the texts above: after the model's name, around the formula, before "decoded".
        self.formula: QRectF | None = None
        self.z = QRectF(end - columns.block, top, columns.block, columns.tall)
        self.decoder = QRectF(end + columns.arrow, top, columns.decoder, columns.tall)
        self.out = self.decoder.right() + columns.arrow

    def build(self) -> Row:
        """All of it."""
        flow, row, columns = self.flow, self.row, self.columns
        self._name_formula()
        if flow.image is not None:
            self._image(flow.image)
            self._body(flow.encoder, self.encoder, translate("Drawing", "encoder"), narrow_right=True)
        elif row.content.remark:
            until = self.latent if flow.mean is not None else self.z.left()
            place = QRectF(0, self.top, max(60.0, until - columns.arrow), self.tall)
            row.words.append(Word(row.content.remark, place, "wrapped"))
        if flow.mean is not None and flow.spread is not None and flow.noise is not None:
            self._posterior(flow.mean, flow.spread, flow.noise)
        elif flow.image is not None:
            self._arrow(self.encoder.right(), self.z.left())
        self._code()
        self._arrow(self.z.right(), self.decoder.left())
        self._body(flow.decoder, self.decoder, translate("Drawing", "decoder"), narrow_right=False)
        self._arrow(self.decoder.right(), self.out)
        self._decoded()
        top = self.top if self.captions else row.rect.top() + 1
        row.add_figures(self.out + columns.picture + BESIDE, top, columns.figures)
        row.name_model(self.encoder.left() if flow.image is not None else self.latent)
        return row

    # ------------------------------------------------------------ pictures

    def _image(self, image: np.ndarray) -> None:
        shape = picture_shape(image)
        tip = translate("Drawing", "x: the image that is encoded, {shape} values from 0 to 1.").format(shape=shape)
        room = QRectF(0, self.top, self.columns.picture, self.tall)
        self.row.parts.append(Part("image", "picture", picture_rect(image, room), tip=tip, picture=image))
        self._caption(f"x · {shape}", room)
        self._arrow(room.right(), self.encoder.left())

    def _decoded(self) -> None:
        picture = self.flow.picture
        tip = translate("Drawing", "The decoded image: the mean of p(x|z), {shape} values.").format(
            shape=picture_shape(picture)
        )
        room = QRectF(self.out, self.top, self.columns.picture, self.tall)
        self.row.parts.append(
            Part("picture", "picture", picture_rect(picture, room), tip=tip, picture=picture, code=self.flow.code)
        )
        text = translate("Drawing", "decoded")
        if self.captions:
            self._caption(text, room)
        else:
            self.row.words.append(Word(text, self._head(room.left() - 8, room.right() + 8), "centre"))

    # ------------------------------------------------------------ code

    def _posterior(self, mean: np.ndarray, spread: np.ndarray, noise: np.ndarray) -> None:
        """Draw μ above σ, ε beside σ, and how they form z."""
        row, block = self.row, self.columns.block
        half = (self.tall - _APART) / 2
        above = QRectF(self.latent, self.top, block, half)
        below = above.translated(0, half + _APART)
        beside = below.translated(block + SIGN, 0)
        if self.flow.image is not None:
            self._arrow(self.encoder.right(), self.latent)
        self._vector("μ", mean, above, code=mean)
        self._vector("σ", spread, below)
        self._vector("ε", noise, beside)
        row.signs.append((QPointF(below.right() + SIGN / 2, below.center().y()), "·"))
        join = beside.right() + JOIN / 2 - 4
        for start, gap in ((above, -_RADIUS), (beside, _RADIUS)):
            y = start.center().y()
            row.lines.append(
                (QPointF(start.right() + _CLEAR, y), QPointF(join, y), QPointF(join, self.middle + gap))
            )
        row.signs.append((QPointF(join, self.middle), "+"))
        self._arrow(join + _RADIUS, self.z.left())
        self._caption("q(z|x)", below)
        self._caption(translate("Drawing", "noise"), beside)

    def _code(self) -> None:
        code = self.flow.code
        self._vector("z", code, self.z, code=code)
        self._caption(translate("Drawing", "code · {count}").format(count=shape_text(code.shape)), self.z)

    def _name_formula(self) -> None:
        """Write the formula of the code above it."""
        text = self.row.content.formula
        if text:
            left = self.latent if self.columns.cloud else self.encoder.right()
            place = self._head(left - self.columns.arrow, self.z.right() + self.columns.arrow)
            self.row.words.append(Word(text, place, "centre"))
            wide = min(text_width(text), place.width())
            self.formula = QRectF(place.center().x() - wide / 2, place.top(), wide, place.height())

    def _vector(self, symbol: str, values: np.ndarray, rect: QRectF, code: np.ndarray | None = None) -> None:
        signed = symbol != "σ"
        self.row.parts.append(
            Part(
                symbol,
                "vector",
                rect,
                symbol=symbol,
                figure=vector_figure(symbol, values),
                tip=vector_tip(symbol, values, self.flow.mean is not None),
                values=values,
                reach=self.flow.reach if signed else max(1.0, float(values.max())),
                signed=signed,
                code=code,
            )
        )

    # ------------------------------------------------------------ bodies

    def _body(self, layers: Sequence[Activation], body: QRectF, name: str, *, narrow_right: bool) -> None:
        """A trapezoid with hidden layers side by side."""
        self.row.bodies.append(_trapezoid(body, narrow_right))
        shown = folded(layers, self.columns.kept)
        self._name(name, layers, body, below=self.captions and len(shown) == len(layers))
        if not layers:
            text = self.row.content.unknown or translate("Drawing", "linear")
            self.row.words.append(Word(text, body.adjusted(4, 0, -4, 0), "wrapped"))
            return
        widths = [self.columns.layer(one) for one in shown]
        x = body.center().x() - (sum(widths) + STEP * (len(widths) - 1)) / 2
        for number, (one, wide) in enumerate(zip(shown, widths, strict=True)):
            share = (x + wide / 2 - body.left()) / body.width()
            tall = self.tall * (1 - TAPER * (share if narrow_right else 1 - share)) - 2 * _INSET
            room = QRectF(x, self.middle - tall / 2, wide, tall)
            if number:
                self.row.arrows.append((QPointF(x - STEP + 1, self.middle), QPointF(x - 1, self.middle)))
            if isinstance(one, tuple):
                self._fold(one, room, alone=len(shown) == 1)
            else:
                self._layer(one, room)
            x += wide + STEP

    def _name(self, name: str, layers: Sequence[Activation], body: QRectF, *, below: bool) -> None:
        """Write "encoder" above the body, with the sizes of its layers unless all of these are `below`."""
        left, right = self._room_above(body)
        if layers and not below:
            sizes = [shape_text(one.values.shape) for one in layers]
            for shown in (" · ".join(sizes), f"{sizes[0]} … {sizes[-1]}"):
                if text_width(f"{name} {shown}") <= right - left:
                    name = f"{name} {shown}"
                    break
        wide = min(text_width(name) + 1, right - left)
        start = min(max(body.center().x() - wide / 2, left), right - wide)
        self.row.words.append(Word(name, self._head(start, start + wide), "centre"))

    def _room_above(self, body: QRectF) -> tuple[float, float]:
        """The interval available for a body's name."""
        if body is self.encoder:
            named = 18 + text_width(self.row.content.name, bold=True)
            return min(named, body.left()), self.z.left() if self.formula is None else self.formula.left() - 12
        decoded = self.out + self.columns.picture / 2 - text_width(translate("Drawing", "decoded")) / 2
        return self.z.left() if self.formula is None else self.formula.right() + 12, decoded - 12

    def _layer(self, layer: Activation, room: QRectF) -> None:
        level = brightness(layer.values, room.width() / room.height())
        rect = room if layer.values.ndim == 1 else picture_rect(level, room)
        self.row.parts.append(Part(layer.name, "layer", rect, tip=layer_tip(layer), picture=level))
        self._caption(shape_text(layer.values.shape), room.adjusted(-STEP / 2, 0, STEP / 2, 0))

    def _fold(self, layers: tuple[Activation, ...], room: QRectF, *, alone: bool) -> None:
        text = "…" if not alone else f"×{len(layers)}"
        key = f"fold-{layers[0].name}"
        self.row.parts.append(Part(key, "fold", room, figure=text, tip=folded_tip(layers)))

    # ------------------------------------------------------------ lines and words

    def _arrow(self, start: float, end: float) -> None:
        self.row.arrows.append((QPointF(start + _CLEAR, self.middle), QPointF(end - _CLEAR, self.middle)))

    def _head(self, left: float, right: float) -> QRectF:
        return QRectF(left, self.row.rect.top(), max(10.0, right - left), LINE)

    def _caption(self, text: str, over: QRectF) -> None:
        """Write a caption below `over`; longer texts extend on both sides."""
        if self.captions:
            wide = max(over.width(), min(text_width(text) + 2, over.width() + 2 * STEP))
            place = QRectF(over.center().x() - wide / 2, self.top + self.tall + 1, wide, LINE)
            self.row.words.append(Word(text, place.translated(max(0.0, -place.left()), 0), "centre"))


def _trapezoid(rect: QRectF, narrow_right: bool) -> tuple[QPointF, ...]:
    low = rect.height() * TAPER / 2
    left, right = (0.0, low) if narrow_right else (low, 0.0)
    return (
        QPointF(rect.left(), rect.top() + left),
        QPointF(rect.right(), rect.top() + right),
        QPointF(rect.right(), rect.bottom() - right),
        QPointF(rect.left(), rect.bottom() - left),
    )
