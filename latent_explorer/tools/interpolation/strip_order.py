"""What a film strip is asked for with, and what is said where there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_explorer.tools.interpolation.state import Stop
from latent_explorer.tools.interpolation.stop_codes import PaneLook


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class StripOrder:
    """All that making a strip needs, taken when it was asked for.

    Attributes:
        pane: whose strip.
        looks: all panes.
        link: between them.
        stops, kind, frames, grid: see `InterpolationState`.
        images: uint8 (N, C, H, W), or None.
        density: measure *Data here* along the path with the pictures, not just when the path rests (20
            dimensions take 10 ms more).
        rests: nothing is training: measure all there is once the pictures are on show, between the frames, too.
        patient: the strip on show has these stops and this kind, so nothing plainer need be shown meanwhile.
    """

    pane: int
    looks: tuple[PaneLook | None, ...]
    link: str
    stops: tuple[Stop, ...]
    kind: str
    frames: int
    grid: bool
    images: np.ndarray | None
    density: bool
    rests: bool
    patient: bool = False


@dataclass(frozen=True, slots=True)
class NoStrip:
    """Why there is none, in a sentence."""

    sentence: str
