"""Measures at the cursors: data here, looks real, round trip, and the place in the prior."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from trainer.metrics.conformal import ALARM, POWER, UNLIKE, needed
from trainer.prior_place import PriorPlace
from trainer.priors.gaussian import StandardNormal

#: Reasons why something cannot be measured, which views translate to text. "": it can.
REASONS = (
    "",
    "codes",  # fewer than two finite codes
    "same",  # all codes are the same
    "large",  # codes too large for distances between them
    "sigmas",  # a model with a posterior whose σ are missing
    "images",  # the data set's images are missing
    "preparing",  # the data set's images are being looked at
    "few",  # too few images to separate real pictures from others
    "alike",  # all images look the same
    "shape",  # images of another size than the model's
    "finite",  # the code, or its picture, is not a finite number
    "weights",  # the model's weights are missing
    "geometry",  # the decoder's derivative is 0, or not a finite number, at all images
    "failed",  # an error, which was shown
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeterReading:
    """Measures at one code. NaN with a reason if not available.

    The three p-values are conformal (`trainer.metrics.conformal`): the share of images at least as unusual
    as the cursor's; more is better.

    Attributes:
        code: float32 (d,), the measured code.
        here: p of the place among the data (`CodeDensity.p`).
        here_of: images held back that `here` compares with.
        here_reason: one of `REASONS`.
        log_ratio: log density per dimension relative to a typical image's (`CodeDensity.log_ratio`).
        neighbours, images: the density is that of the `neighbours`-th nearest of `images` codes.
        drawn: whether these codes are draws of q(z|x).
        real: p of the picture among real ones (`LooksReal.p`).
        real_of: images held back that `real` compares with.
        powers: (kind, share detected) of the pictures known to be bad.
        real_reason: one of `REASONS`.
        trip: |E(D(z)) - z| in code units.
        back: p of its length among the round trips of images.
        back_of: images whose trips `back` compares with.
        spread: root mean squared distance of the codes from their mean.
        trip_reason: one of `REASONS`.
        prior: the code's place in the model's prior; None for a model without one.
        prior_formula: of that prior.
        number: of the snapshot that decoded and encoded.
    """

    code: np.ndarray = field(repr=False)
    here: float = np.nan
    here_of: int = 0
    here_reason: str = ""
    log_ratio: float = np.nan
    neighbours: int = 0
    images: int = 0
    drawn: bool = False
    real: float = np.nan
    real_of: int = 0
    powers: tuple[tuple[str, float], ...] = ()
    real_reason: str = ""
    trip: float = np.nan
    back: float = np.nan
    back_of: int = 0
    spread: float = np.nan
    trip_reason: str = ""
    prior: PriorPlace | None = None
    prior_formula: str = StandardNormal.formula
    number: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough images for `here` to become as small as the alarm."""
        return self.here_of >= needed()

    @property
    def unlike(self) -> bool:
        """Whether the picture differs from real ones."""
        return self.real <= UNLIKE

    @property
    def has_power(self) -> bool:
        """Whether the test detects enough bad pictures for one that passes to look real."""
        return bool(self.powers) and min(share for _, share in self.powers) >= POWER

    @property
    def verdict(self) -> str:
        """The verdict of all figures; one of the keys of `words`."""
        if self.here_reason:
            return self.here_reason
        if not np.isfinite(self.here):
            return "finite"
        if not self.enough:
            return "untold"
        if self.here <= ALARM:
            return "none"
        if self.unlike:
            return "unlike"
        return "elsewhere" if self.back <= ALARM else "inside"


class MeterState(QObject):
    """The newest reading of each pane. Written by a controller.

    Signals:
        reading_changed(int): the reading of this pane changed.
    """

    reading_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readings: dict[int, MeterReading] = {}

    def reading(self, pane: int) -> MeterReading | None:
        """The last reading of pane `pane`; None if there is none."""
        return self._readings.get(pane)

    def set_reading(self, pane: int, reading: MeterReading | None) -> None:
        """Set or remove a reading."""
        if reading is self._readings.get(pane):
            return
        if reading is None:
            del self._readings[pane]
        else:
            self._readings[pane] = reading
        self.reading_changed.emit(pane)
