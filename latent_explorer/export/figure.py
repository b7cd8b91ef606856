"""Drawing functions shared by all figures for files."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from latent_explorer.appearance.theme import SMALL_TEXT_PX, TEXT_PX, Tokens, tabular

MARGIN = 12.0
LINE = 18.0
#: Separator of the parts of a caption.
_SEPARATOR = " · "


def text_font(*, bold: bool = False, small: bool = False) -> QFont:
    """The window's font with tabular figures."""
    font = tabular(QGuiApplication.font())
    font.setPixelSize(SMALL_TEXT_PX if small else TEXT_PX)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def write(
    painter: QPainter, place: QPointF, text: str, font: QFont, colour: QColor | str, width: float = 0.0
) -> float:
    """Write one line whose upper left corner is `place`, elided to `width` if given; gives its width."""
    metrics = QFontMetricsF(font)
    if width:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(place.x(), place.y() + metrics.ascent()), text)
    return metrics.horizontalAdvance(text)


def picture_image(picture: np.ndarray) -> QImage:
    """A QImage with a copy of uint8 (H, W, 1) or (H, W, 3)."""
    height, width, channels = picture.shape
    pixels = np.full((height, width, 4), 255, np.uint8)
    # RGB32 is in memory as blue, green, red; one grey channel goes into all three.
    pixels[:, :, :3] = picture[:, :, ::-1] if channels == 3 else picture
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def draw_picture(painter: QPainter, target: QRectF, picture: np.ndarray, frame: QColor | None = None) -> None:
    """Draw a picture with sharp pixels and a frame; smoothed only when reduced."""
    shrinks = target.width() * painter.device().devicePixelRatio() < picture.shape[1]
    if frame is not None:
        painter.fillRect(target.adjusted(-2, -2, 2, 2), frame)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
    painter.drawImage(target, _magnified(picture, target))


def _magnified(picture: np.ndarray, target: QRectF) -> QImage:
    """The picture enlarged by an integer factor, so that no viewer of an SVG smooths it."""
    scale = int(target.width()) // picture.shape[1]
    if scale > 1:
        picture = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    return picture_image(np.ascontiguousarray(picture))


def whole_scale(side: float, pixels: int) -> float:
    """The scale at which `pixels` fit into `side`: an integer if at least 1."""
    return max(1, int(side) // pixels) if side >= pixels else side / pixels


def state_line(
    title: str, count: int, steps: Sequence[int | None], betas: Sequence[float | None], measured: str
) -> str:
    """Data, steps of the weights, β as applied and likelihood in one line, for the caption of a figure.

    Args:
        title, count: of the data; "" without any.
        steps: of the weights, one per pane from left to right; None if there are none.
        betas: β per pane; None for a model without it.
        measured: the likelihood in a few words; "" for none.
    """
    parts = ["Latent Explorer"]
    if title:
        parts.append(f"{title} ({count:,})")
    translate = QCoreApplication.translate
    shown = [None if step is None else translate("export", "step {0}").format(f"{step:,}") for step in steps]
    # A pane without weights has no step, and does not share that of the other.
    parts += _of_panes(shown, shared=None not in shown)
    # If one model has no β, it is clear which model it belongs to.
    parts += _of_panes([None if beta is None else f"β {beta:.4g}" for beta in betas], shared=True)
    if measured:
        parts.append(measured)
    return _SEPARATOR.join(parts)


def _of_panes(texts: Sequence[str | None], *, shared: bool) -> list[str]:
    """Texts of at most two panes: once if equal and `shared`, else with "left" and "right"."""
    known = [text for text in texts if text is not None]
    if len(texts) == 1 or (shared and len(set(known)) == 1):
        return known[:1]
    translate = QCoreApplication.translate
    sides = (translate("export", "left {0}"), translate("export", "right {0}"))
    named = [side.format(text) for side, text in zip(sides, texts, strict=False) if text is not None]
    return [translate("export", ", ").join(named)] if named else []


def caption_lines(text: str, width: float, most: int = 3) -> list[str]:
    """`text` in lines at most `width` wide in small letters, broken between its parts. The last may be wider."""
    metrics = QFontMetricsF(text_font(small=True))
    lines: list[str] = []
    for part in text.split(_SEPARATOR):
        longer = f"{lines[-1]}{_SEPARATOR}{part}" if lines else part
        if lines and len(lines) < most and metrics.horizontalAdvance(longer) > width:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return lines


def write_caption(painter: QPainter, corner: QPointF, lines: Sequence[str], width: float, tokens: Tokens) -> None:
    """Write the lines below a figure from `corner` on."""
    for number, line in enumerate(lines):
        at = corner + QPointF(0, number * LINE)
        write(painter, at, line, text_font(small=True), tokens.text_2, width)
