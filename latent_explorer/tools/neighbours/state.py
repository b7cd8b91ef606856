"""The neighbours of the picked image: how many, and those that were found, by measure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState

#: Possible numbers of neighbours.
COUNTS = (6, 12, 18, 24)
#: The measure that is not of a pane's codes: those have the index of their pane.
PIXELS = 2
#: Why there are no neighbours: the map has no codes, the picked image is not on it, its code is not finite, there
#: is no other image, the images are not at hand.
REASONS = ("no-map", "not-on-map", "not-finite", "alone", "no-images")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Found:
    """The neighbours by one measure, nearest first.

    Attributes:
        measure: index of the pane whose codes were compared, or `PIXELS`.
        of: the data row of the query.
        rows: int64 (n,), data rows, without `of`.
        distances: float64 (n,), Euclidean: of codes in latent units, of pictures with pixels from 0 to 1.
        among: number of images compared, without `of`.
        left_out: number of images that were not, because their codes are not finite.
        pictures: uint8 (n, H, W, C); None if the images are not available.
        number: of the weights the codes belong to; None for pixels.
        reason: why there are none, one of `REASONS`; "" if there are.
    """

    measure: int
    of: int
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64), repr=False)
    distances: np.ndarray = field(default_factory=lambda: np.empty(0), repr=False)
    among: int = 0
    left_out: int = 0
    pictures: np.ndarray | None = field(default=None, repr=False)
    number: int | None = None
    reason: str = ""


class NeighboursState(PanelState):
    """Setting an equal value emits nothing.

    Signals:
        count_changed: `count` changed.
        found_changed: `found` changed.
    """

    count_changed = Signal()
    found_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Number of neighbours for each measure.
        self.count = 12
        #: What was found last, by measure.
        self.found: dict[int, Found] = {}

    def set_count(self, count: int) -> None:
        """Set the number of neighbours. Raises `ValueError` unless it is one of `COUNTS`."""
        if count not in COUNTS:
            raise ValueError(f"{count} neighbours cannot be looked for")
        if count != self.count:
            self.count = count
            self.count_changed.emit()

    def set_found(self, found: Found) -> None:
        """Set the neighbours of one measure."""
        self.found = {**self.found, found.measure: found}
        self.found_changed.emit()

    def forget(self) -> None:
        """Remove all neighbours."""
        if self.found:
            self.found = {}
            self.found_changed.emit()
