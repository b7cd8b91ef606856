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
    """The original image.

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
    """Preparation of the image for the models' shape.

    Attributes:
        fit: "crop", "pad" or "stretch" (files and pasted images; a drawing has the right shape already).
        invert: use the negative; None decides by the data.
        centre: a drawing on a uniform background is fitted into a box and centred by mass, as in MNIST.
    """

    fit: str = "crop"
    invert: bool | None = None
    centre: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Encoded:
    """The result of one model for the image.

    Attributes:
        snapshot: the weights.
        seen: uint8 (H, W, C), the model's input.
        inverted: whether that is the negative of the original.
        code: float32 (d,), z or μ.
        spread: σ of q(z|x), float32 (d,); None for a model without a posterior.
        picture: uint8 (H, W, C), the reconstruction.
        loss: reconstruction loss of this code, without sampling, in nats; None if unknown.
        squared_error: mean over the values of the image, in [0, 1].
        remark: "" or a limitation: "constant" (the image has one value throughout), "collapsed" (no
            latent dimension has information about images), "not-finite" (the result is not finite).
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
    """The code during refinement by gradient steps.

    Attributes:
        snapshot: the weights.
        track: float32 (k, d): codes from the encoder's to the best so far.
        errors: float64 (k,): the objective after each step: the loss in nats if `in_nats`, else the sum
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
    """The image, its preparation, and both models' results. Setting an equal value emits nothing.

    Attributes:
        source: None without an image.
        strokes: the drawn strokes, in order; empty for an image from another source.
        by_hand: whether the user chose the image; not if the same strokes were drawn on another background.
        settings: see `OwnSettings`.
        pen_width, pen_colour: of the next stroke; None chooses a colour that suits the data's background.
        refining: whether z is refined, also for future weights.
        encoded, refined: one entry a pane, None before the first.
        background: background of the data's images: "dark", "bright" or "mixed".

    Signals:
        source_changed: `source` (and maybe `strokes`) changed.
        settings_changed: `settings` changed.
        pen_changed: pen width or colour changed.
        results_changed: `encoded`, `refined` or `background` changed.
        refining_changed: `refining` changed.
        file_requested(str): a request for the image in this file.
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
        """Request the image in a file."""
        self.file_requested.emit(path)

    def set_source(
        self, source: OwnSource | None, strokes: tuple[Stroke, ...] = (), *, by_hand: bool = True
    ) -> None:
        """Set another image; with `strokes` it is the drawing of these. Refined codes are removed."""
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
        """Set the preparation. Raises `ValueError` for an unknown fit."""
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
        """Set the pen of the next stroke."""
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
        """Stop refining; the result is kept until weights or image change."""
        if self.refining:
            self.refining = False
            self.refining_changed.emit()

    def drop_refined(self) -> None:
        """Return to the encoder's codes."""
        self.stop_refining()
        if any(self.refined):
            self.refined = [None] * len(self.refined)
            self.results_changed.emit()

    def set_background(self, background: str) -> None:
        """Set the background of the data's images."""
        if background != self.background:
            self.background = background
            self.results_changed.emit()

    def set_encoded(self, pane: int, encoded: Encoded | None) -> None:
        """Set the result of one pane's model."""
        if encoded is not self.encoded[pane]:
            self.encoded[pane] = encoded
            refined = self.refined[pane]
            if refined is not None and (encoded is None or refined.snapshot is not encoded.snapshot):
                self.refined[pane] = None
            self.results_changed.emit()

    def set_refined(self, pane: int, refined: Refined | None) -> None:
        """Set the refined code of one pane."""
        if refined is not self.refined[pane]:
            self.refined[pane] = refined
            self.results_changed.emit()

    @property
    def running(self) -> bool:
        """Whether a refinement is still running."""
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
