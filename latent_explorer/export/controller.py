"""Writes what can be seen, with the settings that made it, in a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Slot

from latent_explorer.core.exports import ExportRequest
from latent_explorer.core.figures import kept_on_show
from latent_explorer.core.history import History
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.workers.video_process import ENCODER, find_encoder, write_mp4
from trainer.config import ModelConfig
from trainer.export.codes import CodeTable, write_codes_csv, write_codes_npz
from trainer.export.curves import CurveTable, write_curves_csv, write_curves_npz
from trainer.export.gif import write_gif
from trainer.export.png import write_png
from trainer.export.svg import write_svg
from trainer.knobs import knob_of
from trainer.reports import EvaluationReport
from trainer.sentences import RequestError


class ExportController(QObject):
    """One file at a time, in the order in which they were asked for; a cancelled one makes room for the next."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools.exports
        self._path = ""
        #: What waits while another file is written: paths and what writes them.
        self._waiting: deque[tuple[str, Iterator[object]]] = deque()
        self._worker = kit.new_worker("export")
        self._job = kit.local_job(lambda: self.tr("Saving"), self._worker)
        self._worker.finished.connect(self._written)
        self._worker.failed.connect(self._failed)
        # After the job in the status bar, which ends with its file.
        self._worker.busy_changed.connect(self._go_on)
        self._state.requested.connect(self.write)
        self._state.given_up.connect(lambda sentence: kit.notifications.post("warning", sentence))
        self.retranslate()

    def retranslate(self) -> None:
        """Say in the present language what cannot be had."""
        if find_encoder() is None:
            self._state.no_video = self.tr("{program} was not found; install it to save MP4.").format(
                program=ENCODER
            )

    @Slot(object)
    def write(self, request: ExportRequest) -> None:
        """Write one file, after those that were asked for before."""
        try:
            work = self._work(request)
        except RequestError as error:
            self._kit.notifications.post("warning", error.sentence)
            return
        self._waiting.append((request.path, work))
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Begin the next file, unless one is being written."""
        if self._waiting and not self._worker.busy:
            self._path, work = self._waiting.popleft()
            self._worker.ask(lambda: work)
        written = (self._path,) if self._worker.busy else ()
        self._state.set_pending((*written, *(path for path, _ in self._waiting)))

    def _work(self, request: ExportRequest) -> Iterator[object]:
        path, settings = Path(request.path), request.settings
        if request.write is not None:
            return request.write(path, settings)
        if request.what == "codes":
            codes = self._codes()
            settings = settings | {"rows": len(codes.rows)}
            return (write_codes_csv if request.format == "csv" else write_codes_npz)(path, codes, settings)
        if request.what == "curves":
            curves = self._curves()
            return (write_curves_csv if request.format == "csv" else write_curves_npz)(path, curves, settings)
        if request.pixels is not None:
            return write_png(path, request.pixels, settings)
        if request.document is not None:
            return write_svg(path, request.document, settings)
        if request.frame is not None:
            write = write_gif if request.format == "gif" else write_mp4
            return write(path, request.frame, request.frames, request.speed, settings)
        raise ValueError(f"nothing to write to {path}")

    def _codes(self) -> CodeTable:
        """The codes of images that are on all maps: while training, a kept model beside has those of more.

        Raises `RequestError` if there are none.
        """
        shown = [pane.codes for pane in self._kit.panes if pane.codes is not None and len(pane.codes.rows)]
        if not shown:
            raise RequestError("There are no codes yet; train, or open a checkpoint.")
        rows = reduce(np.intersect1d, (codes.rows for codes in shown))
        if not len(rows):
            raise RequestError("The maps are being renewed; try again in a moment.")
        taken = tuple(_taken(codes.codes, codes.rows, rows) for codes in shown)
        sigmas = tuple(None if codes.sigmas is None else _taken(codes.sigmas, codes.rows, rows) for codes in shown)
        data = self._kit.explorer.data
        if data is None or int(rows[-1]) >= data.count:
            return CodeTable(rows=rows, held_out=np.zeros(len(rows), bool), codes=taken, sigmas=sigmas)
        return CodeTable.of(data, rows, codes=taken, sigmas=sigmas)

    def _curves(self) -> CurveTable:
        """The losses of all models whose curves are on show. Raises `RequestError` if there are none."""
        training = self._kit.training
        models = tuple(model.config for model in self._kit.models.members)
        beside = tuple(
            _alone(_curves_of(frozen.history, frozen.kept.evaluations, (frozen.kept.config,)))
            for frozen in kept_on_show(self._kit.panes)
        )
        curves = _curves_of(training.history, training.evaluations, models, beside)
        if not any(len(one.steps) or one.evaluations for one in (curves, *beside)):
            raise RequestError("There are no curves yet; train first.")
        return curves

    @Slot()
    def _written(self) -> None:
        self._kit.notifications.post("info", self.tr("Saved to {path}.").format(path=self._path))
        self._state.written.emit(self._path)

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        unexpected = QCoreApplication.translate("ExportController", "{path} could not be saved.")
        self._kit.notifications.post("error", sentence or unexpected.format(path=self._path), details)
        self._state.failed.emit(self._path)


def _taken(values: np.ndarray, of: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Of `values`, which belong to the data rows `of`, those of `rows`; both ascending."""
    return values if len(rows) == len(of) else values[np.searchsorted(of, rows)]


def _curves_of(
    history: History,
    evaluations: Sequence[EvaluationReport],
    models: tuple[ModelConfig, ...],
    beside: tuple[CurveTable, ...] = (),
) -> CurveTable:
    # Copies: views of the history are only good until it grows.
    return CurveTable(
        steps=history.steps.copy(),
        knobs=history.knobs.copy(),
        knob_names=history.knob_names,
        losses=history.losses.copy(),
        names=history.names,
        evaluations=tuple(evaluations),
        models=models,
        beside=beside,
    )


def _alone(table: CurveTable) -> CurveTable:
    """A table of one model: values that it has of its own are in the places of those of all."""
    columns = dict(zip(table.knob_names, table.knobs.T, strict=True))
    for name in table.knob_names:
        member, knob = knob_of(name)
        if member is not None:
            own = columns.pop(name)
            columns[knob] = np.where(np.isnan(own), columns.get(knob, own), own)
    return replace(table, knob_names=tuple(columns), knobs=np.stack(tuple(columns.values()), axis=1))
