"""Choosing data: load the requested data, then show untrained models of its shape, ready to train."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.data_view import data_sentences, data_view
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.fitting import fitting
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.runs import RunController
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from trainer.config import DataConfig
from trainer.data.images import DataInfo
from trainer.knobs import Knobs
from trainer.service.messages import DataLoaded, ListData, LoadData


class DataController(QObject):
    """Loads data on request and begins a run on it; a failure or cancel leaves everything as it was."""

    def __init__(
        self,
        client: TrainerClient,
        explorer: ExplorerState,
        training: TrainingState,
        runs: RunController,
        notifications: Notifications,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._explorer = explorer
        self._training = training
        self._runs = runs
        self._notifications = notifications
        #: Arguments for the buttons of messages; separate for each kind, as several may be shown.
        self._to_download: DataConfig | None = None
        #: Whether data are loaded to start a run, which keeps the knobs set for it.
        self._for_run = False
        self._to_replace: tuple[DataConfig, bool] | None = None
        #: The background load of the bundled pair's images; requests by the user have priority.
        self._quiet: int | None = None
        self._asked = False
        #: The load requested by the user (job and config): only the newest counts.
        self._loading: int | None = None
        self._wanted: tuple[DataConfig, bool, Path] | None = None
        #: Whether a run waits for the list, which shows whether the images of the bundled pair are available.
        self._run_waits = False
        self.folder = folder
        explorer.data_requested.connect(self._chosen)
        explorer.images_wanted.connect(self._download_images)
        explorer.data_folder_requested.connect(self.use_folder)
        explorer.opening.connect(self._give_way)
        runs.data_wanted.connect(self._load_for_run)
        notifications.action_chosen.connect(self._action)

    @Slot(str)
    def use_folder(self, folder: str) -> None:
        """Use `folder` for data sets and downloads from now on."""
        self.folder = Path(folder)
        self.list_available()

    def list_available(self) -> None:
        """Request the list of data sets that can be chosen by name."""
        self._client.ask(
            lambda job: ListData(job=job, folder=self.folder),
            self._listed,
            title=self.tr("Looking for data sets"),
            failed=self._not_listed,
            quiet=True,
        )

    def _listed(self, available: tuple[DataInfo, ...]) -> None:
        first = not self._explorer.available
        self._explorer.set_available(available)
        if self._run_waits:
            self._run_waits = False
            self._load_for_run()
        elif first:
            self._adopt_bundled_data()

    def _not_listed(self, sentence: str) -> None:
        if self._run_waits:
            self._run_waits = False
            self._runs.cancel_training(sentence)

    @Slot()
    def adopt_shown(self) -> None:
        """Called when the bundled pair was opened and earlier requests were dropped."""
        self._asked = False
        self._adopt_bundled_data()

    def _adopt_bundled_data(self) -> None:
        """If the images of the shown bundled pair are available, show them and use them for the next run."""
        shown = self._explorer.data
        if self._asked or self._runs.config is not None or shown is None or shown.images is not None:
            return
        if self._is_available(shown):
            self._quiet = self._get_images(shown, download=False)

    @Slot()
    def _download_images(self) -> None:
        """Download the images of the shown pair, which is unchanged."""
        shown = self._explorer.data
        if shown is not None and shown.images is None:
            self._get_images(shown, download=True)

    def _get_images(self, shown: DataView, *, download: bool) -> int:
        """Load the images of `shown`, and show them if it is still the present data; returns the job."""

        def loaded(data: DataLoaded) -> None:
            now = self._explorer.data
            view = self._runs.resident = data_view(data)
            if now is not None and now.images is None and now.fingerprint == data.fingerprint:
                with self._training.unasked():
                    self._training.set_draft(
                        data=data.config,
                        models=tuple(fitting(model, view.shape) for model in self._training.draft_models),
                    )
                if view.images is not None:
                    self._explorer.set_images(view.images, view.source_rows)
                    self._runs.resident = self._explorer.data
            if download:
                self.list_available()

        return self._client.ask(
            lambda job: LoadData(job=job, config=shown.config, folder=self.folder, download=download),
            loaded,
            title=self.tr("Getting the images of {title}").format(title=shown.title)
            if download
            else self.tr("Loading data"),
            quiet=not download,
        )

    def _is_available(self, data: DataView) -> bool:
        return any(info.name == data.config.name and info.present for info in self._explorer.available)

    @Slot()
    def _load_for_run(self) -> None:
        """Load the draft's data; without a run those of the bundled pair, if available."""
        self._for_run = True
        wanted, shown = self._training.draft_data, self._explorer.data
        if self._runs.config is None and shown is not None and shown.config.name != wanted.name:
            if not self._explorer.available:
                self._run_waits = True
                self._runs.wait()
                return
            if self._is_available(shown):
                wanted = shown.config
            else:
                self._notifications.post(
                    "info",
                    self.tr("The images of {title} are not at hand, so another data set is trained on.").format(
                        title=shown.title
                    ),
                )
        # A run with unsaved steps is replaced only after the user has agreed.
        self._requested(wanted, False, agreed=True)

    @Slot(object, bool)
    def _chosen(self, config: DataConfig, download: bool) -> None:
        """Load data chosen by the user."""
        self._for_run = False
        self._requested(config, download)

    def _requested(self, config: DataConfig, download: bool, *, agreed: bool = False) -> None:
        """Load data, but ask first about a download, and, unless `agreed`, about a run that they would replace."""
        missing = next(
            (info for info in self._explorer.available if info.name == config.name and not info.present), None
        )
        if missing is not None and not download:
            self._to_download = config
            self._runs.cancel_training()
            self._notifications.post(
                "info",
                self.tr("{title} is not in the data folder {folder}.").format(
                    title=missing.title, folder=self.folder
                ),
                actions=(
                    (
                        self.tr("Download {size:.0f} MB").format(size=missing.download_bytes / 1e6),
                        "download-data",
                    ),
                    (self.tr("Use handwritten digits"), "use-digits"),
                ),
                about="data",
            )
            return
        if self._runs.unsaved and not agreed:
            self._to_replace = config, download
            self._notifications.post(
                "warning",
                self.tr("New data replaces the present run at step {step}, which has not been saved.").format(
                    step=f"{self._training.step:,}"
                ),
                actions=((self.tr("Save first…"), "save-then-data"), (self.tr("Replace it"), "replace-data")),
                about="run",
            )
            return
        self._load(config, download)

    def _load(self, config: DataConfig, download: bool) -> None:
        wanted = config, download, self.folder
        if self._wanted == wanted:
            return  # it is being loaded
        self._asked = True
        if self._quiet is not None:
            self._client.cancel(self._quiet)
        self._cancel()
        self._runs.expect_data()
        self._wanted = wanted
        job = self._loading = self._client.ask(
            lambda job: LoadData(job=job, config=config, folder=self.folder, download=download),
            lambda loaded: self._loaded(job, loaded),
            title=self.tr("Loading data"),
            failed=lambda sentence: self._failed(job, sentence),
        )

    @Slot()
    def _give_way(self) -> None:
        """Drop loads and runs being built, because something is being opened."""
        self._cancel()
        self._runs.give_way()

    def _cancel(self) -> None:
        if self._loading is not None:
            self._client.cancel(self._loading)
        self._loading = self._wanted = None
        self._run_waits = False

    def _failed(self, job: int, sentence: str) -> None:
        if job == self._loading:
            self._loading = self._wanted = None
            self._runs.cancel_training(sentence)

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "download-data" and self._to_download is not None:
            self._requested(self._to_download, True)
        elif key == "choose-white":
            self._explorer.white_wanted.emit()
        elif key == "use-digits":
            self._requested(DataConfig(name="digits"), False)
        elif key == "replace-data" and self._to_replace is not None:
            (config, download), self._to_replace = self._to_replace, None
            self._load(config, download)

    def _loaded(self, job: int, loaded: DataLoaded) -> None:
        if job != self._loading:
            # Cancelled too late: the service has it in memory already.
            self._runs.resident = _still_there(loaded)
            return
        self._loading = self._wanted = None
        view = self._runs.resident = data_view(loaded)
        models = tuple(fitting(model, view.shape) for model in self._training.draft_models)
        shown = self._explorer.data
        others = shown is None or shown.fingerprint != view.fingerprint
        # Knob values of single models belong to the draft and are kept.
        knobs = Knobs(**self._training.own) if others and not self._for_run else None
        self._runs.start_run(view, models, lambda: self._shown(view), knobs)

    def _shown(self, view: DataView) -> None:
        sentence, details = data_sentences(view)
        if sentence:
            # A white level with remarks was guessed, or does not cover all values.
            guessed = view.config.white is not None and bool(view.remarks)
            actions = ((self.tr("White level…"), "choose-white"),) if guessed else ()
            level = "warning" if view.skipped else "info"
            self._notifications.post(level, sentence, details, actions, about="data")
        self.list_available()


def _still_there(loaded: DataLoaded) -> DataView | None:
    """The view of loaded data; None if others were loaded meanwhile, so that its file was deleted."""
    try:
        return data_view(loaded)
    except FileNotFoundError:
        return None
