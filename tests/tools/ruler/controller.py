"""Measures whenever cursor, codes or unit change."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from tests.tools.ruler.state import RulerState


class RulerController(QObject):
    """One subtraction a pane: no thread is needed."""

    def __init__(self, kit: ToolKit, parent: QObject) -> None:
        super().__init__(parent)
        self._panes, self._state = kit.panes, kit.tools[RulerState]
        self._state.unit_changed.connect(self.measure)
        for pane in kit.panes:
            pane.picture_changed.connect(self.measure)
            pane.codes_changed.connect(self.measure)

    @Slot()
    def measure(self) -> None:
        """All panes."""
        found = {pane.index: distance(pane, self._state.unit) for pane in self._panes}
        self._state.set_distances({index: value for index, value in found.items() if value is not None})


def distance(pane: PaneState, unit: str) -> float | None:
    """From the code under the cursor to the mean of all codes; None without them."""
    if pane.code is None or pane.codes is None or pane.codes.codes.shape[1] != len(pane.code):
        return None
    mean = pane.codes.codes.mean(axis=0)
    spread = float(np.sqrt(np.square(pane.codes.codes - mean).sum(axis=1).mean()))
    return float(np.linalg.norm(pane.code - mean)) / (spread if unit == "spread" else 1.0)
