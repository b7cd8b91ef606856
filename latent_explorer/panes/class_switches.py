"""Classes of the data as switches that flow in lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.flow_layout import FlowLayout
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.panes.class_switch import ClassSwitch


class ClassSwitches(QWidget):
    """Writes `ExplorerState.greyed`. The classes' points are greyed out, not hidden."""

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._labels: Sequence[str] = ()
        #: Visible switches; more may exist.
        self.switches: list[ClassSwitch] = []
        self._made: list[ClassSwitch] = []
        self._flow = FlowLayout(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Classes"))
        explorer.colour_changed.connect(self.refresh)

    def show_classes(self, labels: Sequence[str], places: Sequence[int]) -> None:
        """Show switches for those of all classes `labels` whose indices are in `places`."""
        if self._labels is labels and [switch.index for switch in self.switches] == list(places):
            return
        self._labels = labels
        # Otherwise Qt would repeat the layout for each switch shown.
        self._flow.setEnabled(False)
        while len(self._made) < len(places):
            self._made.append(self._make())
        self.switches = self._made[: len(places)]
        for switch, place in zip(self.switches, places, strict=True):
            switch.set_class(place, labels[place])
        for number, switch in enumerate(self._made):
            switch.setVisible(number < len(places))
        self.refresh()
        self._flow.setEnabled(True)
        self._flow.invalidate()
        self.updateGeometry()

    def _make(self) -> ClassSwitch:
        switch = ClassSwitch(self)
        self._flow.addWidget(switch)
        switch.clicked.connect(self._clicked)
        switch.isolated.connect(self._isolate)
        switch.moved.connect(self._move)
        return switch

    @Slot()
    def refresh(self) -> None:
        """Show which classes are greyed out."""
        for switch in self.switches:
            switch.setChecked(switch.index not in self._explorer.greyed)

    @Slot()
    def focus_first(self) -> None:
        """Move the focus to the first switch."""
        if self.switches:
            self.switches[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_all(self) -> None:
        """Show every class in its colour."""
        self._explorer.set_greyed(frozenset())

    @Slot()
    def _clicked(self) -> None:
        # Classes without a visible switch are unchanged.
        shown = {switch.index for switch in self.switches}
        grey = {switch.index for switch in self.switches if not switch.isChecked()}
        self._explorer.set_greyed((self._explorer.greyed - shown) | grey)

    @Slot(int)
    def _isolate(self, index: int) -> None:
        self._explorer.set_greyed(frozenset(range(len(self._labels))) - {index})

    @Slot(int, int)
    def _move(self, index: int, by: int) -> None:
        places = [switch.index for switch in self.switches]
        self.switches[(places.index(index) + by) % len(places)].setFocus()
