"""Stops, path and film strips of the interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState
from trainer.metrics.continuity import Continuity

#: Ways from stop to stop: straight (lerp), spherical (slerp), geodesic of the pull-back metric, through the data's
#: neighbour graph, and straight at constant picture speed.
KINDS = ("lerp", "slerp", "geodesic", "data", "constant")
#: Curves under the strips: change per frame, data here along the path.
CURVES = ("change", "density")
LEAST_FRAMES, MOST_FRAMES = 5, 64
#: Frames per second that can be chosen.
SPEEDS = (2, 4, 8, 12, 24, 30)
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A point of a path: a data image, the same in every pane, or a place chosen in one of them.

    Attributes:
        row: the data row, or None for a place.
        pane: in which pane the place was chosen; the other panes' codes follow from it by their link.
        code: float32 (d,) of that pane; None for an image.
    """

    row: int | None = None
    pane: int = 0
    code: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Strip:
    """A path of one pane as pictures, measured. Arrays are read-only.

    Attributes:
        asked: the stops of its request.
        kind: one of `KINDS`, or "grid".
        codes: float32 (n, d), one per frame; for a grid row by row.
        pictures: uint8 (n, H, W, C).
        measures: change per frame, path over chord, largest over mean step; None for a grid. First of the frames,
            of the `whole` path at rest.
        density: float64 (n,), the share of images in places as sparse as the codes', or sparser (`CodeDensity.p`);
            None while it is not measured.
        line: float32 (m, d), codes of the line as it is drawn on the map.
        stops: float32 (s, d), the stops' codes.
        places: int (s,), the frames at (or nearest to) them.
        columns: of a grid; 0 for a strip.
        done: False while the path is still being refined.
        note: one sentence on limitations; "" for none.
        number: of the snapshot it was decoded with.
    """

    asked: tuple[Stop, ...] = field(repr=False)
    kind: str
    codes: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)
    measures: Continuity | None = None
    density: np.ndarray | None = field(default=None, repr=False)
    line: np.ndarray = field(repr=False)
    stops: np.ndarray = field(repr=False)
    places: np.ndarray = field(repr=False)
    columns: int = 0
    done: bool = True
    note: str = ""
    number: int = -1

    def __post_init__(self) -> None:
        for array in (self.codes, self.pictures, self.density, self.line, self.stops, self.places):
            if array is not None:
                array.setflags(write=False)


class InterpolationState(PanelState):
    """Shared by all panes. Setting an equal value emits nothing.

    Attributes:
        stops: A, B, C...; A or B may be None until it is chosen.
        kind: one of `KINDS`.
        frames: 5 to 64; of a grid the most tiles.
        grid: four stops are shown as a bilinear grid (upper left, upper right, lower left, lower right).
        curve: one of `CURVES`.
        speed: frames per second.
        loop: playing starts again at the end.
        playing: the frames run.
        frame: the frame under the slider.
        strips: one per pane, None where there is none.
        problems: one per pane: a sentence on why there is no strip, or "".

    Signals:
        stops_changed: `stops` changed.
        settings_changed: `kind`, `frames`, `grid` or `curve` changed.
        playback_changed: `speed`, `loop` or `playing` changed.
        frame_changed: `frame` changed.
        strip_changed(int): this pane's strip or problem changed.
        place_wanted(int, int, float, float): stop number, pane, plane position: put a free stop there.
        example_wanted: the user requests two images of different classes.
        frame_wanted: the user moved to a frame; the cursors must show it.
    """

    stops_changed = Signal()
    settings_changed = Signal()
    playback_changed = Signal()
    frame_changed = Signal()
    strip_changed = Signal(int)
    place_wanted = Signal(int, int, float, float)
    example_wanted = Signal()
    frame_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stops: tuple[Stop | None, ...] = ()
        self.kind = "lerp"
        self.frames = 16
        self.grid = False
        self.curve = "change"
        self.speed = 12
        self.loop = True
        self.playing = False
        self.frame = 0
        self.strips: dict[int, Strip] = {}
        self.problems: dict[int, str] = {}

    # ------------------------------------------------------------ stops

    @property
    def chosen(self) -> tuple[Stop, ...]:
        """The stops, if A and B have been chosen; () before."""
        known = tuple(stop for stop in self.stops if stop is not None)
        return known if len(known) == len(self.stops) >= 2 else ()

    @property
    def next_place(self) -> int:
        """Number of the first stop not chosen yet."""
        for place, stop in enumerate(self.stops):
            if stop is None:
                return place
        return min(len(self.stops), len(LETTERS) - 1)

    @property
    def as_grid(self) -> bool:
        """Whether a grid is shown."""
        return self.grid and len(self.chosen) == 4

    def set_stops(self, stops: Sequence[Stop | None]) -> None:
        """All stops at once; at most eight."""
        kept = tuple(stops)[: len(LETTERS)]
        while kept and kept[-1] is None:
            kept = kept[:-1]
        if len(kept) == len(self.stops) and all(a is b for a, b in zip(kept, self.stops, strict=True)):
            return
        self.stops = kept
        self.stops_changed.emit()

    def set_stop(self, place: int, stop: Stop) -> None:
        """Set stop number `place`; missing ones before it stay open."""
        if not 0 <= place < len(LETTERS):
            raise ValueError(f"there is no stop number {place}")
        stops = list(self.stops) + [None] * (place + 1 - len(self.stops))
        stops[place] = stop
        self.set_stops(stops)

    def remove_stop(self, place: int) -> None:
        """Leave out one stop; A or B only becomes open again while there is no further one."""
        stops = list(self.stops)
        if place >= len(stops):
            return
        if len(stops) > 2:
            del stops[place]
        else:
            stops[place] = None
        self.set_stops(stops)

    def want_place(self, place: int, pane: int, x: float, y: float) -> None:
        """Put stop number `place` at (x, y) of a pane's plane."""
        self.place_wanted.emit(place, pane, x, y)

    # ------------------------------------------------------------ settings

    def set_kind(self, kind: str) -> None:
        """Choose the way from stop to stop."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind of path {kind!r}")
        self._set("kind", kind)

    def set_frames(self, frames: int) -> None:
        """Choose the number of frames; limited to what is possible. The share of the path is kept."""
        frames = min(max(int(frames), LEAST_FRAMES), MOST_FRAMES)
        self._set("frames", frames)

    def set_grid(self, on: bool) -> None:
        """Show four stops as a grid, or as a path."""
        self._set("grid", on)

    def set_curve(self, curve: str) -> None:
        """Choose the curve under the strips."""
        if curve not in CURVES:
            raise ValueError(f"unknown curve {curve!r}")
        self._set("curve", curve)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.settings_changed.emit()

    # ------------------------------------------------------------ playback

    def set_speed(self, speed: int) -> None:
        """Choose how many frames per second."""
        if speed not in SPEEDS:
            raise ValueError(f"unknown speed {speed!r}")
        self._play("speed", speed)

    def set_loop(self, on: bool) -> None:
        """Choose whether playing starts again at the end."""
        self._play("loop", on)

    def set_playing(self, on: bool) -> None:
        """Play or pause; there is nothing to play without a strip."""
        self._play("playing", on and self.count > 1)

    def _play(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.playback_changed.emit()

    # ------------------------------------------------------------ frames and strips

    @property
    def count(self) -> int:
        """Frames of the strips available; 0 without one."""
        return max((len(strip.codes) for strip in self.strips.values()), default=0)

    def set_frame(self, frame: int) -> None:
        """The frame under the slider; limited to those there are."""
        frame = min(max(int(frame), 0), max(self.count - 1, 0))
        if frame != self.frame:
            self.frame = frame
            self.frame_changed.emit()

    def show_frame(self, frame: int) -> None:
        """Move to this frame for the user: cursors and pictures follow."""
        self.set_frame(frame)
        self.frame_wanted.emit()

    def set_strip(self, pane: int, strip: Strip | None, problem: str = "") -> None:
        """Set the strip of a pane, or why there is none. The frame keeps its share of the path."""
        before = self.count
        if strip is None:
            self.strips.pop(pane, None)
        else:
            self.strips[pane] = strip
        self.problems[pane] = problem
        self.strip_changed.emit(pane)
        if not self.count and self.chosen:
            pass  # another model: its strips begin at the same frame
        elif not before:
            self.set_frame(self.frame)
        elif before != self.count:
            share = self.frame / (before - 1) if before > 1 else 0.0
            self.set_frame(round(share * (self.count - 1)))
        if self.count < 2:
            self.set_playing(False)
