"""The window's language: English, or Simplified Chinese where the system or the settings say so."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from latent_explorer.appearance.stylesheet import application_font
from latent_explorer.core.explorer import LANGUAGES
from latent_explorer.core.settings import Settings

#: Of the translators that are installed from here.
_NAME = "latent-explorer-translator"


def install(application: QApplication, settings: Settings) -> str:
    """Translate what is made from now on as the settings say; returns the language in use."""
    return use(application, settings.text("window/language", "system", LANGUAGES))


def use(application: QApplication, wish: str) -> str:
    """Translate what is made from now on into `wish`, one of `LANGUAGES`; returns the language in use.

    What was translated before stays as it is until somebody makes it anew.
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
    """What Qt's file dialog says and Qt's own Chinese lacks; named here, it is among the program's texts."""
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
    """Write in families of fonts that suit the language in use."""
    application.setFont(application_font(application.font(), language))


def _install(application: QApplication, file: str, folder: str = "") -> None:
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    if translator.load(file, folder):
        application.installTranslator(translator)
    else:
        translator.deleteLater()
