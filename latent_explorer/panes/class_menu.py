"""A menu of the data's classes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.name_filter import add_names
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.words.plain_text import menu_text


class ClassMenu(MenuButton):
    """Chooses all images of a class.

    Signals:
        chosen(object, str): the rows of the class, int64 (n,), and its name.
    """

    chosen = Signal(object, str)

    def __init__(self, explorer: ExplorerState, name: str, text: str) -> None:
        """`name`: its accessible name. `text`: on the button."""
        super().__init__()
        self._explorer = explorer
        self.set_name(name)
        self.set_text(text)

    def fill_menu(self, menu: QMenu) -> None:
        data = self._explorer.data
        names = () if data is None or data.labels is None else data.label_names
        if not names:
            menu.addAction(self.tr("These images have no classes")).setEnabled(False)

        def make(label: int) -> QAction:
            action = QAction(menu_text(names[label]), menu)
            action.setObjectName(f"class-{label}")
            action.triggered.connect(lambda: self.select(label))
            return action

        add_names(menu, names, self.tr("Find a class"), make)

    def select(self, label: int) -> None:
        """Choose this class."""
        data = self._explorer.data
        if data is not None and data.labels is not None:
            self.chosen.emit(np.flatnonzero(data.labels == label), data.label_names[label])
