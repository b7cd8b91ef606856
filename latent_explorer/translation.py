"""The window's language: English, or Simplified Chinese by the system or the settings."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from latent_explorer.appearance.stylesheet import application_font
from latent_explorer.core.explorer import LANGUAGES
from latent_explorer.core.settings import Settings

#: Name of the translators installed here.
_NAME = "latent-explorer-translator"


def install(application: QApplication, settings: Settings) -> str:
    """Set the language by the settings, for objects created from now on; returns the language in use."""
    return use(application, settings.text("window/language", "system", LANGUAGES))


def use(application: QApplication, wish: str) -> str:
    """Set the language `wish`, one of `LANGUAGES`, for objects created from now on; returns the language in use.

    Existing texts are unchanged until they are created again.
    """
    for former in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(former)
        former.setObjectName("")
        former.deleteLater()
    locale = QLocale.system() if wish == "system" else QLocale(wish)
    if locale.language() != QLocale.Language.Chinese:
        return "en"
    with as_file(files("resources") / "translations" / "latent_explorer_zh_CN.qm") as file:
        _install(application, str(file))
    _install(application, "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return "zh_CN"


def texts_of_qt() -> tuple[str, ...]:
    """Texts of Qt's file dialog without a Chinese translation in Qt, listed here to be translated by the
    program.
    """
    translate = QCoreApplication.translate
    return (
        translate("QFileDialog", "&Look in:"),
        translate("QFileDialog", "Files of &type:"),
        translate("QAbstractFileIconProvider", "Drive"),
        translate("QAbstractFileIconProvider", "Folder"),
        translate("QAbstractFileIconProvider", "File"),
        translate("QAbstractFileIconProvider", "%1 File"),
        translate("QAbstractFileIconProvider", "Unknown"),
    )


def in_use(application: QApplication) -> str:
    """The language in use."""
    return "zh_CN" if application.findChildren(QTranslator, _NAME) else "en"


def wear(application: QApplication, language: str) -> None:
    """Set font families for the language in use."""
    application.setFont(application_font(application.font(), language))


def _install(application: QApplication, file: str, folder: str = "") -> None:
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    if translator.load(file, folder):
        application.installTranslator(translator)
    else:
        translator.deleteLater()
