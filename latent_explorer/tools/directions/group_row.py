"""One of the two groups: its contents, and the ways to fill it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.panes.class_menu import ClassMenu
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.directions.state import DirectionsState, Group
from latent_explorer.tools.directions.words import group_text


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
        translate = QCoreApplication.translate
        self.classes = ClassMenu(
            explorer, translate("ClassMenu", "Add a class to the group"), translate("ClassMenu", "Add a class")
        )
        self.classes.chosen.connect(lambda rows, name: directions.add_rows(which, rows, name))
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
        """Update from state."""
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
