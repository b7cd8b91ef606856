"""What is measured at the cursors: data density, distance to real pictures, round trip."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from trainer.metrics.holes import ONE_SIDED, two_sided

#: Why something cannot be measured, for views to put into words. "": it can.
REASONS = (
    "",
    "codes",  # fewer than two finite codes
    "same",  # all codes are the same
    "large",  # codes too large for distances between them
    "images",  # the data set's images are not at hand
    "few",  # fewer than two images
    "alike",  # all images look the same
    "shape",  # images of another size than the model's
    "finite",  # the code, or what comes of it, is not a finite number
    "weights",  # the model's weights are not at hand
    "geometry",  # the decoder's derivative is 0, or not a finite number, at all images
    "failed",  # an error, which was told
)

#: A place that at most this share of images is as unusual as: no data there, or next to none.
NO_DATA = 0.005
FEW_DATA = 0.05
#: A picture, or a round trip, beyond what all but this share of real images have.
UNUSUAL = 0.01


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeterReading:
    """Measured at one code. NaN where a reason says why.

    Attributes:
        code: float32 (d,), what was measured.
        typicality: share of images in places as sparse, or sparser (`CodeDensity.typicality`).
        log_ratio: log density a dimension over a typical image's (`CodeDensity.log_ratio`).
        density_reason: one of `REASONS`.
        neighbours, images: the density is that of the `neighbours`-th nearest of `images` codes.
        distance: of the picture to real ones, over real ones' to each other (`PictureDistance.of`).
        farther: share of real images as far from the others, or farther.
        distance_reason: one of `REASONS`.
        trip: |E(D(z)) - z| in code units.
        longer: share of images whose code comes back as far from itself, or farther.
        spread: root mean squared distance of the codes from their mean.
        trip_reason: one of `REASONS`.
        outside: share of the prior N(0, I) that lies farther from its middle; NaN for a model without a prior.
        number: of the snapshot that decoded and encoded.
    """

    code: np.ndarray = field(repr=False)
    typicality: float = np.nan
    log_ratio: float = np.nan
    density_reason: str = ""
    neighbours: int = 0
    images: int = 0
    distance: float = np.nan
    farther: float = np.nan
    distance_reason: str = ""
    trip: float = np.nan
    longer: float = np.nan
    spread: float = np.nan
    trip_reason: str = ""
    outside: float = np.nan
    number: int = 0

    @property
    def both_sides(self) -> bool:
        """Whether places denser than at images are as unusual as sparser ones."""
        return len(self.code) > ONE_SIDED

    @property
    def share(self) -> float:
        """Share of images in places as unusual as this one: as sparse, or on `both_sides` as dense."""
        return float(two_sided(np.array(self.typicality))) if self.both_sides else self.typicality

    @property
    def verdict(self) -> str:
        """What the figures say together; one of the keys that `views/hole_words.py` puts into words."""
        if self.density_reason:
            return self.density_reason
        if not np.isfinite(self.typicality):
            return "finite"
        if self.typicality < NO_DATA:
            return "none"
        if self.typicality < FEW_DATA:
            return "sparse"
        if self.both_sides and 1 - self.typicality < FEW_DATA:
            return "midst" if 1 - self.typicality < NO_DATA else "deep"
        if self.farther < UNUSUAL:
            return "unlike"
        if self.longer < UNUSUAL:
            return "elsewhere"
        return "inside"


class MeterState(QObject):
    """The newest reading of each pane. Written by a controller.

    Signals:
        reading_changed(int): the pane of this index has another reading, or none.
    """

    reading_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readings: dict[int, MeterReading] = {}

    def reading(self, pane: int) -> MeterReading | None:
        """What was measured last under the cursor of pane `pane`; None if nothing was."""
        return self._readings.get(pane)

    def set_reading(self, pane: int, reading: MeterReading | None) -> None:
        """A new reading, or none."""
        if reading is self._readings.get(pane):
            return
        if reading is None:
            del self._readings[pane]
        else:
            self._readings[pane] = reading
        self.reading_changed.emit(pane)
