"""The state of the drawing of the models."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState
from trainer.reports import Snapshot

#: Source of the drawn code: the picked image (else the one nearest to the cursor), or the cursor.
SOURCES = ("image", "cursor")
#: Codes drawn from one image's posterior.
DRAWS = 12
MOST_SEED = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingSettings:
    """Settings of the drawing.

    Attributes:
        source: one of `SOURCES`.
        zero: whether ε is 0, so that z is the posterior mean; otherwise it is drawn.
        seed: of ε.
        draws: whether pictures of several z are shown instead of the network.
    """

    source: str = "image"
    zero: bool = False
    seed: int = 0
    draws: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Activation:
    """The output of one hidden layer. values: float32 (units,) or (channels, side, side)."""

    name: str
    values: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Flow:
    """The path of one image through one model; arrays are read-only.

    Attributes:
        snapshot: the weights.
        row: the data row; None for the code under the cursor.
        image: uint8 (H, W, C), what is encoded; None if it is not available, and for the cursor.
        layers_known: whether the hidden layers are those of the network that the program describes.
        encoder, decoder: hidden layers in the order of computation, after their ReLUs; () where there is none.
        mean, spread: μ and σ of q(z|x), float32 (d,); None for a code that is a point, and for the cursor.
        noise: ε, multiplied by σ, float32 (d,), in the shape of the posterior. None if `mean` is None.
        code: z, float32 (d,).
        reach: value at which a bar of a code is full: at least 3, or nearly the largest of the codes on the map.
        picture: uint8 (H, W, C), decoded from z.
        reconstruction: −ln p(x|z) in nats; None where it is not known.
        squared_error: mean over the image's values; None without the image.
        kl: KL(q(z|x) || p(z)) in nats; None without a posterior or a prior.
        kl_error: its standard error where it is estimated from draws; else None.
    """

    snapshot: Snapshot = field(repr=False)
    row: int | None
    image: np.ndarray | None = field(default=None, repr=False)
    layers_known: bool = True
    encoder: tuple[Activation, ...] = ()
    mean: np.ndarray | None = None
    spread: np.ndarray | None = None
    noise: np.ndarray | None = None
    code: np.ndarray
    reach: float = 3.0
    decoder: tuple[Activation, ...] = ()
    picture: np.ndarray = field(repr=False)
    reconstruction: float | None = None
    squared_error: float | None = None
    kl: float | None = None
    kl_error: float | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Draws:
    """Pictures of codes drawn from one image's posterior.

    Attributes:
        snapshot, row: the weights and the data row.
        image: uint8 (H, W, C); None if it is not available.
        mean: float32 (d,), μ or the code that is a point.
        picture: uint8 (H, W, C), μ decoded.
        codes: float32 (n, d), the draws; (0, d) for a code that is a point.
        pictures: uint8 (n, H, W, C), the draws decoded.
        spread: mean squared difference of two draws' pictures per value, over all pairs; 0 for a point.
    """

    snapshot: Snapshot = field(repr=False)
    row: int
    image: np.ndarray | None = field(default=None, repr=False)
    mean: np.ndarray
    picture: np.ndarray = field(repr=False)
    codes: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)
    spread: float


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The result of one pane. reason: why there is none: "", "no-image", "not-finite" or "no-cursor"."""

    flow: Flow | None = None
    draws: Draws | None = None
    reason: str = ""


class DrawingState(PanelState):
    """Setting an equal value emits nothing.

    Attributes:
        settings: the present settings.
        drawn: one entry a pane, None before the first.

    Signals:
        settings_changed: `settings` changed.
        drawn_changed: `drawn` has new ones.
    """

    settings_changed = Signal()
    drawn_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = DrawingSettings()
        self.drawn: list[Drawn | None] = [None, None]

    def set_settings(self, settings: DrawingSettings) -> None:
        """Set the settings. Raises `ValueError` for invalid ones."""
        if settings.source not in SOURCES:
            raise ValueError(f"unknown source {settings.source!r}")
        if not 0 <= settings.seed <= MOST_SEED:
            raise ValueError(f"no seed: {settings.seed}")
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit()

    def change(self, **what: Any) -> None:
        """Change some of the settings."""
        self.set_settings(replace(self.settings, **what))

    def new_noise(self) -> None:
        """Draw another ε."""
        self.change(seed=(self.settings.seed + 1) % (MOST_SEED + 1), zero=False)

    def set_drawn(self, drawn: dict[int, Drawn | None]) -> None:
        """Set the results of all panes."""
        if any(one is not self.drawn[index] for index, one in drawn.items()):
            for index, one in drawn.items():
                self.drawn[index] = one
            self.drawn_changed.emit()

    def flow(self, pane: int) -> Flow | None:
        """The path through a pane's model, if it is shown."""
        drawn = self.drawn[pane]
        return None if drawn is None or self.settings.draws else drawn.flow

    def draws(self, pane: int) -> Draws | None:
        """The draws of a pane's posterior, if they are shown."""
        drawn = self.drawn[pane]
        return drawn.draws if drawn is not None and self.settings.draws else None
