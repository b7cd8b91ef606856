"""The drawing's two fonts and the widths of texts in them, cached, since a drawing has dozens of texts."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from latent_explorer.export.figure import text_font


def lettering(*, bold: bool = False) -> tuple[QFont, QFontMetricsF]:
    """Font and metrics of names (bold), or of other texts (small)."""
    return _of(QGuiApplication.font().key(), bold)


def text_width(text: str, *, bold: bool = False) -> float:
    """In px."""
    return lettering(bold=bold)[1].horizontalAdvance(text)


@lru_cache(maxsize=8)
def _of(application: str, bold: bool) -> tuple[QFont, QFontMetricsF]:
    """`application`: the key of the application's font, which changes with the language."""
    font = text_font(bold=bold, small=not bold)
    return font, QFontMetricsF(font)
