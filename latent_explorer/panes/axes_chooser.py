"""A small popup to choose any two latent dimensions as the map's axes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import THROUGH_ROWS, PaneState

#: Width of a number field in px.
_WIDTH = 64


class AxesChooser(QFrame):
    """Two numbers, across and up, counted from 1; a choice takes effect immediately. Esc closes."""

    def __init__(self, pane: PaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._pane = pane
        self.setObjectName("axesChooser")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        latent = pane.model.config.latent if pane.model is not None else 2
        first, second = _present(pane.axes)
        self.across = self._box("axisAcross", self.tr("Dimension across"), latent, first)
        self.up = self._box("axisUp", self.tr("Dimension up"), latent, second)
        swap = QPushButton("⇄")
        swap.setObjectName("swapAxes")
        swap.setAccessibleName(self.tr("Swap the two axes"))
        swap.setToolTip(self.tr("Swap the two axes"))
        swap.clicked.connect(self._swap)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Across")))
        row.addWidget(self.across)
        row.addWidget(swap)
        row.addWidget(PlainLabel(self.tr("Up")))
        row.addWidget(self.up)
        self.across.setFocus()

    def _box(self, name: str, accessible: str, latent: int, value: int) -> NumberField:
        words = {f"z{number}": float(number) for number in range(1, latent + 1)}
        box = NumberField(self, least=1, most=latent, whole=True, step=1, words=words)
        box.setObjectName(name)
        box.setAccessibleName(accessible)
        box.setFixedWidth(_WIDTH)
        box.set_number(value + 1)
        box.committed.connect(self._apply)
        return box

    @Slot()
    def _apply(self) -> None:
        first, second = int(self.across.number()) - 1, int(self.up.number()) - 1
        if first != second:
            self._pane.set_axes(f"{first},{second}")

    @Slot()
    def _swap(self) -> None:
        first, second = self.across.number(), self.up.number()
        self.across.set_number(second)
        self.up.set_number(first)
        self._apply()


def _present(axes: str) -> tuple[int, int]:
    """The two dimensions of `PaneState.axes`, counted from 0; the first two for planes that are not raw."""
    first, comma, second = axes.partition(",")
    return (int(first), int(second)) if comma and not axes.startswith(THROUGH_ROWS) else (0, 1)
