"""The Help menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.tool import Tool
from latent_explorer.dialogs.about import show_about
from latent_explorer.dialogs.glossary import Glossary
from latent_explorer.dialogs.shortcuts import show_shortcuts


class HelpMenu(QMenu):
    """The tour, the glossary, shortcuts, the log, about."""

    def __init__(
        self, tools: Sequence[Tool], log_file: Path | None, take_tour: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.terms = Glossary(parent)
        self.setTitle(self.tr("&Help"))
        self.setObjectName("help-menu")
        self.tour = self.addAction(self.tr("Take the &tour"))
        self.tour.setObjectName("take-tour")
        self.tour.triggered.connect(take_tour)
        self.glossary = self.addAction(self.tr("&Glossary"))
        self.glossary.setObjectName("show-glossary")
        self.glossary.setShortcut(QKeySequence("Ctrl+F1"))
        self.glossary.triggered.connect(lambda: self.terms.open())
        self.what = self.addAction(self.tr("&What is this number?"))
        self.what.setObjectName("what-is-this")
        self.what.setShortcut(QKeySequence("Shift+F1"))
        self.what.triggered.connect(self.terms.ask)
        self.addSeparator()
        self.shortcuts = self.addAction(self.tr("&Keyboard and mouse"))
        self.shortcuts.setObjectName("show-shortcuts")
        self.shortcuts.setShortcut(QKeySequence("F1"))
        self.shortcuts.triggered.connect(lambda: show_shortcuts(tools, self.parentWidget()))
        self.log = self.addAction(self.tr("Open the &log"))
        self.log.setObjectName("open-log")
        self.log.setEnabled(log_file is not None)
        if log_file is not None:
            self.log.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file))))
        self.about = self.addAction(self.tr("&About Latent Explorer"))
        self.about.setObjectName("about")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.about.triggered.connect(lambda: show_about(self.parentWidget()))
