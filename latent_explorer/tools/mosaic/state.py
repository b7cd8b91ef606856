"""The decoded mosaics: tiles over the visible planes, as far as they have been decoded."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from latent_explorer.core.pane_pictures import PanePictures


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MosaicPicture:
    """One composite of decoded tiles on a pane's plane.

    Attributes:
        reason: why there are none, "weights" (the model's are missing) or "" if there are.
        pixels: uint8 (H, W, 4), blue, green, red, alpha, the highest row first; alpha is 0 where no tile has been
            decoded yet and 255 elsewhere. Read-only.
        left, top: the plane position of the upper left corner.
        scale: pixels of `pixels` per plane unit.
        pitch: from one tile's middle to the next one's, in plane units.
        tiles: decoded tiles in it.
        complete: whether every tile that can be seen has been decoded.
        number: of the snapshot that decoded them.
    """

    reason: str = ""
    pixels: np.ndarray = field(default_factory=lambda: np.empty((0, 0, 4), np.uint8), repr=False)
    left: float = 0.0
    top: float = 0.0
    scale: float = 1.0
    pitch: float = 0.0
    tiles: int = 0
    complete: bool = False
    number: int = 0


class MosaicState(PanePictures[MosaicPicture]):
    """The newest mosaic of each pane."""
