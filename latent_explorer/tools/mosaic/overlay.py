"""Decoded tiles under the points."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPointF, QRectF, Slot
from PySide6.QtGui import QImage, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.mosaic.state import MosaicPicture, MosaicState


class MosaicOverlay(Overlay):
    """Paints the newest mosaic in any view, and under its missing tiles the last complete one."""

    below = True
    fills = True
    opacity_of_points = 0.65

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._newest: tuple[MosaicPicture, QImage] | None = None
        self._complete: tuple[MosaicPicture, QImage] | None = None
        tools[MosaicState].picture_changed.connect(self._picture_changed)

    @property
    def active(self) -> bool:
        return self.tools.overlays.on("mosaic") and self.tools[MosaicState].picture(self.pane.index) is not None

    @Slot(int)
    def _picture_changed(self, index: int) -> None:
        if index != self.pane.index:
            return
        picture = self.tools[MosaicState].picture(index)
        if picture is None or not picture.pixels.size:
            self._newest = self._complete = None
        else:
            self._newest = (picture, _image(picture))
            if picture.complete:
                self._complete = self._newest
        self.changed.emit()

    def made(self) -> Iterator[Made]:
        mosaic = self.tools[MosaicState].picture(self.pane.index)
        yield MISSING if mosaic is None else (mosaic.number, mosaic.complete)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._complete is not None and self._complete is not self._newest:
            _draw(painter, *self._complete, view)
        if self._newest is not None:
            _draw(painter, *self._newest, view)

    def terms(self) -> tuple[str, ...]:
        return ("tiles",)

    def caption(self, view: ViewTransform) -> Caption | None:
        picture = self.tools[MosaicState].picture(self.pane.index)
        if picture is None:
            return None
        if picture.reason:
            return Caption(self.tr("Decoded mosaic: n/a, because the model's weights are not at hand."))
        apart = f"{picture.pitch:.2g}"
        return Caption(
            self.tr("Decoded mosaic: tiles {0} apart").format(apart),
            brief=self.tr("tiles {0} apart").format(apart),
        )


def _image(picture: MosaicPicture) -> QImage:
    """A view of the pixels, which the picture keeps alive."""
    height, width = picture.pixels.shape[:2]
    opaque = bool(picture.pixels[..., 3].min() == 255)
    # Alpha is 0 or 255, so that the values are premultiplied as they are.
    form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    return QImage(picture.pixels.data, width, height, 4 * width, form)


def _draw(painter: QPainter, picture: MosaicPicture, image: QImage, view: ViewTransform) -> None:
    x, y = view.to_pixels(picture.left, picture.top)
    times = view.scale / picture.scale
    if abs(times - 1) < 1e-9:
        # Whole pixels: copied as they are.
        painter.drawImage(QPointF(round(x), round(y)), image)
        return
    area = QRectF(x, y, image.width() * times, image.height() * times)
    shown = area.intersected(QRectF(0, 0, view.width, view.height))
    if shown.isEmpty():
        return
    source = QRectF(
        (shown.x() - x) / times, (shown.y() - y) / times, shown.width() / times, shown.height() / times
    )
    painter.drawImage(shown, image, source)
