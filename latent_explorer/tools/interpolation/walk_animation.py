"""The interpolation played through in all panes, frame by frame, in one picture."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.export.figure import draw_picture, text_font, write
from latent_explorer.export.pane_figures import PICTURE, PairFigure
from latent_explorer.export.render import figure_image, image_pixels
from latent_explorer.export.row_figures import TileFigure


@dataclass(frozen=True, slots=True, eq=False)
class PaneWalk:
    """One pane's part. places: (n, 2) on its plane. pictures: uint8 (n, H, W, C). accent: its colour."""

    places: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)
    accent: QColor


class WalkAnimation:
    """Paints frames. The static part is drawn once in the GUI thread; `frame` may be called in any thread.

    `walks`: pane -> its part; panes without one do not move. `strips`: the film below, or None.
    """

    def __init__(
        self,
        pair: PairFigure,
        strips: TileFigure | None,
        walks: dict[int, PaneWalk],
        count: int,
        scale: float,
        tokens: Tokens,
        frame_text: str,
    ) -> None:
        """`frame_text`: has {frame} and {count}."""
        self.count = count
        self._pair, self._strips, self._walks, self._tokens = pair, strips, walks, tokens
        self._scale, self._text = scale, frame_text
        upper = figure_image(pair, scale)
        lower = figure_image(strips, scale) if strips is not None else None
        width = max(upper.width(), lower.width() if lower is not None else 0)
        height = upper.height() + (lower.height() if lower is not None else 0)
        # Videos need even sizes.
        self._ground = QImage(width + width % 2, height + height % 2, QImage.Format.Format_RGB32)
        self._ground.fill(QColor(tokens.window))
        with QPainter(self._ground) as painter:
            for image, top in ((upper, 0), (lower, upper.height())):
                if image is not None:
                    image.setDevicePixelRatio(1)
                    painter.drawImage((width - image.width()) // 2, top, image)
        self._pair_at = QPointF((width - upper.width()) // 2 / scale, 0)
        strips_left = (width - lower.width()) // 2 / scale if lower is not None else 0.0
        self._strips_at = QPointF(strips_left, upper.height() / scale)
        # Made here: fonts belong to the window's thread.
        self._font = text_font()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the file."""
        return self._ground.width(), self._ground.height()

    def frame(self, number: int) -> np.ndarray:
        """Frame `number` as uint8 (H, W, 3)."""
        return image_pixels(self.image(number))

    def image(self, number: int) -> QImage:
        """Frame `number`."""
        image = self._ground.copy()
        image.setDevicePixelRatio(self._scale)
        with QPainter(image) as painter:
            for place, walk in self._walks.items():
                self._paint_pane(painter, place, walk, min(number, len(walk.places) - 1))
            if self._strips is not None:
                self._paint_marks(painter, number)
        image.setDevicePixelRatio(1)
        return image

    def _paint_pane(self, painter: QPainter, place: int, walk: PaneWalk, number: int) -> None:
        look, corner = self._pair.looks[place], self._pair.map_corner(place) + self._pair_at
        x, y = walk.places[number].tolist()
        view = look.picture.view
        if np.isfinite([x, y]).all():
            painter.save()
            painter.translate(corner)
            painter.setClipRect(QRectF(0, 0, view.width, view.height))
            look.picture.paint_cursor(painter, (x, y), self._tokens)
            painter.restore()
        picture = walk.pictures[number]
        target = self._pair.decoded_rect(place, picture).translated(self._pair_at)
        draw_picture(painter, target, picture, walk.accent)
        text = self._text.format(frame=number + 1, count=len(walk.places))
        write(painter, QPointF(target.left(), target.bottom() + 8), text, self._font, self._tokens.text_2, PICTURE)

    def _paint_marks(self, painter: QPainter, number: int) -> None:
        assert self._strips is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for block_number, block in enumerate(self._strips.blocks):
            if number < len(block.pictures):
                tile = self._strips.tile_rect(block_number, number).translated(self._strips_at)
                painter.setPen(QPen(QColor(self._tokens.text), 2))
                painter.drawRect(tile.adjusted(-1, -1, 1, 1))
