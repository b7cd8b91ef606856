"""The program's line icons, rendered from SVG in the appearance's colours at every scale."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

#: Icon sizes in device pixels: 16 and 24 at scales of 1, 1.5, 2 and 3. Only a few, because all are rendered when a
#: window opens; Qt picks the exact one and sets its scale.
_EDGES = (16, 24, 32, 36, 48, 72)
_APP_EDGES = (16, 24, 32, 48, 64, 128, 256)


@cache
def _source(name: str) -> str:
    return (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon_path(name: str) -> str:
    """Path of an icon for url() in a style sheet: forward slashes on every platform.

    Style sheets need a real file, so the package must be installed unzipped, as every installer does.
    """
    return Path(str(resources.files("resources") / "icons" / f"{name}.svg")).as_posix()


def icon_pixmap(name: str, colour: str, edge: int, scale: float = 1.0) -> QPixmap:
    """Icon `name` in `colour` ("#rrggbb") with side `edge` in logical pixels at device pixel ratio `scale`.

    Stored in Qt's cache, as many buttons have the same icon. Raises `FileNotFoundError` if the icon does not
    exist.
    """
    key = f"icon {name} {colour} {edge} {scale}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(round(edge * scale), round(edge * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    pixmap.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """Icon `name` in `colour`, and in `disabled` (default: a fainter one) while its control is disabled.

    Raises `ValueError` for an icon with fixed colours: it would look the same enabled and disabled.
    """
    if "currentColor" not in _source(name):
        raise ValueError(f"icon {name!r} cannot be tinted")
    tinted = QIcon()
    for edge in _EDGES:
        pixmap = icon_pixmap(name, colour, edge)
        tinted.addPixmap(pixmap, QIcon.Mode.Normal)
        faint = icon_pixmap(name, disabled, edge) if disabled else _faded(pixmap)
        tinted.addPixmap(faint, QIcon.Mode.Disabled)
    return tinted


def app_icon() -> QIcon:
    """The program's icon, in its own colours."""
    own = QIcon()
    for edge in _APP_EDGES:
        own.addPixmap(icon_pixmap("latent-explorer", "", edge))
    return own


def _faded(pixmap: QPixmap) -> QPixmap:
    faded = QPixmap(pixmap.size())
    faded.fill(Qt.GlobalColor.transparent)
    with QPainter(faded) as painter:
        painter.setOpacity(0.4)
        painter.drawPixmap(0, 0, pixmap)
    return faded
