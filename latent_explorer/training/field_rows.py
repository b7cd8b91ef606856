"""Rows of a settings panel: a name on the left, its control on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.glossary.terms import refer
from latent_explorer.training.network_field import NetworkField

#: Width of a number and of a choice, in px.
NUMBER_WIDTH = 116
CHOICE_WIDTH = 152
_ROW_HEIGHT = 28


class FieldRows(QWidget):
    """One row per setting. Long names are wrapped, so that controls stay visible.

    Below a field with invalid text is the reason, until it is corrected or discarded.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._rows: dict[QWidget, QWidget] = {}

    def add(
        self,
        text: str,
        control: QWidget,
        object_name: str,
        tip: str = "",
        width: int = NUMBER_WIDTH,
        *,
        term: str = "",
    ) -> None:
        """Add a row; the text also names the control for screen readers. `term`: its key in the glossary."""
        row = QWidget(self)
        row.setMinimumHeight(_ROW_HEIGHT)
        label = PlainLabel(text, row)
        label.setBuddy(control)
        label.setWordWrap(True)
        label.setProperty("role", "field-name")
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        control.setObjectName(object_name)
        control.setAccessibleName(text)
        control.setFixedWidth(width)
        if not control.toolTip():
            control.setToolTip(tip)
        label.setToolTip(control.toolTip())
        if term:
            for widget in (row, label, control):
                refer(widget, term)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(line)
        if isinstance(control, NumberField | NetworkField):
            whole.addWidget(_Refusal(control, row))
        self._column.addWidget(row)
        self._rows[control] = row

    @Slot()
    def drop_refused(self) -> None:
        """Discard invalid text, because the fields belong to something else now."""
        for control in self._rows:
            if isinstance(control, NumberField | NetworkField) and control.invalid():
                control.revert()

    def clear(self) -> None:
        """Remove all rows."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows.clear()

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget as a full row."""
        self._column.addWidget(widget)

    def set_row_visible(self, control: QWidget, visible: bool) -> None:
        """Show or hide a control with its name."""
        self._rows[control].setVisible(visible)


class _Refusal(PlainLabel):
    """A sentence on a field's invalid text; hidden while the text is valid."""

    def __init__(self, field: NumberField | NetworkField, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "refusal")
        self.setWordWrap(True)
        field.tips = False
        field.refused.connect(self._say)
        field.forgiven.connect(self.hide)
        self.hide()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.setText(sentence)
        self.show()
