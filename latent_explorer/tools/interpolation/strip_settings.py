"""What a film strip is to be, and what is said where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from latent_explorer.tools.interpolation.state import Stop


class StripSettings(NamedTuple):
    """What a strip is to be.

    Attributes:
        stops, kind, frames, grid: see `InterpolationState`.
        link: between the panes.
        density: measure *Data here* along the path with the pictures, not just when the path rests (20
            dimensions take 10 ms more).
        rests: nothing is training: measure all there is once the pictures are on show, between the frames, too.
    """

    stops: tuple[Stop, ...]
    kind: str
    frames: int
    grid: bool
    link: str
    density: bool
    rests: bool


@dataclass(frozen=True, slots=True)
class NoStrip:
    """Why there is none, in a sentence."""

    sentence: str
