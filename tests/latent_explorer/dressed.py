"""Widgets as the program shows them: with the style sheet of the theme in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from latent_explorer.appearance.stylesheet import application_palette, put_on, stylesheet
from latent_explorer.appearance.theme import theme


@contextmanager
def dressed(appearance: str = "dark") -> Iterator[QApplication]:
    """The application in `appearance`; afterwards as it was."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet, palette = app.styleSheet(), app.palette()
    theme().set_appearance(appearance)
    app.setPalette(application_palette(theme().tokens))
    put_on(app, stylesheet(theme().tokens))
    try:
        yield app
    finally:
        put_on(app, sheet)
        app.setPalette(palette)
        theme().set_appearance("dark")


class ChineseTranslator(QTranslator):
    """Replaces a Chinese translation: every text becomes Chinese of the length such a translation has."""

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        if "{" in source:
            return source
        # A character counts as about two and a half Latin letters.
        return ("训练设置模型数据" * 40)[: max(2, round(len(source) / 2.5))]

    def isEmpty(self) -> bool:
        return False


@contextmanager
def chinese() -> Iterator[None]:
    """Texts made while this lasts are Chinese."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    translator = ChineseTranslator()
    app.installTranslator(translator)
    try:
        yield
    finally:
        app.removeTranslator(translator)
