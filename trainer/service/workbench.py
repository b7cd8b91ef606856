"""What the service has in hand, the resident data and the run, and the jobs that replace them."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainer.config import RunConfig
from trainer.data.checkpoint_path import check_approved
from trainer.data.images import DataError, ImageData
from trainer.progress import CancelledError, Monitor
from trainer.reports import EvaluationReport, MapReport, StepReport
from trainer.sentences import RequestError, Sentence, reason_of
from trainer.service.active_run import ActiveRun
from trainer.service.backend import Backend, OpenedCheckpoint, RunTrainer
from trainer.service.keeping import Autosaver, SavePlace, stamp
from trainer.service.mail import Mail
from trainer.service.messages import (
    ContinueFrom,
    Control,
    DataLoaded,
    Failed,
    GroupMeasured,
    LoadData,
    MeasureModels,
    OpenRun,
    Request,
    RunReady,
    SaveRun,
    StartRun,
)
from trainer.service.moments import Moments
from trainer.service.resident import CachedData, ResidentData, Watch
from trainer.storage.atomic_files import write_atomically
from trainer.training.checkpoint_error import CheckpointError, naming_the_run
from trainer.training.description import Description
from trainer.training.kept_model import FOLDER, KeptModel, read_kept, write_kept
from trainer.training.saved_moments import FOLDER as MOMENTS
from trainer.training.saved_moments import SavedMoment, read_saved, write_saved

#: What the window's text is called beside a run.
_SESSION = "session.json"


class Workbench:
    """Everything that outlives a request. A job that fails or is cancelled leaves it as it was.

    Attributes:
        data: the data set loaded last. The run keeps its own, which may be an older one.
        run: the run, if any.
        place: the folder in which a person keeps it.
        moments: of the run, to go back to.
        kept: by name, models that the window keeps for comparison.
    """

    def __init__(self, backend: Backend, mail: Mail, session_folder: Path) -> None:
        self.backend = backend
        self.data = ResidentData(backend, session_folder)
        self.run: ActiveRun | None = None
        self.autosaver = Autosaver(self._autosave, mail.send)
        self.moments = Moments(session_folder / "moments")
        self.place = SavePlace()
        self.kept: dict[str, KeptModel] = {}
        self._mail = mail
        #: The window's text beside the run, as it was sent last; "" before.
        self._session = ""
        #: Where automatic saves lie, and the kept models that were written there last.
        self._kept_saved: tuple[Path | None, tuple[KeptModel, ...]] = (None, ())

    # ------------------------------------------------------------------ data

    def load_data(self, wanted: LoadData, watch: Watch) -> DataLoaded:
        """Make a data set resident, unless it is."""
        resident = self.data.load(wanted.config, wanted.folder, wanted.download, watch)
        self.data.take(resident)
        return resident.loaded

    # ------------------------------------------------------------------ runs

    def start_run(self, wanted: StartRun, watch: Watch) -> RunReady:
        """A new run on the resident data."""
        if self.data.now is None:
            raise RequestError("There is no data to train on; choose a data set first.")
        if wanted.config.data != self.data.now.data.config:
            # Asked for before other data were loaded, which may have another shape; they get a run of their own.
            raise CancelledError
        trainer = self.backend.build(wanted.config, self.data.now.data, wanted.knobs)
        return self._begin(trainer, self.data.now.data, watch)

    def open_run(self, wanted: OpenRun, watch: Watch) -> RunReady:
        """A run from a checkpoint, with its data if it can be had; without, only to be looked at."""
        path = wanted.path
        opened = self.backend.open(path)
        kept, missing = read_kept(_folder(path) / FOLDER, opened.description.data)
        beside = {model.name: model for model in kept}
        try:
            resident = self._data_of(opened.description, wanted, watch)
        except DataError as error:
            ready = self._show_only(path, opened.description, error.sentence)
            self.kept |= beside
            return replace(ready, kept=kept, kept_missing=missing)
        try:
            ready = self._resume(wanted, opened, resident, watch)
        except Exception:
            self.data.give_up(resident)
            raise
        self.data.take(resident)
        self.place.opened(path)
        self.kept |= beside
        return replace(ready, kept=kept, kept_missing=missing)

    def _data_of(self, description: Description, wanted: OpenRun, watch: Watch) -> CachedData:
        """The data of a checkpoint, resident or loaded. Raises `DataError` if there are none or others."""
        data = description.data
        if self.data.now is not None and self.data.now.loaded.fingerprint == data.fingerprint:
            return self.data.now
        check_approved(description.config.data, wanted.approved)
        resident = self.data.load(description.config.data, wanted.folder, False, watch)
        if resident.loaded.fingerprint != data.fingerprint:
            self.data.give_up(resident)
            raise DataError(
                "The images of {title} have changed since this run was trained on them.", title=data.title
            )
        return resident

    def _resume(self, wanted: OpenRun, opened: OpenedCheckpoint, resident: CachedData, watch: Watch) -> RunReady:
        description = opened.description
        config = self.backend.usable(_on(wanted.device, description.config))
        with naming_the_run(wanted.path):
            trainer = self.backend.build(config, resident.data, description.knobs)
            trainer.restore(opened.state)
        folder = _folder(wanted.path)
        return self._begin(
            trainer,
            resident.data,
            watch,
            saved=read_saved(folder / MOMENTS, stamp(folder), trainer.step),
            data_loaded=None if resident is self.data.now else resident.loaded,
            history=description.history,
            evaluations=description.evaluations,
        )

    def end_steps(self) -> None:
        """The run, if there is one, takes no thread any more until it steps again."""
        if self.run is not None:
            self.run.end_steps()

    def _show_only(self, path: Path, description: Description, why: Sentence) -> RunReady:
        config = description.config
        traits = self.backend.traits(config.models)
        shown = self.backend.kept_map(path)
        self.end_steps()
        self.run = None
        self.place.leave()
        self.moments.clear()
        return RunReady(
            config=config,
            traits=traits,
            knobs=description.knobs,
            map=shown,
            data_missing=Sentence("{reason} The run can be looked at but not trained on.", reason=why),
            history=description.history,
            evaluations=description.evaluations,
        )

    def save_run(self, wanted: SaveRun, watch: Watch) -> Path:
        """Write the run with the codes of all its images, and the window's session text beside it.

        Raises `CheckpointError`, also if the folder is another program's to write in, see `SavePlace`.
        """
        run, path = self.the_run, wanted.path
        report = self.encode_all(watch)
        history, evaluations = tuple(run.history), tuple(run.evaluations)

        def write() -> None:
            self.backend.save(path, run.trainer, run.data, history, evaluations, report)
            write_kept(path / FOLDER, self._kept_beside(run))
            self._save_moments(path, wanted.moments)
            if wanted.session:
                write_atomically(path / _SESSION, wanted.session.encode())

        self.place.save(path, write, wanted.replace)
        return path

    def _save_moments(self, path: Path, wanted: bool) -> None:
        """Beside the run, which is whole without them: what goes wrong is said, and the save has succeeded."""
        try:
            if wanted:
                self.moments.save(path / MOMENTS, stamp(path))
            elif (path / MOMENTS).is_dir():
                write_saved(path / MOMENTS, stamp(path), ())
        except OSError as error:
            sentence = Sentence(
                "The session was saved, but not the moments of its run ({reason}).", reason=reason_of(error)
            )
            self._mail.send(Failed(0, sentence, traceback.format_exc()))

    def keep_session(self, session: str) -> None:
        """The window's text for automatic saves; written at once where the run that stands is saved already."""
        self._session = session
        place = None if self.run is None else self.autosaver.place_of(self.run)
        if place is not None and session:
            with contextlib.suppress(OSError):  # the run is whole; the next save tells what is wrong
                write_atomically(place / _SESSION, session.encode(), private=True)

    def keep_model(self, model: KeptModel) -> None:
        """A model that the window keeps; written at once where the run is saved already: it may not train on."""
        self.kept[model.name] = model
        self._save_kept()

    def drop_model(self, name: str) -> None:
        """The window keeps this model no more."""
        if self.kept.pop(name, None) is not None:
            self._save_kept()

    def _save_kept(self) -> None:
        place = None if self.run is None else self.autosaver.place_of(self.run)
        if place is not None and self.run is not None:
            with contextlib.suppress(CheckpointError, OSError):  # as above
                self._write_kept(place, self.run)

    def encode_all(self, watch: Watch) -> MapReport:
        """Codes of every image."""
        trainer = self.the_run.trainer
        return trainer.map_report(trainer.all_rows, progress=watch.progress, is_cancelled=watch.cancelled)

    def measure(self, wanted: MeasureModels, watch: Watch) -> None:
        """Figures of models, a group after the other. Raises `RequestError` if their data are not in memory."""
        known = (
            None if self.data.now is None else self.data.now.data,
            None if self.run is None else self.run.data,
        )
        data = next((one for one in known if one is not None and one.fingerprint == wanted.fingerprint), None)
        if data is None:
            raise RequestError("The images that these models are to be measured on are not at hand.")
        monitor = Monitor(watch.progress, watch.cancelled)
        for model, group, figures in self.backend.measure(wanted, data, monitor):
            self._mail.send(GroupMeasured(wanted.job, model, group, figures))

    def _autosave(self, path: Path, run: ActiveRun) -> None:
        self.backend.save(
            path, run.trainer, run.data, tuple(run.history), tuple(run.evaluations), None, private=True
        )
        self._write_kept(path, run)
        if self._session:
            write_atomically(path / _SESSION, self._session.encode(), private=True)

    def _write_kept(self, path: Path, run: ActiveRun) -> None:
        """Into the place of automatic saves, unless it holds just these."""
        kept = self._kept_beside(run)
        if (path, kept) != self._kept_saved:
            write_kept(path / FOLDER, kept, private=True)
            self._kept_saved = path, kept

    def _kept_beside(self, run: ActiveRun) -> tuple[KeptModel, ...]:
        """The kept models that the run can be compared with."""
        if not self.kept:
            return ()
        return tuple(model for model in self.kept.values() if model.data.fingerprint == run.data.fingerprint)

    @property
    def the_run(self) -> ActiveRun:
        """The run. Raises `RequestError` if there is none."""
        if self.run is None:
            raise RequestError("There is no run; start one or open a checkpoint first.")
        return self.run

    def _begin(
        self,
        trainer: RunTrainer,
        data: ImageData,
        watch: Watch,
        *,
        data_loaded: DataLoaded | None = None,
        history: tuple[StepReport, ...] = (),
        evaluations: tuple[EvaluationReport, ...] = (),
        saved: Sequence[SavedMoment] = (),
    ) -> RunReady:
        """Put the run in place of the former one, last, once nothing can fail any more."""
        report = trainer.map_report(progress=watch.progress, is_cancelled=watch.cancelled)
        traits = self.backend.traits(trainer.config.models)
        self.moments.clear()
        damaged = self.moments.take_over(saved)
        if damaged == 1:
            self._mail.send(
                Failed(0, Sentence("One saved moment of the run could not be read; the others are there."), "")
            )
        elif damaged:
            sentence = Sentence(
                "{count:,} saved moments of the run could not be read; the others are there.", count=damaged
            )
            self._mail.send(Failed(0, sentence, ""))
        self.place.leave()
        self._session = ""  # of the former run
        self.end_steps()
        self.run = ActiveRun(
            trainer,
            data,
            self.backend,
            self._mail.send,
            lambda: self._mail.any_waiting(_supersedes_a_map),
            self.autosaver,
            self.moments,
            history=history,
            evaluations=evaluations,
            start=report,
        )
        return RunReady(
            config=trainer.config,
            traits=traits,
            knobs=trainer.knobs,
            map=report,
            data=data_loaded,
            history=history,
            evaluations=evaluations,
            device=str(trainer.device),
            threads=trainer.stepping.threads_used,
        )


def _folder(path: Path) -> Path:
    """The folder of a checkpoint that is named by itself or by a file in it."""
    return path if path.is_dir() else path.parent


def _supersedes_a_map(request: Request) -> bool:
    """Whether a map being made for the present state would be out of date, or of no interest, once it is done."""
    return isinstance(request, Control | ContinueFrom | LoadData | OpenRun | StartRun)


def _on(device: str, config: RunConfig) -> RunConfig:
    return config if device == "auto" else config.replace(train=config.train.replace(device=device))
