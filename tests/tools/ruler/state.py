"""How far the cursor is from the middle of the codes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState

#: Units of the distance: that of the codes, or the codes' root mean squared distance from their mean.
UNITS = ("codes", "spread")


class RulerState(PanelState):
    """Shared by all panes.

    Attributes:
        unit: one of `UNITS`.
        distances: by pane; none where there is no code.

    Signals:
        unit_changed: `unit` changed.
        measured: `distances` changed.
    """

    unit_changed = Signal()
    measured = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit = "codes"
        self.distances: dict[int, float] = {}

    def set_unit(self, unit: str) -> None:
        """Choose the unit. Raises `ValueError` for one that there is not."""
        if unit not in UNITS:
            raise ValueError(f"unknown unit {unit!r}")
        if unit != self.unit:
            self.unit = unit
            self.unit_changed.emit()

    def set_distances(self, distances: dict[int, float]) -> None:
        """What was measured."""
        if distances != self.distances:
            self.distances = distances
            self.measured.emit()
