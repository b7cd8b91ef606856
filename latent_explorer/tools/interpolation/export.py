"""The interpolation as film strips and as an animation, with settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from latent_explorer.appearance.theme import theme
from latent_explorer.core.export import Export, Recording, Studio
from latent_explorer.core.states import States
from latent_explorer.export.row_figures import WIDEST, TileBlock, TileFigure, model_name, tile_figure
from latent_explorer.tools.interpolation.state import LETTERS, InterpolationState, Stop, Strip
from latent_explorer.tools.interpolation.walk_animation import PaneWalk, WalkAnimation
from latent_explorer.tools.interpolation.words import kind_name, measures_text

translate = QCoreApplication.translate

#: Tiles in one row.
_COLUMNS = 32


class StripsExport(Export):
    """The films of all models with their measures."""

    key = "strips"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._path = self.panel = states.tools[InterpolationState]
        self.made = (self._path.strip_changed,)
        self.title = translate("export", "Film strips")
        self.tip = translate("export", "The interpolation of both models with their measures")
        self.menu_text = translate("ExportDesk", "Save film strips as…")

    def reason(self, making: bool) -> str:
        if not self._path.strips:
            return translate(
                "ExportDesk", "There is no interpolation yet: press A and B over two points of a map."
            )
        return super().reason(making)

    def settings(self) -> dict[str, Any]:
        path = self._path
        strips = (path.strips.get(index) for index in range(1 + max(path.strips, default=-1)))
        settings = {
            "kind": "grid" if path.as_grid else path.kind,
            "frames": path.frames,
            "frame": path.frame,
            "speed": path.speed,
            "stops": [None if stop is None else self._stop(stop) for stop in path.stops],
            "strips": [None if strip is None else _measures(strip) for strip in strips],
        }
        return {"interpolation": settings}

    def _stop(self, stop: Stop) -> dict[str, Any]:
        row = None if stop.row is None else self.states.explorer.place(stop.row)
        return {"row": row, "pane": stop.pane, "code": _numbers(stop.code)}

    def figure(self, studio: Studio) -> TileFigure | None:
        return self.strips(studio.line(self))

    def strips(self, line: str, *, curves: bool = True, width: int = WIDEST) -> TileFigure | None:
        """A figure at most `width` wide if tiles allow it; None without strips."""
        path = self._path
        shown = [(pane, path.strips[pane.index]) for pane in self.states.panes if pane.index in path.strips]
        changes = [strip.measures.change for _, strip in shown if strip.measures is not None]
        # One scale for all models, so that their curves are comparable.
        top = max((float(change.max(initial=0.0)) for change in changes), default=0.0) or 1.0
        blocks = []
        for pane, strip in shown:
            one_row = len(strip.pictures) <= _COLUMNS and not strip.columns
            curve = strip.measures.change if curves and strip.measures is not None and one_row else None
            blocks.append(
                TileBlock(
                    pane=pane.index,
                    title=model_name(pane),
                    remark=" · ".join(part for part in (_kind(strip), measures_text(strip)) if part),
                    pictures=strip.pictures,
                    columns=strip.columns or min(len(strip.pictures), _COLUMNS),
                    letters=_letters(strip) if one_row else {},
                    curve=curve,
                    top=top,
                    unit=translate("export", "change per frame (RMS, grey levels 0–1); upper line:"),
                )
            )
        return tile_figure(blocks, line, width)


class WalkExport(StripsExport):
    """The interpolation played through in all panes."""

    key = "animation"
    formats = ("gif", "mp4")
    animated = True

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "Animation")
        self.tip = translate("export", "The interpolation played through in both panes")
        self.menu_text = translate("ExportDesk", "Save animation as…")
        self.word = "interpolation"

    def reason(self, making: bool) -> str:
        if self._path.strips and all(strip.columns for strip in self._path.strips.values()):
            return translate("ExportDesk", "A grid of four images is not played; show it as a path.")
        return super().reason(making)

    def pace(self) -> tuple[int, float]:
        return self._path.count, float(self._path.speed)

    def preview(self, studio: Studio) -> QImage:
        animation = self.animation(studio, 1)
        return QImage() if animation is None else animation.image(animation.count // 2)

    def record(
        self, studio: Studio, scale: int, done: Callable[[Recording], None], given_up: Callable[[str], None]
    ) -> None:
        animation = self.animation(studio, scale)
        if animation is not None:
            frames, speed = self.pace()
            done(Recording(frame=animation.frame, frames=frames, speed=speed))

    def animation(self, studio: Studio, scale: float) -> WalkAnimation | None:
        """The animation at `scale` pixels per screen pixel; None without a path."""
        pair = studio.pair(studio.line(self), cursors=False)
        strips = self.strips("", curves=False, width=pair.size[0])
        walks = {}
        for place, pane in enumerate(self.states.panes):
            strip, plane = self._path.strips.get(pane.index), pane.plane
            if strip is None or plane is None or plane.latent != strip.codes.shape[1] or strip.columns:
                continue
            places = np.asarray(plane.project(strip.codes), np.float64)
            walks[place] = PaneWalk(places, strip.pictures, theme().accent(pane.index))
        count = max((len(walk.places) for walk in walks.values()), default=0)
        if count < 2:
            return None
        text = translate("export", "frame {frame} of {count}")
        return WalkAnimation(pair, strips, walks, count, scale, theme().tokens, text)


def _measures(strip: Strip) -> dict[str, Any]:
    measures = strip.measures
    return {
        "kind": strip.kind,
        "path_over_chord": None if measures is None else measures.ratio,
        "path_measured_between_frames": measures is not None and measures.whole,
        "largest_over_mean_step": None if measures is None else measures.largest,
        "change_per_frame": None if measures is None else _numbers(measures.change),
        "stops": strip.stops.tolist(),
    }


def _numbers(values: np.ndarray | None) -> list[float] | None:
    return None if values is None else [float(value) for value in values]


def _kind(strip: Strip) -> str:
    if strip.kind == "grid":
        return translate("export", "bilinear grid of four images")
    return kind_name(strip.kind)


def _letters(strip: Strip) -> dict[int, str]:
    return {int(place): LETTERS[number] for number, place in enumerate(strip.places) if number < len(LETTERS)}
