"""Makes what is to be saved or copied: figures of the present moment, and requests to write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.export.animation import WalkAnimation
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.export.figure import Figure, state_line
from latent_explorer.export.figures_of_tools import (
    analogy_figure,
    direction_figure,
    sample_figure,
    strip_figure,
    traversal_figure,
    walk_animation,
)
from latent_explorer.export.made_for_export import MadeForExport
from latent_explorer.export.moment_film import MOST_FRAMES, MomentFilm
from latent_explorer.export.pane_figures import LEAST, FigurePane, MapFigure, PairFigure
from latent_explorer.export.render import figure_image, figure_svg, image_pixels
from latent_explorer.export.state import TABLES, ExportRequest
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.map.map_picture import MapPicture
from latent_explorer.map.same_weights import belongs, is_settled, reading_here
from latent_explorer.panes.pane import Pane
from latent_explorer.sessions.shown_settings import shown_settings
from trainer.export.settings_text import settings_text


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of the window that figures are made of."""

    explorer: ExplorerState
    training: TrainingState
    panes: tuple[PaneState, ...]
    tools: ToolStates
    jobs: JobsState
    maps: Sequence[LatentMap]
    shown: Sequence[Pane]


class ExportDesk(QObject):
    """Opens the dialog when somebody wants to save, and copies when somebody wants a copy."""

    def __init__(self, parts: Parts, window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._state = parts.tools.exports
        self._taking: MomentFilm | None = None
        self.fresh = MadeForExport(parts.tools, self)
        self._state.wanted.connect(self.open)
        self._state.copy_wanted.connect(self.copy)
        for pane, shown in zip(parts.panes, parts.maps, strict=True):
            shown.save_requested.connect(lambda what=f"map{pane.index}": self.open(what))
        for shown_pane in parts.shown:
            column = shown_pane.column
            for view in (column.decoded, column.nearest.original, column.nearest.reconstruction):
                view.settings = self.settings_of_image

    def offer(self, panels: Mapping[str, QWidget]) -> None:
        """Let what is on these panels be saved by their context menus. Keys: names of panels."""
        entries = {
            "interpolation": (
                ("strips", self.tr("Save film strips as…")),
                ("animation", self.tr("Save animation as…")),
            ),
            "timeline": (("moments", self.tr("Save the run as an animation…")),),
            "samples": (("samples", self.tr("Save samples as…")),),
            "directions": (("directions", self.tr("Save direction or A − B + C as…")),),
            "traversal": (("traversal", self.tr("Save traversals as…")),),
        }
        for name, panel in panels.items():
            panel.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            for what, text in entries.get(name, ()):
                action = QAction(text, panel)
                action.setObjectName(f"save-{what}")
                action.triggered.connect(lambda _=False, what=what: self.open(what))
                panel.addAction(action)

    @Slot(str)
    def open(self, what: str) -> None:
        """Ask how to save `what`; other things can be chosen there, too."""
        dialog = ExportDialog(self, self._state, self._window)
        dialog.choose(what)
        dialog.open()

    @Slot(str)
    def copy(self, what: str) -> None:
        """Put a picture of `what` on the clipboard, with its settings."""
        figure = self.figure(what)
        if figure is not None:
            image = figure_image(figure, self._window.devicePixelRatioF())
            QApplication.clipboard().setImage(image)

    # ------------------------------------------------------------ what there is

    def settings(self, what: str) -> dict[str, object]:
        """What made it."""
        parts = self._parts
        return shown_settings(what, parts.explorer, parts.training, parts.panes, parts.tools)

    def settings_of_image(self) -> str:
        """What made a single image, as text."""
        return settings_text(self.settings("image"))

    def reason(self, what: str) -> str:
        """Why this cannot be saved now: a sentence, or "" if it can."""
        parts, path = self._parts, self._parts.tools.interpolation
        if what in ("strips", "animation") and not path.strips:
            return self.tr("There is no interpolation yet: press A and B over two points of a map.")
        if what == "animation" and all(strip.columns for strip in path.strips.values()):
            return self.tr("A grid of four images is not played; show it as a path.")
        if what == "samples" and not any(
            sheet is not None and len(sheet.codes) for sheet in parts.tools.samples.sheets
        ):
            if self.fresh.making(what) and any(pane.codes is not None for pane in parts.panes):
                return self.tr("The samples are being drawn.")
            return self.tr("There are no samples yet: show the sheets by Explore > Samples.")
        if what == "traversal" and not any(parts.tools.traversal.rows):
            return self.tr("There are no traversals yet: show them by Explore > Traversals.")
        directions = parts.tools.directions
        if what == "directions" and directions.arithmetic:
            if not any(found is not None and found.picture is not None for found in directions.analogies):
                return self.tr("There is no A − B + C yet: choose three images by Explore > Directions.")
        elif what == "directions" and not any(directions.strips):
            return self.tr("No direction is applied yet: make two groups by Explore > Directions.")
        if what == "moments" and len(parts.tools.timeline.moments) < 2:
            return self.tr("There are no moments of a run yet: train for a while.")
        if what == "curves" and not len(parts.training.history) and not parts.training.evaluations:
            return self.tr("There are no curves yet; train first.")
        place = int(what[-1]) if what in ("map0", "map1") else None
        panes = parts.panes if place is None else parts.panes[place : place + 1]
        if all(pane.codes is None for pane in panes):
            return self.tr("There is no map yet; train, or open a checkpoint.")
        return ""

    def figure(self, what: str) -> Figure | None:
        """`what` as it stands; None if there is nothing, and for what is no picture."""
        if what in TABLES or self.reason(what):
            return None
        parts = self._parts
        line = state_line(self.settings(what))
        if what in ("map0", "map1"):
            return MapFigure(self._map_picture(int(what[-1])))
        if what == "strips":
            return strip_figure(parts.panes, parts.tools.interpolation, line)
        if what == "samples":
            return sample_figure(parts.panes, parts.tools.samples, line)
        if what == "traversal":
            return traversal_figure(parts.panes, parts.tools.traversal, line)
        if what == "directions":
            if parts.tools.directions.arithmetic:
                return analogy_figure(parts.panes, parts.explorer, parts.tools.directions, line)
            return direction_figure(parts.panes, parts.tools.directions, line)
        return self._pair(line)

    def preview(self, what: str) -> QImage:
        """What it will look like: the figure, or a frame from the middle; a null image for what is no picture."""
        if what == "animation" and not self.reason(what):
            animation = self.animation(1)
            return QImage() if animation is None else animation.image(animation.count // 2)
        figure = self.figure(what)
        return QImage() if figure is None else figure_image(figure, 1)

    def _map_picture(
        self,
        place: int,
        least: float = 0.0,
        *,
        fit: bool = False,
        strict: bool = False,
        size: tuple[float, float] | None = None,
    ) -> MapPicture:
        """`strict`: without overlays that belong to other weights than the codes."""
        parts = self._parts
        overlays = [one for one in parts.maps[place].stack.overlays if not strict or belongs(one)]
        return MapPicture(parts.panes[place], parts.explorer, overlays, least, fit=fit, size=size)

    def _pair(
        self, line: str, *, cursors: bool = True, film: bool = False, sizes: Sequence[tuple[float, float]] = ()
    ) -> PairFigure:
        """`film`: all points in view, and nothing of other weights. `sizes`: of the maps, as if on the screen."""
        parts = self._parts
        looks = []
        for place, (pane, shown) in enumerate(zip(parts.panes, parts.shown, strict=True)):
            column = shown.column
            readout = tuple(f"{name} {value}" for name, value in column.readout.cells())
            rows = column.meter.rows()
            known = reading_here(pane, parts.tools) is not None
            meter = tuple((row.name, row.value) for row in rows) if known else ()
            size = sizes[place] if sizes else None
            picture = self._map_picture(place, LEAST, fit=film, strict=film, size=size)
            looks.append(FigurePane(pane, picture, readout, meter))
        return PairFigure(tuple(looks), line, cursors)

    def animation(self, scale: float) -> WalkAnimation | None:
        """The interpolation played through."""
        parts, path = self._parts, self._parts.tools.interpolation
        line = state_line(self.settings("animation"))
        pair = self._pair(line, cursors=False)
        strips = strip_figure(parts.panes, path, "", curves=False, width=pair.size[0])
        return walk_animation(parts.panes, path, pair, strips, scale, theme().tokens)

    def frames(self, what: str) -> tuple[int, float]:
        """Frames of an animation, and how many a second."""
        if what == "moments":
            timeline = self._parts.tools.timeline
            return min(len(timeline.moments), MOST_FRAMES), float(timeline.speed)
        path = self._parts.tools.interpolation
        return path.count, float(path.speed)

    def amount(self, what: str) -> tuple[int, int]:
        """Rows and columns of a table."""
        parts = self._parts
        if what == "curves":
            training = parts.training
            return len(training.history) + 2 * len(training.evaluations), 6 + 4 * training.history.members
        codes = [pane.codes for pane in parts.panes if pane.codes is not None]
        columns = sum(
            entry.codes.shape[1] + (0 if entry.spreads is None else entry.spreads.shape[1]) for entry in codes
        )
        return max((len(entry.rows) for entry in codes), default=0), 3 + columns

    def name(self, what: str, suffix: str) -> str:
        """A file name that says what it is."""
        data = self._parts.explorer.data
        words = {"map0": "left-map", "map1": "right-map", "animation": "interpolation", "moments": "run"}
        parts = ["latent" if data is None else data.config.name, words.get(what, what)]
        step = self._step(what)
        if step:
            parts.append(f"step-{step}")
        return f"{'-'.join(parts)}.{suffix}"

    def _step(self, what: str) -> int:
        """The step that `what` shows: maps and pictures may be some steps behind the run, or far in the past."""
        parts = self._parts
        if what in ("curves", "moments"):
            return parts.training.step
        snapshots = [None if pane.codes is None else pane.codes.snapshot for pane in parts.panes]
        if what in ("map0", "map1"):
            snapshots = [snapshots[int(what[-1])]]
        elif what == "samples":
            snapshots = [None if sheet is None else sheet.snapshot for sheet in parts.tools.samples.sheets]
        return max((snapshot.step for snapshot in snapshots if snapshot is not None), default=0)

    # ------------------------------------------------------------ saving

    def save(self, what: str, kind: str, scale: int, path: str) -> None:
        """Ask for the file to be written. What is drawn is drawn now, whatever changes meanwhile."""
        settings = self.settings(what) | {"scale": scale}
        if what == "moments":
            self._film(kind, scale, path, settings)
            return
        pixels: np.ndarray | None = None
        document: bytes | None = None
        if what == "animation":
            animation = self.animation(scale)
            if animation is None:
                return
            frames, speed = self.frames(what)
            self._state.requested.emit(
                ExportRequest(what, kind, path, settings, frame=animation.frame, frames=frames, speed=speed)
            )
            return
        figure = self.figure(what)
        if figure is None and what not in TABLES:
            return  # it went while a place was being chosen
        if figure is not None and kind == "svg":
            document = figure_svg(figure, scale, self.name(what, kind))
        elif figure is not None:
            pixels = image_pixels(figure_image(figure, scale))
        self._state.requested.emit(ExportRequest(what, kind, path, settings, pixels, document))

    def _film(self, kind: str, scale: int, path: str, settings: dict[str, object]) -> None:
        """Go through the moments, then have the film written."""
        parts = self._parts
        if self._taking is not None:
            self._taking.stop("replaced")

        # Of one size from the first frame to the last, whatever longer words beside the maps push aside.
        sizes = [(shown.width(), shown.height()) for shown in parts.maps]

        def take() -> np.ndarray:
            figure = self._pair(state_line(self.settings("moments")), film=True, sizes=sizes)
            return _even(image_pixels(figure_image(figure, scale)))

        def settled() -> bool:
            return all(
                is_settled(pane, parts.tools, list(shown.stack.overlays))
                for pane, shown in zip(parts.panes, parts.maps, strict=True)
            )

        film = MomentFilm(parts.panes, parts.tools.timeline, parts.jobs, take, settled, self)
        speed = float(parts.tools.timeline.speed)

        def finished() -> None:
            knobs = [parts.training.knobs_at(step).to_json() for step in film.steps]
            told = settings | {"steps": film.steps, "knobs_of_steps": knobs}
            request = ExportRequest(what="moments", format=kind, path=path, settings=told)
            self._state.requested.emit(replace(request, frame=film.frame, frames=len(film), speed=speed))

        def ended(reason: str) -> None:
            if self._taking is film:
                self._taking = None
            film.deleteLater()
            if sentence := self._why(reason):
                told = self.tr("The animation of the run was not saved: {reason}")
                self._state.given_up.emit(told.format(reason=sentence))

        film.finished.connect(finished)
        film.ended.connect(ended)
        self._taking = film
        film.start()

    def _why(self, reason: str) -> str:
        """One of a film's `ENDS` in words; "" for one that needs none."""
        return {
            "replaced": self.tr("another one took its turn."),
            "looked": self.tr("another moment was chosen while pictures were taken."),
            "gone": self.tr("moments went while pictures were taken; save it again."),
            "late": self.tr("a moment could not be shown in time; save it again."),
            "size": self.tr("the maps changed their size while pictures were taken; save it again."),
        }.get(reason, "")


def _even(pixels: np.ndarray) -> np.ndarray:
    """Videos come in even sizes: the last row and column are repeated where need be."""
    height, width = pixels.shape[:2]
    return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
