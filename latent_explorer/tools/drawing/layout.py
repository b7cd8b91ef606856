"""The layout of the drawing: one row per model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from latent_explorer.tools.drawing.columns import columns_for
from latent_explorer.tools.drawing.draws_row import draws_row
from latent_explorer.tools.drawing.flow_row import flow_row
from latent_explorer.tools.drawing.parts import LINE, Row, Word
from latent_explorer.tools.drawing.words import Content

#: Gaps between two rows, and between the text above and the drawing.
_APART, _ROOM = 6.0, 3.0
#: Minimum and maximum height of the drawing in a row.
_LOW, _HIGH = 34.0, 150.0
#: Minimum height for captions below.
_CAPTIONED = 62.0
#: Minimum legible size of the drawing in px.
LEAST_WIDTH, LEAST_HEIGHT = 600, 128


def lay_out(contents: Sequence[Content], width: float, height: float) -> list[Row]:
    """The rows of these models in `width` by `height` px, one under the other from (0, 0) on."""
    if not contents:
        return []
    each = (height - (len(contents) - 1) * _APART) / len(contents)
    tall = each - LINE - 2 * _ROOM
    captions = tall - LINE >= _CAPTIONED
    tall = min(_HIGH, max(_LOW, tall - LINE if captions else tall))
    flows = [one.flow for one in contents if one.flow is not None]
    columns = columns_for(flows, tall, width)
    rows = []
    for number, content in enumerate(contents):
        rect = QRectF(0, number * (each + _APART), width, each)
        top = rect.top() + LINE + _ROOM
        if content.flow is not None:
            rows.append(flow_row(content, rect, top, columns, captions=captions))
        elif content.draws is not None:
            rows.append(draws_row(content, rect, top, tall))
        else:
            rows.append(Row(content, rect))
            rows[-1].name_model(width / 2)
            rows[-1].words.append(Word(content.note, QRectF(10, top, width - 20, tall), "wrapped"))
    return rows
