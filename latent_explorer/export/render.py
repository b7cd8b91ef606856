"""Renders figures to pixels and to SVG."""

from __future__ import annotations

import math
import re
from xml.sax.saxutils import quoteattr

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from latent_explorer.appearance.theme import theme
from latent_explorer.core.export import Figure

#: Font families with Latin, Greek and Chinese letters on other systems.
_FAMILIES = (
    "DejaVu Sans",
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Droid Sans Fallback",
)
#: Generic font names, which some systems report as families.
_GENERIC = ("sans serif", "sans-serif", "sans", "system-ui")


def figure_image(figure: Figure, scale: float) -> QImage:
    """The figure, `scale` pixels for each of the screen's."""
    width, height = figure.size
    image = QImage(math.ceil(width * scale), math.ceil(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    tokens = theme().tokens
    image.fill(QColor(tokens.window))
    with QPainter(image) as painter:
        figure.paint(painter, scale, tokens)
    return image


def image_pixels(image: QImage) -> np.ndarray:
    """uint8 (H, W, 3), a copy."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    height, width = image.height(), image.width()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    pixels = rows[:, : 4 * width].reshape(height, width, 4)
    # RGB32 is in memory as blue, green, red.
    return np.ascontiguousarray(pixels[:, :, 2::-1])


def figure_svg(figure: Figure, scale: float, title: str) -> bytes:
    """The figure as SVG: lines and text as such, the points as one picture with `scale` pixels per unit."""
    width, height = figure.size
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setResolution(96)
    generator.setTitle(title)
    with QPainter(generator) as painter:
        figure.paint(painter, scale, theme().tokens)
    buffer.close()
    # The generator writes millimetres, which viewers convert to pixels differently.
    document = re.sub(
        rb'width="[\d.]+mm" height="[\d.]+mm"', b'width="%d" height="%d"' % (width, height), data.data(), count=1
    )
    return re.sub(rb'font-family="[^"]*"', b"font-family=%s" % quoteattr(_families()).encode(), document)


def _families() -> str:
    """The font families of the figure: the one used here by its real name, then common ones of other systems.

    A system name such as "Sans Serif" or ".AppleSystemUIFont" is no font that another program can find.
    """
    own = QFontInfo(QGuiApplication.font()).family()
    found = dict.fromkeys((*QGuiApplication.font().families(), own, *_FAMILIES))
    known = (name for name in found if name[:1] not in ("", ".") and name.lower() not in _GENERIC)
    return ", ".join([*(f"'{name}'" for name in known if "'" not in name), "sans-serif"])
