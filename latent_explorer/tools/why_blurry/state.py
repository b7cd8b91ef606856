"""Why blurry: the average of the data at each cursor."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState

#: Why there is no average: codes are points, σ are missing, there are no images or of another size, none of them
#: was trained on, no code is a finite number, or that under the cursor is not.
REASONS = ("point", "sigmas", "images", "shape", "untrained", "finite")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Averaged:
    """The result at one code of a pane.

    Attributes:
        reason: why there is no average, one of `REASONS`, or "".
        decoded: uint8 (H, W, C), the mean picture of p(x|z) there.
        average: uint8 (H, W, C).
        error: mean squared difference of the two, black 0 and white 1; NaN without an average.
        effective: effective number of averaged images.
        among: number of training images on the map, all of which are weighted.
        rows, weights, pictures: int64 (k,), float64 (k,) and uint8 (k, H, W, C), of the largest weights.
        far: whether no posterior reaches the code.
        number: of the weights.
    """

    reason: str = ""
    decoded: np.ndarray | None = field(default=None, repr=False)
    average: np.ndarray | None = field(default=None, repr=False)
    error: float = np.nan
    effective: float = np.nan
    among: int = 0
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64), repr=False)
    weights: np.ndarray = field(default_factory=lambda: np.empty(0), repr=False)
    pictures: np.ndarray | None = field(default=None, repr=False)
    far: bool = False
    number: int = 0


class WhyBlurryState(PanelState):
    """Setting an equal value emits nothing.

    Signals:
        averaged_changed(int): the average of this pane changed.
    """

    averaged_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._averaged: dict[int, Averaged] = {}

    def averaged(self, pane: int) -> Averaged | None:
        """The newest average of a pane."""
        return self._averaged.get(pane)

    def set_averaged(self, pane: int, averaged: Averaged | None) -> None:
        """Set or remove an average."""
        if averaged is self._averaged.get(pane):
            return
        if averaged is None:
            del self._averaged[pane]
        else:
            self._averaged[pane] = averaged
        self.averaged_changed.emit(pane)
