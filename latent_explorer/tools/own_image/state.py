"""The user's own image, encoded by both models."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from trainer.config import FITS
from trainer.reports import Snapshot

#: Widths of the pen, in pixels of the models' images.
PEN_WIDTHS = (0.5, 8.0)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line drawn without lifting the pen.

    Attributes:
        points: (x, y) as shares of the pad's width and height, in order.
        width: in pixels of the models' images.
        colour: (red, green, blue), 0 to 255; None is the one of most contrast to the data's background.
    """

    points: tuple[tuple[float, float], ...]
    width: float
    colour: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class OwnSource:
    """The image as it came.

    Attributes:
        kind: "file", "clipboard" or "drawn".
        name: of the file; "" for the others.
        pixels: uint8 (H, W, 1) or (H, W, 3), read-only.
        of: pictures in the file, of which this is the first.
    """

    kind: str
    name: str
    pixels: np.ndarray = field(repr=False)
    of: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """How it is brought to the models' shape.

    Attributes:
        fit: "crop", "pad" or "stretch" (files and pasted images; a drawing has the right shape already).
        invert: show the negative; None where the data suggest it.
        centre: what is on plain paper is fitted into a box and centred by mass, as in MNIST.
    """

    fit: str = "crop"
    invert: bool | None = None
    centre: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Encoded:
    """What one model makes of the image.

    Attributes:
        snapshot: the weights.
        seen: uint8 (H, W, C), what the model was shown.
        inverted: whether that is the negative of what came.
        code: float32 (d,), z or μ.
        spread: σ of q(z|x), float32 (d,); None for a model without a posterior.
        picture: uint8 (H, W, C), the reconstruction.
        loss: reconstruction loss of this code, without sampling, in nats; None where it is not known.
        squared_error: mean over the values of the image, which lie in [0, 1].
        remark: "" or what limits all this: "constant" (the image has one value throughout), "collapsed" (no
            latent dimension says anything about images), "not-finite" (the model gives no number).
    """

    snapshot: Snapshot
    seen: np.ndarray = field(repr=False)
    inverted: bool
    code: np.ndarray = field(repr=False)
    spread: np.ndarray | None = field(default=None, repr=False)
    picture: np.ndarray = field(repr=False)
    loss: float | None
    squared_error: float
    remark: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Refined:
    """The code while gradient steps improve it.

    Attributes:
        snapshot: the weights.
        track: float32 (k, d): codes from the encoder's to the best so far.
        errors: float64 (k,): after each step, what the steps lower: the loss in nats if `in_nats`, else the sum
            of squared errors.
        squared_error: mean over values, at the end of the track.
        picture: uint8 (H, W, C), decoded at the end of the track.
        done: whether the steps have ended.
    """

    snapshot: Snapshot
    track: np.ndarray = field(repr=False)
    errors: np.ndarray = field(repr=False)
    in_nats: bool
    squared_error: float
    picture: np.ndarray = field(repr=False)
    done: bool


class OwnImageState(QObject):
    """The image, how it is prepared, and what both models make of it. Setting an equal value emits nothing.

    Attributes:
        source: None without an image.
        strokes: what was drawn, in order; empty for an image that came from elsewhere.
        by_hand: whether the user chose the image; not if the same strokes were drawn on another background.
        settings: see `OwnSettings`.
        pen_width, pen_colour: of the next stroke; a colour of None is what suits the data's background.
        refining: whether z is to be refined, also of weights to come.
        encoded, refined: one entry a pane, None before the first.
        background: what surrounds things on the data's images: "dark", "bright" or "mixed".

    Signals:
        source_changed: `source` (and maybe `strokes`) changed.
        settings_changed: `settings` changed.
        pen_changed: pen width or colour changed.
        results_changed: `encoded`, `refined` or `background` changed.
        refining_changed: `refining` changed.
        file_requested(str): somebody wants the image in this file.
    """

    source_changed = Signal()
    settings_changed = Signal()
    pen_changed = Signal()
    results_changed = Signal()
    refining_changed = Signal()
    file_requested = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: OwnSource | None = None
        self.strokes: tuple[Stroke, ...] = ()
        self.by_hand = True
        self.settings = OwnSettings()
        self.pen_width = 2.5
        self.pen_colour: tuple[int, int, int] | None = None
        self.refining = False
        self.encoded: list[Encoded | None] = [None, None]
        self.refined: list[Refined | None] = [None, None]
        self.background = "dark"

    def open_file(self, path: str) -> None:
        """Ask for the image in a file."""
        self.file_requested.emit(path)

    def set_source(
        self, source: OwnSource | None, strokes: tuple[Stroke, ...] = (), *, by_hand: bool = True
    ) -> None:
        """Another image; with `strokes` it is the drawing that these make. What was refined is gone."""
        if source is self.source and strokes == self.strokes:
            return
        self.source, self.strokes, self.by_hand = source, strokes, by_hand
        self.drop_refined()
        if source is None:
            self._forget()
        self.source_changed.emit()

    def clear(self) -> None:
        """Remove the image."""
        self.set_source(None)

    def set_settings(self, settings: OwnSettings) -> None:
        """Prepare the image otherwise. Raises `ValueError` for an unknown fit."""
        if settings.fit not in FITS:
            raise ValueError(f"unknown fit {settings.fit!r}")
        if settings != self.settings:
            self.settings = settings
            self.drop_refined()
            self.settings_changed.emit()

    def change(self, **settings: object) -> None:
        """Set single fields of `settings`."""
        self.set_settings(replace(self.settings, **settings))  # type: ignore[arg-type]

    def set_pen(self, width: float, colour: tuple[int, int, int] | None) -> None:
        """The pen of the next stroke."""
        width = min(max(width, PEN_WIDTHS[0]), PEN_WIDTHS[1])
        if (width, colour) != (self.pen_width, self.pen_colour):
            self.pen_width, self.pen_colour = width, colour
            self.pen_changed.emit()

    def refine(self) -> None:
        """Refine z from now on."""
        if not self.refining:
            self.refining = True
            self.refining_changed.emit()

    def stop_refining(self) -> None:
        """Take no further step; what was reached stays until weights or image change."""
        if self.refining:
            self.refining = False
            self.refining_changed.emit()

    def drop_refined(self) -> None:
        """Back to the encoder's codes."""
        self.stop_refining()
        if any(self.refined):
            self.refined = [None] * len(self.refined)
            self.results_changed.emit()

    def set_background(self, background: str) -> None:
        """What the data's images are drawn on."""
        if background != self.background:
            self.background = background
            self.results_changed.emit()

    def set_encoded(self, pane: int, encoded: Encoded | None) -> None:
        """What one pane's model makes of the image."""
        if encoded is not self.encoded[pane]:
            self.encoded[pane] = encoded
            refined = self.refined[pane]
            if refined is not None and (encoded is None or refined.snapshot is not encoded.snapshot):
                self.refined[pane] = None
            self.results_changed.emit()

    def set_refined(self, pane: int, refined: Refined | None) -> None:
        """How far one pane's code is refined."""
        if refined is not self.refined[pane]:
            self.refined[pane] = refined
            self.results_changed.emit()

    @property
    def running(self) -> bool:
        """Whether steps of a refinement are to come."""
        waits = (
            one is not None and one.remark != "not-finite" and (two is None or not two.done)
            for one, two in self._pairs()
        )
        return self.refining and any(waits)

    def _pairs(self) -> list[tuple[Encoded | None, Refined | None]]:
        return list(zip(self.encoded, self.refined, strict=True))

    def code(self, pane: int) -> np.ndarray | None:
        """The best code known for the image in this pane, (d,)."""
        refined, encoded = self.refined[pane], self.encoded[pane]
        if refined is not None:
            return refined.track[-1]
        return None if encoded is None else encoded.code

    def _forget(self) -> None:
        if any(self.encoded) or any(self.refined):
            self.encoded = [None] * len(self.encoded)
            self.refined = [None] * len(self.refined)
            self.results_changed.emit()
