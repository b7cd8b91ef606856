"""Encodes the user's own image with both models."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.own_image.state import Encoded, OwnImageState, OwnSource, Refined
from latent_explorer.tools.own_image.work import (
    OwnImageWork,
    OwnMade,
    Unreadable,
    read_file,
)
from latent_explorer.words.trainer_sentences import shown_sentence


class OwnImageController(QObject):
    """Updates both models' results for the image when the image, its preparation or the weights change.

    One thread reads files, one encodes and refines: a new stroke is encoded as soon as the previous one is done.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[OwnImageState]
        self._reader = kit.new_worker("own image file", False)
        self._worker = kit.new_worker("own image", False)
        self._work = OwnImageWork(kit.new_replicas())
        self.follower = follower = Follower(
            self._worker,
            self._question,
            self._work.make,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("Your image could not be encoded; see the details."),
        )
        follower.answered.connect(self._answered)
        follower.failed.connect(self._state.stop_refining)
        self._job = kit.local_job(lambda: self.tr("Refining z"), self._worker)
        self._reader.answered.connect(self._read)
        self._reader.failed.connect(self._unread)
        self._worker.busy_changed.connect(self._busy_changed)
        self._state.file_requested.connect(self._open)
        kit.explorer.image_wanted.connect(self._state.open_file)
        self._state.source_changed.connect(follower.change)
        self._state.settings_changed.connect(follower.change)
        self._state.refining_changed.connect(self._refining_changed)
        for pane in kit.panes:
            pane.codes_changed.connect(follower.weights)
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
        self._work.forget()
        self.follower.renew()

    @Slot()
    def _refining_changed(self) -> None:
        if self._state.refining:
            self.follower.change()
        else:
            self.follower.renew()  # the cancelled request may not have encoded yet

    def _question(self) -> Question | None:
        state, data = self._state, self._kit.explorer.data
        images = None if data is None else data.images
        if state.source is None:
            # Only the appearance of the drawing sheet.
            return None if images is None else ((), images, None, state.settings, False)
        looks = tuple(look for look in self._kit.looks() if look.snapshot is not None)
        return looks, images, state.source, state.settings, state.refining

    @Slot(object)
    def _answered(self, made: OwnMade) -> None:
        self._state.set_background(made.background)
        if self._state.source is None:
            return
        for index, encoded in made.encoded.items():
            if self._current(index, encoded):
                self._state.set_encoded(index, encoded)
        for index, refined in made.refined.items():
            if self._state.refining and self._current(index, refined):
                self._state.set_refined(index, refined)

    def _current(self, index: int, made: Encoded | Refined) -> bool:
        """Whether it belongs to the weights on the map."""
        codes = self._kit.panes[index].codes
        return codes is not None and codes.snapshot is made.snapshot

    @Slot()
    def _busy_changed(self) -> None:
        # Cancelled in the status bar: keep the result so far.
        unfinished = any(refined is not None and not refined.done for refined in self._state.refined)
        if not self._worker.busy and self._state.refining and unfinished:
            self._state.stop_refining()

    @Slot(str, str)
    def _unread(self, sentence: str, details: str) -> None:
        shown = sentence or self.tr("Your image could not be encoded; see the details.")
        self._kit.notifications.post("error", shown, details)
