"""Creates what is saved or copied: figures of the present state, and requests to write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QWidget

from latent_explorer.appearance.theme import PAPER, Tokens, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.export import Export, Figure, Recording
from latent_explorer.core.exports import ExportRequest
from latent_explorer.core.figures import applied_knobs, figures_of
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curves_dock import CurvesDock
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.export.figure import state_line
from latent_explorer.export.legend import legend_of
from latent_explorer.export.made_for_export import MadeForExport
from latent_explorer.export.own_exports import CodesExport, CurvesExport, MapExport, PanesExport
from latent_explorer.export.pane_figures import FigurePane, PairFigure
from latent_explorer.export.panel_exports import LampsExport, LossCurvesExport, PicturesExport, TableExport
from latent_explorer.export.render import figure_image, figure_svg, image_pixels
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.map.map_picture import MapPicture
from latent_explorer.panes.comparison import Comparison
from latent_explorer.panes.loss_words import measured_as
from latent_explorer.panes.pane import Pane
from latent_explorer.sessions.shown_settings import shown_settings
from latent_explorer.words.trainer_names import shown_name
from trainer.export.settings_text import settings_text


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of the window that figures are drawn from."""

    explorer: ExplorerState
    training: TrainingState
    panes: tuple[PaneState, ...]
    tools: ToolStates
    jobs: JobsState
    maps: Sequence[LatentMap]
    shown: Sequence[Pane]
    curves: CurvesDock
    comparison: Comparison


class ExportDesk(QObject):
    """Opens the export dialog, and copies figures to the clipboard, on request."""

    def __init__(self, parts: Parts, window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._state = parts.tools.exports
        self.jobs = parts.jobs
        self.exports = {export.key: export for export in self._make_exports()}
        self.fresh = MadeForExport(self.exports.values(), self)
        self._state.wanted.connect(self.open)
        self._state.copy_wanted.connect(self.copy)
        for pane, shown in zip(parts.panes, parts.maps, strict=True):
            shown.save_requested.connect(lambda what=f"map{pane.index}": self.open(what))
        for shown_pane in parts.shown:
            for view in shown_pane.column.views:
                view.settings = self.settings_of_image

    def _make_exports(self) -> Iterator[Export]:
        parts = self._parts
        yield PanesExport(parts)
        for pane in parts.panes:
            yield MapExport(parts, pane.index, self._map_picture)
        yield PicturesExport(parts)
        yield LossCurvesExport(parts, parts.curves)
        yield LampsExport(parts)
        yield TableExport(parts, parts.comparison)
        #: The exports of each tool, by the tool's name.
        self._of_tools: dict[str, Sequence[Export]] = {}
        for tool in parts.tools.declared:
            self._of_tools[tool.name] = tool.exports(parts)
            yield from self._of_tools[tool.name]
        yield CodesExport(parts)
        yield CurvesExport(parts)

    def offer(self, panels: Mapping[str, QWidget]) -> None:
        """Add saving to the context menus of these panels. Keys: names of tools."""
        for name, panel in panels.items():
            panel.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            for export in (one for one in self._of_tools[name] if one.menu_text):
                action = QAction(export.menu_text, panel)
                action.setObjectName(f"save-{export.key}")
                action.triggered.connect(lambda _=False, what=export.key: self.open(what))
                panel.addAction(action)
                if export.copy_text:
                    copy = QAction(export.copy_text, panel)
                    copy.setObjectName(f"copy-{export.key}")
                    copy.triggered.connect(lambda _=False, what=export.key: self.copy(what))
                    panel.addAction(copy)

    @Slot(str)
    def open(self, what: str) -> None:
        """Open the dialog to save `what`; other exports can be chosen there, too."""
        dialog = ExportDialog(self, self._state, self._window)
        dialog.choose(what)
        dialog.open()

    def leave(self) -> None:
        """Cancel computations for exports, because another desk replaces this one."""
        for export in self.exports.values():
            export.leave()
        self.fresh.release()

    @Slot(str)
    def copy(self, what: str) -> None:
        """Copy a picture of `what` with its settings to the clipboard; or its text, if it is a table."""
        if not self.reason(what) and (text := self.exports[what].copied()):
            QApplication.clipboard().setText(text)
            return
        with theme().drawing_with(theme().tokens):
            figure = self.figure(what)
            if figure is not None:
                image = figure_image(figure, self._window.devicePixelRatioF())
                QApplication.clipboard().setImage(image)

    # ------------------------------------------------------------ exports

    def settings(self, what: str) -> dict[str, object]:
        """Its settings."""
        export = self.exports.get(what)
        return shown_settings(what, self._parts) | ({} if export is None else export.settings())

    def settings_of_image(self) -> str:
        """The settings of a single image, as text."""
        return settings_text(self.settings("image"))

    def line(self, export: Export) -> str:
        """The text below its figure."""
        parts, training = self._parts, self._parts.training
        panes = [parts.panes[place] for place in export.places()]
        betas = [applied_knobs(training, pane).get("beta") for pane in panes]
        models = [(pane.model, figures_of(training, pane)) for pane in panes]
        measured, _ = measured_as(
            (model.config, None if figures is None else figures.evaluation_at(training.looked_at))
            for model, figures in models
            if model is not None
        )
        data = parts.explorer.data
        title, count = ("", 0) if data is None else (shown_name(data.title), data.count)
        # No step: a model without steps, or before its first.
        shown = [None if pane.codes is None else pane.codes.snapshot for pane in panes]
        steps = [
            step if step or (snapshot is not None and snapshot.step == 0) else None
            for step, snapshot in zip(export.steps(), shown, strict=True)
        ]
        return state_line(title, count, steps, betas, measured)

    def reason(self, what: str) -> str:
        """Why this cannot be saved now: a sentence, or "" if it can."""
        export = self.exports[what]
        return export.reason(self.fresh.making(export))

    def figure(self, what: str) -> Figure | None:
        """The present figure of `what`; None if there is none, and for tables."""
        return None if self.reason(what) else self.exports[what].figure(self)

    def preview(self, what: str) -> QImage:
        """A preview: the figure, or a frame from the middle of an animation; a null image for tables."""
        with theme().drawing_with(self._tokens):
            if self.exports[what].animated and not self.reason(what):
                return self.exports[what].preview(self)
            figure = self.figure(what)
            return QImage() if figure is None else figure_image(figure, 1)

    @property
    def _tokens(self) -> Tokens:
        """The colours of figures: those of the window, or on a white background."""
        return PAPER if self._state.paper else theme().tokens

    def name(self, what: str, suffix: str) -> str:
        """A descriptive file name."""
        data, export = self._parts.explorer.data, self.exports[what]
        parts = ["latent" if data is None else data.config.name, export.word or what]
        if step := export.step():
            parts.append(f"step-{step}")
        return f"{'-'.join(parts)}.{suffix}"

    # ------------------------------------------------------------ parts of figures

    @property
    def owner(self) -> QObject:
        """The object with the lifetime of the window."""
        return self

    def _map_picture(self, place: int, *, strict: bool = False) -> MapPicture:
        """`strict`: without overlays that belong to other weights than the codes."""
        parts = self._parts
        overlays = [one for one in parts.maps[place].stack.overlays if not strict or one.belongs()]
        return MapPicture(parts.panes[place], parts.explorer, overlays)

    def pair(self, line: str, *, cursors: bool = True, film: bool = False) -> PairFigure:
        """A figure of both panes. `film`: only results of the present weights, and always the same size."""
        parts = self._parts
        looks = []
        for place, (pane, shown) in enumerate(zip(parts.panes, parts.shown, strict=True)):
            column = shown.column
            readout = tuple(f"{name} {value}" for name, value in column.readout.cells())
            rows = column.meter.rows() if column.meter.current() else []
            meter = tuple((row.name, row.value) for row in rows)
            looks.append(FigurePane(pane, self._map_picture(place, strict=film), readout, meter))
        legend = legend_of(parts.explorer, parts.panes)
        return PairFigure(tuple(looks), line, legend, cursors, most_lines=1 if film else 3)

    def film_frame(self, export: Export, scale: int) -> Callable[[], np.ndarray]:
        """A function that returns a picture of both panes, uint8 (H, W, 3), in the present style."""
        tokens = self._tokens

        def take() -> np.ndarray:
            with theme().drawing_with(tokens):
                return _even(image_pixels(figure_image(self.pair(self.line(export), film=True), scale)))

        return take

    def settled(self) -> bool:
        """Whether meters and overlays are complete for the weights on the maps."""
        parts = self._parts
        meters = (
            pane.code is None or pane.codes is None or shown.column.meter.current()
            for pane, shown in zip(parts.panes, parts.shown, strict=True)
        )
        overlays = (one for shown in parts.maps for one in shown.stack.overlays if one.active)
        return all(meters) and all(one.belongs(finished=True) for one in overlays)

    # ------------------------------------------------------------ saving

    def save(self, what: str, kind: str, scale: int, path: str) -> None:
        """Request writing of the file. Figures are drawn now, so that later changes have no effect."""
        settings, export = self.settings(what) | {"scale": scale}, self.exports[what]
        if not export.table:
            settings["style"] = "paper" if self._state.paper else "window"

        def recorded(made: Recording) -> None:
            request = ExportRequest(
                what, kind, path, settings | made.settings, frame=made.frame, frames=made.frames, speed=made.speed
            )
            self._state.requested.emit(request)

        with theme().drawing_with(self._tokens):
            if export.animated:
                export.record(self, scale, recorded, self._state.given_up.emit)
                return
            pixels: np.ndarray | None = None
            document: bytes | None = None
            figure = self.figure(what)
            if figure is not None and kind == "svg":
                document = figure_svg(figure, scale, self.name(what, kind))
            elif figure is not None:
                pixels = image_pixels(figure_image(figure, scale))
        if figure is not None or export.table:  # otherwise it was removed while a file was being chosen
            write = export.writer(kind)
            self._state.requested.emit(ExportRequest(what, kind, path, settings, pixels, document, write=write))


def _even(pixels: np.ndarray) -> np.ndarray:
    """Videos need even sizes: the last row and column are repeated if needed."""
    height, width = pixels.shape[:2]
    return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
