"""All classes of the data as switches that flow in lines."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.state.explorer import ExplorerState
from latent_explorer.views.panes.class_switch import ClassSwitch
from latent_explorer.views.panes.flow_layout import FlowLayout


class ClassSwitches(QWidget):
    """Writes `ExplorerState.greyed`. The classes' points are greyed out, not hidden."""

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self.switches: list[ClassSwitch] = []
        self._flow = FlowLayout(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Classes"))
        explorer.colour_changed.connect(self.refresh)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Other classes."""
        if tuple(switch.text() for switch in self.switches) == labels:
            return
        for switch in self.switches:
            self._flow.removeWidget(switch)
            switch.hide()
            switch.deleteLater()
        self.switches = [ClassSwitch(index, label, self) for index, label in enumerate(labels)]
        for switch in self.switches:
            self._flow.addWidget(switch)
            switch.clicked.connect(self._clicked)
            switch.isolated.connect(self._isolate)
            switch.moved.connect(self._move)
            switch.show()
        self.refresh()
        self.updateGeometry()

    @Slot()
    def refresh(self) -> None:
        """Show which classes are greyed out."""
        for switch in self.switches:
            switch.setChecked(switch.index not in self._explorer.greyed)

    @Slot()
    def show_all(self) -> None:
        """Every class in its colour."""
        self._explorer.set_greyed(frozenset())

    @Slot()
    def _clicked(self) -> None:
        self._explorer.set_greyed(frozenset(s.index for s in self.switches if not s.isChecked()))

    @Slot(int)
    def _isolate(self, index: int) -> None:
        self._explorer.set_greyed(frozenset(s.index for s in self.switches if s.index != index))

    @Slot(int, int)
    def _move(self, index: int, by: int) -> None:
        self.switches[(index + by) % len(self.switches)].setFocus()
