"""Encodes an image of one's own with both models."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.own_image.state import Encoded, OwnImageState, OwnSource, Refined
from latent_explorer.tools.own_image.work import (
    OwnImageWork,
    OwnMade,
    OwnOrder,
    PaneTask,
    Unreadable,
    read_file,
)
from latent_explorer.words.trainer_sentences import shown_sentence


class OwnImageController(QObject):
    """Keeps what both models make of the image true to the image, its preparation and the weights.

    One thread reads files, one encodes and refines: a new stroke is encoded as soon as the former one has been.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[OwnImageState]
        self._reader = kit.new_worker("own image file", False)
        self._worker = kit.new_worker("own image", False)
        self._work = OwnImageWork(kit.new_replicas())
        self._job = kit.local_job(self.tr("Refining z"), self._worker)
        self._reader.answered.connect(self._read)
        self._reader.failed.connect(self._failed)
        self._worker.answered.connect(self._answered)
        self._worker.failed.connect(self._failed)
        self._worker.busy_changed.connect(self._busy_changed)
        self._state.file_requested.connect(self._open)
        kit.explorer.image_wanted.connect(self._state.open_file)
        self._state.source_changed.connect(self._changed)
        self._state.settings_changed.connect(self._changed)
        self._state.refining_changed.connect(self._refining_changed)
        for pane in kit.panes:
            pane.codes_changed.connect(self._changed)
            pane.model_changed.connect(self._model_changed)
        kit.explorer.data_changed.connect(self._data_changed)

    @Slot(str)
    def _open(self, path: str) -> None:
        self._reader.ask(lambda: read_file(path), at_once=True)

    @Slot(object)
    def _read(self, found: OwnSource | Unreadable) -> None:
        if isinstance(found, OwnSource):
            self._state.set_source(found)
            self._kit.tools.panel_wanted.emit("own_image")
            if found.of > 1:
                sentence = self.tr("{name} holds {count} pictures; the first is shown.")
                self._kit.notifications.post("info", sentence.format(name=found.name, count=f"{found.of:,}"))
        else:
            self._kit.notifications.post(
                "error",
                self.tr("{name} cannot be used as an image: {reason}. Choose another file.").format(
                    name=found.name, reason=shown_sentence(found.reason)
                ),
            )

    @Slot()
    def _model_changed(self) -> None:
        for pane in self._kit.panes:
            if pane.model is None or pane.codes is None:
                self._state.set_encoded(pane.index, None)

    @Slot()
    def _data_changed(self) -> None:
        self._worker.cancel()
        self._work.forget()
        self._changed()

    @Slot()
    def _refining_changed(self) -> None:
        if self._state.refining:
            self._changed()
        else:
            self._worker.cancel()
            self._changed()  # what was cancelled may not have encoded yet

    @Slot()
    def _changed(self) -> None:
        source = self._state.source
        if source is None:
            self._look_at_data()
            return
        order = self._order(source)
        self._worker.ask(lambda: self._work.make(order))

    def _look_at_data(self) -> None:
        """Without an image: only what the sheet to draw on should look like."""
        data = self._kit.explorer.data
        images = None if data is None else data.images
        if images is None:
            self._worker.cancel()
        else:
            self._worker.ask(lambda: self._work.look_at(images), at_once=True)

    def _order(self, source: OwnSource) -> OwnOrder:
        panes = []
        for pane in self._kit.panes:
            codes, model = pane.codes, pane.model
            if model is None or codes is None or codes.snapshot is None:
                continue
            panes.append(
                PaneTask(index=pane.index, snapshot=codes.snapshot, traits=model.traits, codes=codes.codes)
            )
        data = self._kit.explorer.data
        return OwnOrder(
            source=source,
            settings=self._state.settings,
            panes=tuple(panes),
            images=None if data is None else data.images,
            refine=self._state.refining,
        )

    @Slot(object)
    def _answered(self, made: OwnMade) -> None:
        self._state.set_paper(made.paper)
        if self._state.source is None:
            return
        for index, encoded in made.encoded.items():
            if self._current(index, encoded):
                self._state.set_encoded(index, encoded)
        for index, refined in made.refined.items():
            if self._state.refining and self._current(index, refined):
                self._state.set_refined(index, refined)

    def _current(self, index: int, made: Encoded | Refined) -> bool:
        """Whether it is of the weights that are on the map now."""
        codes = self._kit.panes[index].codes
        return codes is not None and codes.snapshot is made.snapshot

    @Slot()
    def _busy_changed(self) -> None:
        # Ended before it was done: cancelled in the status bar. What was reached stays.
        unfinished = any(refined is not None and not refined.done for refined in self._state.refined)
        if not self._worker.busy and self._state.refining and unfinished:
            self._state.stop_refining()

    @Slot(str, str)
    def _failed(self, sentence: str, details: str) -> None:
        self._state.stop_refining()
        told = sentence or self.tr("Your image could not be encoded; see the details.")
        self._kit.notifications.post("error", told, details)
