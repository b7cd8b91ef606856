"""Settings of a film strip, and the reason if there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from latent_explorer.tools.interpolation.state import Stop


class StripSettings(NamedTuple):
    """Settings of a strip.

    Attributes:
        stops, kind, frames, grid: see `InterpolationState`.
        link: between the panes.
        density: measure *Data here* along the path with the pictures, not just when the path rests (20
            dimensions take 10 ms more).
        rests: no training: measure everything after the pictures are shown, also between the frames.
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
