"""The heat map under the points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Slot
from PySide6.QtGui import QImage, QPainter

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import MISSING, Caption, Made, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.visible_part import draw_visible
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from latent_explorer.tools.holes.ramp import STEPS, caption_ramp, heat_ramp
from latent_explorer.tools.holes.words import power_text, reason_text, short
from latent_explorer.words.figures import percent
from trainer.metrics.conformal import POWER, needed

#: Opacity over decoded tiles, which must remain visible; and of the points above it, which would hide it
#: where they are dense.
_POINTS = 0.45
#: The glossary's entry on each kind of heat map.
TERMS = {
    "none": "data_here",
    "density": "data_here",
    "distance": "looks_real",
    "trip": "round_trip",
    "magnification": "magnification",
}


class HeatOverlay(Overlay):
    """Paints the newest picture in any view, so that it moves with a pan until a finer one arrives."""

    below = True
    opacity_over_pictures = 0.6

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._image: QImage | None = None
        self._made_of: tuple[HeatPicture, Tokens] | None = None
        tools[HeatState].picture_changed.connect(self._picture_changed)
        tools.overlays.changed.connect(self._overlay_changed)

    @property
    def picture(self) -> HeatPicture | None:
        """The shown heat map."""
        return self.tools[HeatState].picture(self.pane.index)

    @property
    def active(self) -> bool:
        return self.tools.overlays.chosen("heat") != "none" and self.pane.codes is not None

    @Slot(int)
    def _picture_changed(self, index: int) -> None:
        if index == self.pane.index:
            picture = self.picture
            self.opacity_of_points = _POINTS if picture is not None and picture.values.size else 1.0
            self.changed.emit()

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "heat":
            self.changed.emit()

    def made(self) -> Iterator[Made]:
        picture = self.picture
        yield MISSING if picture is None else (picture.number, picture.finished)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        picture = self.picture
        if picture is None or not picture.values.size:
            return
        if self._made_of is None or self._made_of[0] is not picture or self._made_of[1] is not tokens:
            self._image = heat_image(picture, tokens)
            self._made_of = (picture, tokens)
        left, bottom, right, top = picture.rect
        area = QRectF(QPointF(*view.to_pixels(left, top)), QPointF(*view.to_pixels(right, bottom)))
        seen = QRectF(0, 0, view.width, view.height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None:
            draw_visible(painter, self._image, area, seen)

    def terms(self) -> tuple[str, ...]:
        return (TERMS[self.tools.overlays.chosen("heat")],)

    def caption(self, view: ViewTransform) -> Caption | None:
        picture = self.picture
        if picture is None:
            return Caption(self.tr("{0}: being measured…").format(self._name(self.tools.overlays.chosen("heat"))))
        title = self._title(picture)
        if picture.reason:
            return Caption(self.tr("{0}: n/a. {1}").format(title, reason_text(picture.reason)))
        low, high = self._ends(picture)
        return Caption(title, caption_ramp(theme().tokens), low, high, brief=self._brief(picture.kind))

    def _name(self, kind: str) -> str:
        return {
            "density": self.tr("Data here"),
            "distance": self.tr("Looks real"),
            "trip": self.tr("Round trip |E(D(z)) − z|"),
            "magnification": self.tr("Magnification √det G"),
        }[kind]

    def _brief(self, kind: str) -> str:
        """A short name of the quantity."""
        return {
            "density": self.tr("Data here: share of images as sparse"),
            "distance": self.tr("Looks real: share of real pictures as unlike"),
            "trip": self.tr("Round trip: share of images that come back as far"),
            "magnification": self.tr("Magnification √det G, logarithmic"),
        }[kind]

    def _title(self, picture: HeatPicture) -> str:
        if picture.reason:
            return self._name(picture.kind)
        if picture.kind == "magnification":
            return self.tr("Magnification √det G: change of picture by code, logarithmic")
        title = {
            "density": self.tr(
                "Data here: share of {m} images in places as sparse, or sparser, logarithmic; no data at 0.5 % or "
                "less"
            ),
            "distance": self.tr(
                "Looks real: share of {m} real pictures as unlike the others, or more, logarithmic; unlike at 5 % "
                "or less"
            ),
            "trip": self.tr(
                "Round trip |E(D(z)) − z|: share of {m} images that come back as far, or farther, logarithmic; "
                "encoded elsewhere at 0.5 % or less"
            ),
        }[picture.kind].format(m=f"{picture.held_back:,}")
        if picture.kind == "density" and picture.held_back < needed():
            return self.tr("{0} (too few images to tell)").format(title)
        if picture.powers and min(share for _, share in picture.powers) < POWER:
            return self.tr("{0} (cannot tell here what looks real: of bad pictures it notices {1})").format(
                title, power_text(picture.powers)
            )
        return title

    def _ends(self, picture: HeatPicture) -> tuple[str, str]:
        """The texts at both ends of the ramp."""
        if picture.kind == "magnification":
            return short(10**picture.low), short(10**picture.high)
        return percent(10**picture.low), percent(10**picture.high)


def heat_image(picture: HeatPicture, tokens: Tokens) -> QImage:
    """The picture as colours, the highest row first; transparent where nothing was measured."""
    values = picture.values[::-1]
    span = picture.high - picture.low
    with np.errstate(invalid="ignore", over="ignore"):
        place = (values - np.float32(picture.low)) * np.float32((STEPS - 1) / span if span > 0 else 0)
    known = ~np.isnan(place)
    place = np.clip(np.where(known, place, 0), 0, STEPS - 1).astype(np.uint8)
    rows, columns = place.shape
    pixels = np.empty((rows, columns, 4), np.uint8)
    # ARGB32 is in memory as blue, green, red, alpha.
    pixels[..., :3] = heat_ramp(tokens)[place][..., ::-1]
    pixels[..., 3] = 255
    pixels[~known] = 0
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the buffer is temporary
