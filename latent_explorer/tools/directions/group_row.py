"""One of the two groups: what is in it, and the ways to fill it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.name_filter import add_names
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.directions.state import DirectionsState, Group
from latent_explorer.tools.directions.words import group_text
from latent_explorer.words.plain_text import menu_text


class ClassMenu(MenuButton):
    """Puts all images of a class into the group."""

    def __init__(self, which: int, explorer: ExplorerState, directions: DirectionsState) -> None:
        super().__init__()
        self._which = which
        self._explorer = explorer
        self._state = directions
        self.set_name(self.tr("Add a class to the group"))
        self.set_text(self.tr("Add a class"))

    def fill_menu(self, menu: QMenu) -> None:
        data = self._explorer.data
        names = () if data is None or data.labels is None else data.label_names
        if not names:
            menu.addAction(self.tr("These images have no classes")).setEnabled(False)

        def make(label: int) -> QAction:
            action = QAction(menu_text(names[label]), menu)
            action.setObjectName(f"class-{label}")
            action.triggered.connect(lambda: self.add_class(label))
            return action

        add_names(menu, names, self.tr("Find a class"), make)

    def add_class(self, label: int) -> None:
        """All images of this class."""
        data = self._explorer.data
        if data is not None and data.labels is not None:
            rows = np.flatnonzero(data.labels == label)
            self._state.add_rows(self._which, rows, data.label_names[label])


class GroupRow(QWidget):
    """Sign, contents, class menu, picked image, clear."""

    def __init__(
        self, which: int, explorer: ExplorerState, directions: DirectionsState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._which = which
        self._explorer = explorer
        self._state = directions
        sign = "−" if which else "+"
        self.sign = QPushButton(sign)
        self.sign.setObjectName(f"groupSign{which}")
        self.sign.setCheckable(True)
        self.sign.setFixedWidth(30)
        self.sign.setProperty("shape", "icon")
        self.sign.setStyleSheet("padding: 2px 0;")
        name = self.tr("Fill group {sign} with the lasso and the keyboard").format(sign=sign)
        self.sign.setAccessibleName(name)
        self.sign.setToolTip(name)
        self.sign.clicked.connect(self._activate)
        self.contents = ElidedLabel()
        refer(self.contents, "group")
        self.contents.setObjectName(f"groupContents{which}")
        self.contents.setProperty("role", "caption")
        self.classes = ClassMenu(which, explorer, directions)
        self.classes.setObjectName(f"groupClasses{which}")
        self.add = IconButton(
            "plus", self.tr("Add the picked image (or Insert on the map: the one under the pointer)")
        )
        self.add.setObjectName(f"groupAdd{which}")
        self.add.clicked.connect(self._add_picked)
        self.clear = IconButton("clear", self.tr("Empty the group"))
        self.clear.setObjectName(f"groupClear{which}")
        self.clear.clicked.connect(lambda: directions.set_group(which, Group()))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.sign)
        row.addWidget(self.classes, 1)
        for button in (self.add, self.clear):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self.contents)

    @Slot()
    def refresh(self) -> None:
        """Show what state says."""
        group = self._state.direction.group(self._which)
        self.sign.setChecked(self._state.active == self._which)
        self.contents.setText(group_text(group))
        self.clear.setEnabled(len(group) > 0)
        self.add.setEnabled(self._explorer.picked is not None)

    @Slot()
    def _activate(self) -> None:
        self._state.set_active(self._which)
        self.sign.setChecked(True)

    @Slot()
    def _add_picked(self) -> None:
        if self._explorer.picked is not None:
            self._state.add_rows(self._which, [self._explorer.picked], self.tr("by hand"))
