"""The window's language: English, or Simplified Chinese where the system or the settings say so."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from latent_explorer.core.explorer import LANGUAGES
from latent_explorer.core.settings import Settings


def install(application: QApplication, settings: Settings) -> str:
    """Translate what is made from now on; returns the language in use."""
    wish = settings.text("window/language", "system", LANGUAGES)
    locale = QLocale.system() if wish == "system" else QLocale(wish)
    if locale.language() != QLocale.Language.Chinese:
        return "en"
    with as_file(files("resources") / "translations" / "latent_explorer_zh_CN.qm") as file:
        ours = QTranslator(application)
        if ours.load(str(file)):
            application.installTranslator(ours)
    qt = QTranslator(application)
    if qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
    return "zh_CN"
