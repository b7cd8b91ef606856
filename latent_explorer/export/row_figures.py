"""Rows of decoded images as figures: one block per model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.pane import PaneState
from latent_explorer.export.figure import LINE, MARGIN, draw_picture, text_font, write

_GAP = 2.0
_CURVE = 72.0
_HEAD = 26.0
_FOOT = 26.0
#: Maximum width of a row in pixels, unless its tiles would have to be reduced.
WIDEST = 1600
_LARGEST = 112.0
#: Width of rows with a few pictures: that of a page.
PAGE_WIDTH = 900
#: Minimum room for the names of rows.
_NAMES = 132.0


@dataclass(frozen=True, slots=True, eq=False)
class TileBlock:
    """One model's tiles.

    Attributes:
        pane: index, for the accent.
        title, remark: above the tiles, left and right.
        pictures: uint8 (n, H, W, C).
        columns: tiles per row.
        letters: tile -> letter written below it.
        curve: (n - 1,) values drawn below, between 0 and `top`; None for none.
        unit: unit of the curve.
        names: one per row, on its left; () for none.
    """

    pane: int
    title: str
    remark: str
    pictures: np.ndarray = field(repr=False)
    columns: int
    letters: dict[int, str] = field(default_factory=dict)
    curve: np.ndarray | None = field(default=None, repr=False)
    top: float = 1.0
    unit: str = ""
    names: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of tiles."""
        return -(-len(self.pictures) // self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class TileFigure:
    """Blocks one above the other with tiles of the same size, and a caption below."""

    blocks: tuple[TileBlock, ...]
    line: str
    width: int = WIDEST

    @property
    def tile(self) -> tuple[float, float]:
        """Width and height of a tile: an integer multiple of the picture's."""
        columns = max(block.columns for block in self.blocks)
        side = max(max(block.pictures.shape[1:3]) for block in self.blocks)
        room = min(_LARGEST, (self.width - 2 * MARGIN - self._names - (columns - 1) * _GAP) / columns)
        scale = max(1, int(room // side))
        height, width = self.blocks[0].pictures.shape[1:3]
        return scale * width, scale * height

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        wide = max(block.columns for block in self.blocks) * (self.tile[0] + _GAP) - _GAP
        return int(max(wide + self._names, 420) + 2 * MARGIN), int(
            self.top_of(len(self.blocks)) + (_FOOT if self.line else 0)
        )

    @property
    def _names(self) -> float:
        """Room left of the tiles: the width of the longest name."""
        metrics = QFontMetricsF(text_font(small=True))
        wide = [metrics.horizontalAdvance(name) for block in self.blocks for name in block.names]
        return max(_NAMES, max(wide) + 12) if wide else 0.0

    def top_of(self, number: int) -> float:
        """The y position of a block."""
        return MARGIN + sum(self._height(block) + MARGIN for block in self.blocks[:number])

    def _height(self, block: TileBlock) -> float:
        letters = LINE if block.letters else 0.0
        curve = _CURVE + LINE if block.curve is not None else 0.0
        return _HEAD + block.rows * (self.tile[1] + _GAP) - _GAP + letters + curve

    def tile_rect(self, number: int, place: int) -> QRectF:
        """The rectangle of a tile of a block."""
        block = self.blocks[number]
        row, column = divmod(place, block.columns)
        wide, tall = self.tile
        top = self.top_of(number) + _HEAD
        return QRectF(MARGIN + self._names + column * (wide + _GAP), top + row * (tall + _GAP), wide, tall)

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        width, height = self.size
        painter.fillRect(QRectF(0, 0, width, height), QColor(tokens.panel))
        for number, block in enumerate(self.blocks):
            self._paint_block(painter, number, block, tokens)
        if self.line:
            foot = QPointF(MARGIN, height - _FOOT + 2)
            write(painter, foot, self.line, text_font(small=True), tokens.text_2, width - 2 * MARGIN)

    def _paint_block(self, painter: QPainter, number: int, block: TileBlock, tokens: Tokens) -> None:
        top, width = self.top_of(number), self.size[0]
        painter.fillRect(QRectF(MARGIN, top + 2, 3, 14), theme().accent(block.pane))
        taken = write(painter, QPointF(MARGIN + 10, top), block.title, text_font(bold=True), tokens.text) + 22
        rest = width - 2 * MARGIN - taken
        write(painter, QPointF(MARGIN + taken, top), block.remark, text_font(), tokens.text_2, rest)
        for place in range(len(block.pictures)):
            draw_picture(painter, self.tile_rect(number, place), block.pictures[place])
        for row, name in enumerate(block.names):
            middle = self.tile_rect(number, row * block.columns).center().y() - LINE / 2 + 2
            write(painter, QPointF(MARGIN, middle), name, text_font(small=True), tokens.text_2, self._names - 8)
        bottom = self.tile_rect(number, len(block.pictures) - 1).bottom()
        for place, letter in block.letters.items():
            font = text_font(bold=True, small=True)
            left = self.tile_rect(number, place).center().x() - QFontMetricsF(font).horizontalAdvance(letter) / 2
            write(painter, QPointF(left, bottom + 2), letter, font, theme().accent(block.pane))
        if block.curve is not None:
            start = bottom + (LINE if block.letters else 0)
            self._paint_curve(painter, number, block, start, tokens)

    def _paint_curve(self, painter: QPainter, number: int, block: TileBlock, top: float, tokens: Tokens) -> None:
        """Draw steps from tile to tile: each value between the tiles that it compares."""
        assert block.curve is not None
        write(painter, QPointF(MARGIN, top), f"{block.unit} {block.top:.2g}", text_font(small=True), tokens.text_2)
        top += LINE
        wide = self.tile[0] + _GAP
        painter.setPen(QPen(QColor(tokens.line), 1))
        for level in (0.0, 1.0):
            y = top + 4 + level * (_CURVE - 12)
            painter.drawLine(QPointF(MARGIN, y), QPointF(MARGIN + block.columns * wide - _GAP, y))
        points = [
            QPointF(MARGIN + (place + 1) * wide - _GAP / 2, top + 4 + (1 - value / block.top) * (_CURVE - 12))
            for place, value in enumerate(block.curve.tolist())
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(theme().accent(block.pane), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def model_name(pane: PaneState) -> str:
    """The title of a block for this pane's model."""
    return pane.model.short if pane.model is not None else ""


def tile_figure(blocks: Sequence[TileBlock], line: str, width: int = WIDEST) -> TileFigure | None:
    """A figure of the blocks that have tiles of the first one's size; None without any."""
    shown = [block for block in blocks if len(block.pictures)]
    same = [block for block in shown if block.pictures.shape[1:3] == shown[0].pictures.shape[1:3]]
    return TileFigure(tuple(same), line, width) if same else None
