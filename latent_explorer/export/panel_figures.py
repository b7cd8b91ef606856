"""Lamps, the table of held-out figures, and the pictures of both panes, each as a separate figure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.export.figure import (
    LINE,
    MARGIN,
    caption_lines,
    draw_picture,
    text_font,
    whole_scale,
    write,
    write_caption,
)
from latent_explorer.panes.comparison import ComparedTable
from latent_explorer.panes.lamp_grid import paint_lamp

_WIDTH = 640.0
_INNER = _WIDTH - 2 * MARGIN
#: Size of a lamp with name and value, and number of lamps from which these are left out.
_LAMP, _LAMP_GAP, _NAMED = (44.0, 14.0), 6.0, 100
_BARE = (16.0, 9.0)
_ROW = 26.0
#: Width of a table's cells. The name takes the rest.
_CELL = 130.0
#: Side of a picture, and gap between two.
_PICTURE, _PICTURE_GAP = 196.0, 14.0


def _paint_title(painter: QPainter, y: float, pane: int, title: str, remark: str, tokens: Tokens) -> None:
    """The name of a model with its accent, and a remark beside it."""
    painter.fillRect(QRectF(MARGIN, y + 2, 3, 14), QColor(tokens.accents[pane % 2]))
    at = QPointF(MARGIN + 10, y)
    taken = write(painter, at, title, text_font(bold=True), tokens.text) + 14
    write(painter, at + QPointF(taken, 0), remark, text_font(), tokens.text_2, max(1.0, _INNER - taken - 10))


@dataclass(frozen=True, slots=True)
class LampBlock:
    """One model's lamps. pane: for the accent. remark: text. kl: nats of each dimension; () for none."""

    pane: int
    title: str
    remark: str
    kl: tuple[float, ...]

    @property
    def named(self) -> bool:
        """Whether lamps have names and values."""
        return len(self.kl) < _NAMED

    @property
    def columns(self) -> int:
        """Lamps per line."""
        return int((_INNER + _LAMP_GAP) // ((_LAMP if self.named else _BARE)[0] + _LAMP_GAP))

    @property
    def height(self) -> float:
        """Height in px."""
        lines = -(-len(self.kl) // self.columns)
        tall = _LAMP[1] + 2 * LINE if self.named else _BARE[1] + _LAMP_GAP
        return LINE + 8 + lines * tall + MARGIN


@dataclass(frozen=True, slots=True)
class LampsFigure:
    """KL of each latent dimension of the models, with a caption below."""

    blocks: tuple[LampBlock, ...]
    line: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        tall = 2 * MARGIN + sum(block.height for block in self.blocks)
        return int(_WIDTH), int(tall + len(caption_lines(self.line, _INNER)) * LINE)

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        y = MARGIN
        for block in self.blocks:
            _paint_title(painter, y, block.pane, block.title, block.remark, tokens)
            self._paint_lamps(painter, block, y + LINE + 8, tokens)
            y += block.height
        write_caption(painter, QPointF(MARGIN, y), caption_lines(self.line, _INNER), _INNER, tokens)

    @staticmethod
    def _paint_lamps(painter: QPainter, block: LampBlock, top: float, tokens: Tokens) -> None:
        wide, tall = _LAMP if block.named else _BARE
        accent, small = QColor(tokens.accents[block.pane % 2]), text_font(small=True)
        line = tall + (2 * LINE if block.named else _LAMP_GAP)
        for dimension, kl in enumerate(block.kl):
            row, column = divmod(dimension, block.columns)
            box = QRectF(MARGIN + column * (wide + _LAMP_GAP), top + row * line, wide, tall)
            paint_lamp(painter, box, kl, accent, tokens)
            if block.named:
                write(painter, QPointF(box.left(), box.bottom() + 1), f"z{dimension + 1}", small, tokens.text_2)
                below = QPointF(box.left(), box.bottom() + LINE - 3)
                write(painter, below, f"{kl:.2f}" if kl >= 0.005 else "0", small, tokens.text)


@dataclass(frozen=True, slots=True)
class TableFigure:
    """The models' held-out figures side by side. panes: the panes of the columns, for the accents."""

    table: ComparedTable
    panes: tuple[int, ...]
    line: str

    @property
    def _lines(self) -> list[str]:
        said = [line for text in self.table.below for line in caption_lines(text, _INNER)]
        return said + caption_lines(self.line, _INNER)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        rows = 1 + len(self.table.rows)
        return int(_WIDTH), int(2 * MARGIN + rows * _ROW + 6 + len(self._lines) * LINE)

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.panel))
        table, y = self.table, MARGIN
        write(painter, QPointF(MARGIN, y), table.unit, text_font(small=True), tokens.text_2)
        for place, head in enumerate(table.heads):
            accent = QColor(tokens.accents[self.panes[place] % 2])
            self._right(painter, place, y, head, accent, bold=True)
        for name, cells in table.rows:
            y += _ROW
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QLineF(MARGIN, y - 5, _WIDTH - MARGIN, y - 5))
            write(painter, QPointF(MARGIN, y), name, text_font(), tokens.text_2)
            for place, cell in enumerate(cells):
                self._right(painter, place, y, cell, QColor(tokens.text))
        write_caption(painter, QPointF(MARGIN, y + _ROW + 4), self._lines, _INNER, tokens)

    def _right(
        self, painter: QPainter, place: int, y: float, text: str, colour: QColor, *, bold: bool = False
    ) -> None:
        font = text_font(bold=bold)
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, _CELL - 8)
        right = _WIDTH - MARGIN - (len(self.panes) - 1 - place) * _CELL
        write(painter, QPointF(right - QFontMetricsF(font).horizontalAdvance(text), y), text, font, colour)


@dataclass(frozen=True, slots=True, eq=False)
class PictureBlock:
    """One pane's pictures: (name, remark, uint8 (H, W, C) or None) of each."""

    pane: int
    title: str
    remark: str
    pictures: tuple[tuple[str, str, np.ndarray | None], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class PicturesFigure:
    """Original, decoded image and their difference, one row per pane, with a caption below."""

    blocks: tuple[PictureBlock, ...]
    line: str

    @property
    def _row(self) -> float:
        return LINE + 8 + _PICTURE + 2 * LINE + 2 * MARGIN

    @property
    def _lines(self) -> list[str]:
        key = QCoreApplication.translate(
            "export",
            "difference: green where the decoded image is brighter, magenta where it is darker, black where equal",
        )
        return [*caption_lines(key, _INNER), *caption_lines(self.line, _INNER)]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return int(_WIDTH), int(2 * MARGIN + len(self.blocks) * self._row + len(self._lines) * LINE)

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        painter.fillRect(QRectF(0, 0, *self.size), QColor(tokens.panel))
        y, small = MARGIN, text_font(small=True)
        for block in self.blocks:
            _paint_title(painter, y, block.pane, block.title, block.remark, tokens)
            for place, (name, remark, picture) in enumerate(block.pictures):
                corner = QPointF(MARGIN + place * (_PICTURE + _PICTURE_GAP), y + LINE + 8)
                if picture is not None:
                    scale = whole_scale(_PICTURE, max(picture.shape[:2]))
                    target = QRectF(corner.x(), corner.y(), scale * picture.shape[1], scale * picture.shape[0])
                    draw_picture(painter, target, picture)
                below = corner + QPointF(0, _PICTURE + 4)
                write(painter, below, name, small, tokens.text, _PICTURE)
                write(painter, below + QPointF(0, LINE - 2), remark, small, tokens.text_2, _PICTURE)
            y += self._row
        write_caption(painter, QPointF(MARGIN, y), self._lines, _INNER, tokens)
