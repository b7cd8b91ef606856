"""Rows of a settings panel: a name on the left, its control on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from latent_explorer.views.controls.wheel_guard import WheelGuard

#: Narrowest control, in px: all of a panel line up.
FIELD_WIDTH = 118
_ROW_HEIGHT = 28


class FieldGrid(QWidget):
    """Two columns. Names break into lines rather than push the controls out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._guard = WheelGuard(self)
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, text: str, control: QWidget, object_name: str, tip: str = "") -> None:
        """Add a row; the text also names the control for screen readers."""
        row = self._grid.rowCount()
        label = QLabel(text, self)
        label.setBuddy(control)
        label.setWordWrap(True)
        label.setProperty("role", "field-name")
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setToolTip(tip)
        control.setObjectName(object_name)
        control.setAccessibleName(text)
        control.setFixedWidth(FIELD_WIDTH)
        if not control.toolTip():
            control.setToolTip(tip)
        self._guard.guard(control)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._grid.setRowMinimumHeight(row, _ROW_HEIGHT)
        self._labels[control] = label

    def add_wide(self, widget: QWidget) -> None:
        """Add a row that takes both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def set_row_visible(self, control: QWidget, visible: bool) -> None:
        """Show or hide a control with its name."""
        control.setVisible(visible)
        self._labels[control].setVisible(visible)
        row = self._grid.getItemPosition(self._grid.indexOf(control))[0]  # type: ignore[index]
        self._grid.setRowMinimumHeight(row, _ROW_HEIGHT if visible else 0)
