"""Opening and saving: checkpoints with the window's session beside them, recent files, the bundled pair."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.runs import RunController
from latent_explorer.core.settings import Settings
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.data.consent import DataConsent
from latent_explorer.sessions.file import read_session
from latent_explorer.sessions.state import Session
from latent_explorer.sessions.views import SessionViews
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.sentences import Sentence, one_line
from trainer.service.messages import OpenRun, RunReady, SaveRun
from trainer.storage.names import as_text
from trainer.training.checkpoint import CheckpointError, read_codes, read_description, read_weights
from trainer.training.description import Description
from trainer.training.kept_model import KeptModel

#: What "Save first…" goes on to once the run is saved, by the question it answers.
_AFTER_SAVING = {
    "save-then-new": "replace-run",
    "save-then-open": "replace-open",
    "save-then-data": "replace-data",
}


#: The setting of whether moments are saved with a session.
_MOMENTS = "save/moments"


class SessionController(QObject):
    """Opens and saves sessions. What cannot be opened leaves the present session as it is.

    Signals:
        bundled_shown: the pair that comes with the program is on show, without its images.
    """

    bundled_shown = Signal()

    def __init__(
        self,
        client: TrainerClient,
        explorer: ExplorerState,
        training: TrainingState,
        views: SessionViews,
        runs: RunController,
        settings: Settings,
        notifications: Notifications,
        bundled: Path,
        data_folder: Callable[[], Path],
        adopt_kept: Callable[[tuple[KeptModel, ...], Sentence | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._explorer = explorer
        self._training = training
        self._views = views
        self._runs = runs
        self._settings = settings
        self._notifications = notifications
        self._consent = DataConsent(settings, explorer, notifications, self)
        self._bundled = bundled
        self._data_folder = data_folder
        self._adopt_kept = adopt_kept
        #: What waits for a person's word because it replaces a run with unsaved steps.
        self._pending_open: Callable[[], None] | None = None
        #: Saves under way, and whether any of them failed since the last time there were none.
        self._saving = 0
        self._failed_save = False
        self._when_saved: list[Callable[[bool], None]] = []
        #: What waits for the place that a person is asked for.
        self._after_place: Callable[[bool], None] | None = None
        explorer.open_requested.connect(self._open_requested)
        explorer.save_requested.connect(self.save)
        notifications.action_chosen.connect(self._action)
        explorer.set_recent(tuple(settings.recent()))
        explorer.set_saves_moments(settings.text(_MOMENTS, "yes", ("yes", "no")) == "yes")
        explorer.saves_moments_changed.connect(self._keep_choice)

    # ------------------------------------------------------------ opening

    @Slot(str)
    def _open_requested(self, path: str) -> None:
        self._once_asked((lambda: self.open(Path(path))) if path else self.open_bundled)

    def _once_asked(self, open_it: Callable[[], None]) -> None:
        """Call `open_it`, but if the present run has unsaved steps only after a person agrees."""
        if not self._runs.unsaved:
            open_it()
            return
        self._pending_open = open_it
        self._notifications.post(
            "warning",
            self.tr("Opening replaces the present run at step {step}, which has not been saved.").format(
                step=f"{self._training.step:,}"
            ),
            actions=((self.tr("Save first…"), "save-then-open"), (self.tr("Replace it"), "replace-open")),
            about="run",
        )

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "replace-open" and self._pending_open is not None:
            open_it, self._pending_open = self._pending_open, None
            open_it()
        elif key in _AFTER_SAVING:
            then = _AFTER_SAVING[key]
            self.save_then(lambda saved: self._notifications.action_chosen.emit(then) if saved else None)

    def open(self, path: Path, failed: Callable[[str], None] | None = None) -> None:
        """Open the checkpoint or session at `path`, paused where it was saved."""

        path = path.parent if path.is_file() else path  # a file in it means the whole

        def opened(_: RunReady) -> None:
            self._explorer.save_place = str(path)
            self._remember(path, self._training.step)

        self._open(path, opened, failed)

    def recover(self, path: Path, recovered: Callable[[], None]) -> None:
        """Open an automatic save: no place that a person chose, so that its steps are not saved yet."""

        def opened(ready: RunReady) -> None:
            self._explorer.save_place = ""
            if not ready.data_missing:
                self._runs.mark_saved(False)
                recovered()

        self._once_asked(lambda: self._open(path, opened))

    def _open(
        self, path: Path, opened: Callable[[RunReady], None], failed: Callable[[str], None] | None = None
    ) -> None:
        def show(ready: RunReady) -> None:
            self._runs.end_opening()
            if ready.data is None and ready.data_missing:
                try:
                    data = self._data_without_images(path)
                except CheckpointError as error:  # it was sound when the trainer read it, a moment ago
                    self._notifications.post("error", error.sentence)
                    return
                self._explorer.set_data(data)
            session = self._read_session(path)
            self._adopt_kept(ready.kept, ready.kept_missing)
            self._views.expect(session, ready.config.models)
            self._runs.show_opened(ready)
            if session is not None:
                # A kept model that could not be read has been reported by itself.
                lost = () if ready.kept_missing else self._views.lost_sources(session)
                self._report_left_out(path, (*lost, *self._views.put_back(session)))
            opened(ready)
            if ready.data_missing:
                again = partial(self._open, path, opened, failed)
                self._consent.ask(ready.config.data.places, lambda: self._once_asked(again))

        def given_up(sentence: str) -> None:
            self._runs.end_opening()
            if failed is not None:
                failed(sentence)

        self._explorer.opening.emit()
        self._runs.begin_opening()
        self._client.ask(
            lambda job: OpenRun(
                job=job,
                path=path,
                folder=self._data_folder(),
                device=self._training.device_wish,
                approved=self._consent.known,
            ),
            show,
            title=self.tr("Opening"),
            failed=given_up,
        )

    def open_bundled(self) -> None:
        """Show the pretrained pair that comes with the program; if it is damaged, say so and change nothing."""
        try:
            description = read_description(self._bundled)
            codes = read_codes(self._bundled)
            weights = read_weights(self._bundled)
            data = self._data_without_images(self._bundled)
        except CheckpointError as error:
            self._notifications.post(
                "warning",
                self.tr(
                    "The pair that comes with the program in {folder} is damaged; install the program again, or "
                    "choose data and train."
                ).format(folder=self._bundled),
                details=shown_sentence(error.sentence),
            )
            return
        self._explorer.opening.emit()
        self._explorer.set_data(data)
        self._explorer.save_place = ""
        session = self._read_session(self._bundled)
        self._views.expect(session, description.config.models)
        self._runs.show_weights(
            description.config,
            description.knobs,
            description.traits,
            weights,
            codes.codes if codes is not None else _no_codes(description),
            description.history,
            description.evaluations,
            codes.sigmas if codes is not None else (),
        )
        if session is not None:
            # How cursors are linked is a person's own choice, which the settings remember.
            self._views.put_back(session.replace(link=self._explorer.link))
        self.bundled_shown.emit()

    def _data_without_images(self, path: Path) -> DataView:
        description = read_description(path)
        codes = read_codes(path)
        if codes is not None and not np.array_equal(codes.rows, np.arange(len(codes.rows))):
            # Some rows only: their labels are not where those of all rows would be looked for.
            codes = None
        data = description.data
        return DataView(
            title=data.title,
            config=description.config.data,
            count=data.count,
            train_count=data.train_count,
            shape=data.shape,
            labels=None if codes is None else codes.labels,
            label_names=data.label_names,
            factors=None if codes is None else codes.factors,
            factor_names=data.factor_names,
            fingerprint=data.fingerprint,
        )

    def _read_session(self, path: Path) -> Session | None:
        try:
            session, left_out = read_session(path)
        except (OSError, ValueError, RecursionError) as error:
            self._notifications.post(
                "warning",
                self.tr("The window's part of the session in {path} could not be read; the run is whole.").format(
                    path=path
                ),
                details=one_line(str(error)),
            )
            return None
        self._report_left_out(path, left_out)
        return session

    def _report_left_out(self, path: Path, left_out: tuple[str, ...]) -> None:
        if left_out:
            template = self.tr("Part of the session in {path} could not be read and was left out: {entries}.")
            names = one_line(", ".join(left_out[:5]))
            self._notifications.post("warning", template.format(path=one_line(str(path)), entries=names))

    # ------------------------------------------------------------ saving

    @Slot(str)
    def save(self, path: str) -> None:
        """Save to `path`; "" saves where the session was saved or opened, or asks for a place."""
        after, self._after_place = self._after_place, None
        self._save(path, after or _nothing)

    def save_then(self, after: Callable[[bool], None]) -> None:
        """Save, asking for a place if there is none; then call `after(saved)`."""
        self._save("", after)

    def when_saved(self, then: Callable[[bool], None]) -> None:
        """Call `then(saved)` once no save is under way, at once if none is; False if one of them failed."""
        self._when_saved.append(then)
        self._report_saved()

    def give_up_saving(self) -> None:
        """End a save for which no place was chosen."""
        after, self._after_place = self._after_place, None
        if after is not None:
            after(False)

    def _save(self, path: str, after: Callable[[bool], None]) -> None:
        if self._runs.config is None:
            self._notifications.post("info", self.tr("There is no run to save yet; press Train first."))
            after(False)
            return
        chosen = bool(path)
        path = path or self._explorer.save_place
        if not path:
            self._after_place = after
            self._explorer.place_wanted.emit()
            return
        self._saving += 1
        step, moments = self._training.step, self._explorer.saves_moments
        left_out = not moments and self._explorer.moments_size > 0

        def saved(_: object) -> None:
            self._runs.mark_saved()
            self._explorer.save_place = path
            self._remember(Path(path), step)
            text = self.tr("Saved to {path}, without its moments.") if left_out else self.tr("Saved to {path}.")
            self._notifications.post("info", text.format(path=path))
            self._end_save(True, after)

        session = json.dumps(self._views.session().to_json())
        self._client.ask(
            lambda job: SaveRun(job=job, path=Path(path), session=session, replace=chosen, moments=moments),
            saved,
            title=self.tr("Saving"),
            failed=lambda _: self._end_save(False, after),
        )

    @Slot()
    def _keep_choice(self) -> None:
        self._settings.set_text(_MOMENTS, "yes" if self._explorer.saves_moments else "no")

    def _end_save(self, saved: bool, after: Callable[[bool], None]) -> None:
        self._saving -= 1
        self._failed_save = self._failed_save or not saved
        after(saved)
        self._report_saved()

    def _report_saved(self) -> None:
        if self._saving:
            return
        waiting, self._when_saved = self._when_saved, []
        failed, self._failed_save = self._failed_save, False
        for then in waiting:
            then(not failed)

    def _remember(self, path: Path, step: int) -> None:
        place = os.path.abspath(path)
        # Neither Qt's settings nor its menus can hold a name that is not text: they would cut it off.
        if as_text(place) == place:
            self._explorer.set_recent(tuple(self._settings.add_recent(place)))
            self._explorer.session_kept.emit(place, step)


def _nothing(_: bool) -> None:
    """Do nothing after this save."""


def _no_codes(description: Description) -> tuple[np.ndarray, ...]:
    """float32 (0, d) for each model."""
    return tuple(np.empty((0, model.latent), np.float32) for model in description.config.models)
