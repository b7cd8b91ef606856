"""The Help menu."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.tool import Tool
from latent_explorer.dialogs.about import show_about
from latent_explorer.dialogs.shortcuts import show_shortcuts


class HelpMenu(QMenu):
    """Shortcuts, the log, about."""

    def __init__(self, tools: Sequence[Tool], log_file: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Help"))
        self.setObjectName("help-menu")
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
