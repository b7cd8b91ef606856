"""The current direction: its name, new, delete, reverse."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStyledItemDelegate, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.wheel_guard import WheelGuard
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.directions.words import title


class DirectionBar(QWidget):
    """An editable list of directions; editing renames the direction."""

    def __init__(self, directions: DirectionsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = directions
        self.names = QComboBox()
        WheelGuard(self.names)
        self.names.setObjectName("directionNames")
        self.names.setItemDelegate(QStyledItemDelegate(self.names))
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setCompleter(None)  # type: ignore[arg-type]
        self.names.setAccessibleName(self.tr("Direction; type to rename it"))
        self.names.setToolTip(self.tr("Directions that are kept; type to rename the present one"))
        self.names.setMinimumContentsLength(10)
        self.names.activated.connect(directions.select)
        edit = self.names.lineEdit()
        assert edit is not None
        edit.setObjectName("directionName")
        edit.setAccessibleName(self.names.accessibleName())
        edit.editingFinished.connect(self._rename)
        self.new = self._button("plus", "newDirection", self.tr("Another direction"), directions.add_direction)
        self.delete = self._button(
            "minus", "deleteDirection", self.tr("Delete this direction"), directions.delete_direction
        )
        self.reverse = self._button("loop", "reverseDirection", self.tr("Swap the two groups"), directions.reverse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.names, 1)
        for button in (self.new, self.delete, self.reverse):
            row.addWidget(button)

    def _button(self, icon: str, name: str, text: str, act: object) -> IconButton:
        button = IconButton(icon, text)
        button.setObjectName(name)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        titles = [title(direction, place) for place, direction in enumerate(self._state.directions)]
        if [self.names.itemText(place) for place in range(self.names.count())] != titles:
            self.names.clear()
            self.names.addItems(titles)
        self.names.setCurrentIndex(self._state.current)
        edit = self.names.lineEdit()
        if edit is not None and not edit.isModified() and edit.text() != titles[self._state.current]:
            edit.setText(titles[self._state.current])
        if edit is not None and not edit.hasFocus():
            edit.setCursorPosition(0)  # of a long name the beginning is shown
        groups = self._state.direction
        self.new.setEnabled(len(groups.plus) + len(groups.minus) > 0)
        self.delete.setEnabled(len(titles) > 1 or len(groups.plus) + len(groups.minus) > 0)
        self.reverse.setEnabled(len(groups.plus) + len(groups.minus) > 0)

    @Slot()
    def _rename(self) -> None:
        edit = self.names.lineEdit()
        if edit is not None and edit.isModified():
            edit.setModified(False)
            self._state.rename(edit.text())
            self.refresh()
