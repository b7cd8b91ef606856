"""Writes lists and copies of the selected images, and makes them the data set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.selection.files import Copied, copy_images
from latent_explorer.tools.selection.state import NAME, SelectionPanelState
from latent_explorer.tools.selection.words import images_text
from trainer.data.row_choice import chosen
from trainer.export.codes import LOSSES, CodeTable, write_codes_csv


class SelectionController(QObject):
    """Writes one file or folder at a time, in a separate thread."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        state = kit.tools[SelectionPanelState]
        self.lists, self.copies = kit.new_worker("selection-list"), kit.new_worker("selection-copies")
        kit.local_job(lambda: self.tr("Saving"), self.lists)
        kit.local_job(lambda: self.tr("Copying images"), self.copies)
        #: Paths of the last requested list and folder of copies.
        self._path = self._place = ""
        state.list_wanted.connect(self.write_list)
        state.copies_wanted.connect(self.copy)
        state.data_wanted.connect(self.use)
        state.drawn_empty.connect(self._say_empty)
        kit.explorer.data_left.connect(lambda: kit.tools.lasso.leave(NAME))
        self.lists.finished.connect(self._listed)
        self.copies.answered.connect(self._copied)
        for worker in (self.lists, self.copies):
            worker.failed.connect(self._failed)

    @Slot()
    def _say_empty(self) -> None:
        self._kit.notifications.post(
            "info", self.tr("There is no image inside the lasso; the selection stays as it was.")
        )

    # ------------------------------------------------------------ lists

    @Slot(str, object)
    def write_list(self, path: str, rows: np.ndarray) -> None:
        """Write these images in this order as a table."""
        data = self._kit.explorer.data
        if data is None:
            return
        table = self._table(data, rows)
        models = [
            pane.model.title for pane in self._kit.panes if pane.model is not None and pane.codes is not None
        ]
        steps = [pane.codes.step for pane in self._kit.panes if pane.codes is not None]
        settings = {"data": data.config.to_json(), "models": models, "steps": steps, "rows": len(rows)}
        if self.lists.busy:
            sentence = self.tr("{path} is still being saved; save the next list when it is done.")
            self._kit.notifications.post("warning", sentence.format(path=self._path))
            return
        self._path = path
        self.lists.ask(lambda: write_codes_csv(Path(path), table, settings), at_once=True)

    def _table(self, data: DataView, rows: np.ndarray) -> CodeTable:
        shown = [pane for pane in self._kit.panes if pane.codes is not None]
        codes = [pane.codes for pane in shown if pane.codes is not None]
        return CodeTable.of(
            data,
            rows,
            codes=[_taken(one, one.codes, rows) for one in codes],
            sigmas=[None if one.sigmas is None else _taken(one, one.sigmas, rows) for one in codes],
            losses=[self._losses(pane.index, rows) for pane in shown],
        )

    def _losses(self, pane: int, rows: np.ndarray) -> dict[str, np.ndarray]:
        """The losses measured with the present weights."""
        losses = self._kit.explorer.losses
        found = losses.of(pane)
        if found is None or pane in losses.stale:
            return {}
        return {kind: found.values[kind][rows].astype(np.float64) for kind in LOSSES if kind in found.values}

    @Slot()
    def _listed(self) -> None:
        self._kit.notifications.post("info", self.tr("Saved to {path}.").format(path=self._path))

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        self._kit.notifications.post(
            "error", sentence or self.tr("The selection could not be saved; see the details."), details
        )

    # ------------------------------------------------------------ copies

    @Slot(str, object)
    def copy(self, place: str, rows: np.ndarray) -> None:
        """Copy these images to a new folder in `place`."""
        data = self._kit.explorer.data
        if data is not None:
            if self.copies.busy:
                sentence = self.tr("Images are still being copied to {path}; wait, or cancel that first.")
                self._kit.notifications.post("warning", sentence.format(path=self._place))
                return
            self._place = place
            work: Iterator[object] = copy_images(
                data, rows, Path(place), f"{data.title.split(' · ')[0]} selection"
            )
            self.copies.ask(lambda: work, at_once=True)

    @Slot(object)
    def _copied(self, found: Copied) -> None:
        text = self.tr("{images} were copied to {path}.").format(
            images=images_text(found.files + found.drawn), path=found.folder
        )
        if found.files and found.drawn:
            text += " " + self.tr("{images} of them were written as PNG: their files were not found.").format(
                images=images_text(found.drawn)
            )
        self._kit.notifications.post("info", text)

    # ------------------------------------------------------------ data

    @Slot()
    def use(self) -> None:
        """Make the selected images the data set."""
        explorer = self._kit.explorer
        data, rows = explorer.data, explorer.selection.rows
        if data is None or data.images is None or len(rows) < 2:
            self._kit.notifications.post(
                "info", self.tr("Select at least two images first; the images themselves must be at hand.")
            )
            return
        explorer.data_requested.emit(chosen(data.config, rows[rows < data.count]), False)


def _taken(codes: PaneCodes, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The `values` (n, d) of a map at `rows`, NaN for images that are not on it."""
    taken = np.full((len(rows), values.shape[1]), np.nan, np.float32)
    if len(codes.rows):
        places = np.minimum(np.searchsorted(codes.rows, rows), len(codes.rows) - 1)
        there = codes.rows[places] == rows
        taken[there] = values[places[there]]
    return taken
