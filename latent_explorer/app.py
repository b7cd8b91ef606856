"""The composition root: makes everything, ties it together, runs it, ends it. Nobody imports this.

Start-up order:
    1. options, log, QApplication, settings, theme, translation
    2. state (no threads yet)
    3. controllers and the main window, which watch state
    4. the bundled pair, read without torch; the window is shown
    5. after the first paint: the trainer service, the list of data sets, what a crash left behind

Shutdown order (RELIABILITY, ARCHITECTURE flow d):
    1. consent (asked only if something would be lost)
    2. tools' workers, map thread and decode workers closed, trainer service asked to quit, all threads joined
    3. settings and layout written
    4. widgets destroyed, session folder removed, state and controllers destroyed, log closed
"""

from __future__ import annotations

import os

# Both before NumPy: its BLAS would spin threads of its own against the trainer's for products of one row.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import sys
from importlib.resources import as_file, files
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from latent_explorer import __version__, logs, translation
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.tool_tips import TipApplication
from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.explorer import APPEARANCES, LANGUAGES, LINKS, ExplorerState
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.keeping import KeepingController
from latent_explorer.core.last_places import last_places
from latent_explorer.core.maps import MapController
from latent_explorer.core.models import ModelsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.run_display import RunDisplay
from latent_explorer.core.runs import RunController
from latent_explorer.core.settings import Settings, log_folder, state_folder
from latent_explorer.core.sources import PaneSources
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.toolbox import Toolbox
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.core.workers.decode import DecodeWorker
from latent_explorer.core.workers.worker import Worker
from latent_explorer.data.controller import DataController
from latent_explorer.data.drops import DropController
from latent_explorer.export.controller import ExportController
from latent_explorer.main_window import MainWindow
from latent_explorer.memory import collect_frozen, configure_allocator, freeze_objects, trim_heap
from latent_explorer.process import data_folder, destroy_object, handle_termination_signals, missing_path
from latent_explorer.screenshot import Screenshot
from latent_explorer.sessions.continuing import ContinuingController
from latent_explorer.sessions.controller import SessionController
from latent_explorer.sessions.folder import make_session_folder, sweep_session_folders
from latent_explorer.sessions.keeper import SessionKeeper
from latent_explorer.sessions.last_settings import LastSettings
from latent_explorer.sessions.recovery import RecoveryController
from latent_explorer.sessions.shutdown import ShutdownController
from latent_explorer.sessions.tool_settings import saved_aspects
from latent_explorer.sessions.views import SessionViews
from latent_explorer.tools.all_tools import all_tools
from trainer.models import refused
from trainer.models.family import families
from trainer.replica.choice import make_replica
from trainer.replica.replica import Replica
from trainer.service.messages import MomentsKept, Quit, Ready
from trainer.standard_streams import say

#: Between two times that freed memory goes back to the system.
_GIVE_BACK_MS = 60_000
#: Seconds after which a thread that works in Python gives way to the window's: at Python's own 5 ms a meter that
#: measures beside a drag holds its pictures up for as long.
_SWITCH = 0.0005
#: Until a change of language that a dialog has stopped is tried again.
_ASK_AGAIN_MS = 200


class Application(QObject):
    """All parts of one running program, made in order and ended in order."""

    def __init__(
        self,
        settings: Settings,
        *,
        data_folder: Path,
        device: str | None = None,
        open_path: Path | None = None,
        appearance: str | None = None,
        recovery_folder: Path | None = None,
        log_file: Path | None = None,
        in_thread: bool = False,
        remember: bool = True,
        tour: bool = False,
    ) -> None:
        """`device` and `appearance` are not saved; without `remember` no setting is written.

        `tour`: offer it, if it is a person's first start.
        """
        super().__init__()
        configure_allocator()
        sys.setswitchinterval(_SWITCH)
        self._remembers = remember
        self.settings = settings
        last_places().keep_in(settings)
        self._devices: tuple[str, ...] = ("cpu",)
        self._device_for_now, self._appearance_for_now = device, appearance
        self._open_path = open_path
        self._offers_tour = tour
        self._ended = False
        self.session_folder = make_session_folder()
        with as_file(files("resources") / "pretrained" / "mnist") as bundled:
            self.bundled = Path(bundled)
        self._make_state(device, appearance)
        self._make_controllers(data_folder, recovery_folder or state_folder(), in_thread)
        self.window = MainWindow(
            self.explorer,
            self.training,
            self.models,
            self.panes,
            self.tools,
            self.jobs,
            self.notifications,
            settings,
            log_file,
        )
        self.shutdown = ShutdownController(
            self.training,
            self.runs,
            self.sessions,
            self.recovery,
            self.tools.exports,
            self.window.ask_about_run,
            self.window.ask_about_files,
            self,
        )
        self.window.close_requested.connect(self.shutdown.request)
        self.window.save_given_up.connect(self.sessions.give_up_saving)
        self.shutdown.consented.connect(self.window.leave)
        self._memory = QTimer(self)
        self._memory.setInterval(_GIVE_BACK_MS)
        self._memory.timeout.connect(trim_heap)

    def _make_state(self, device: str | None, appearance: str | None) -> None:
        settings = self.settings
        self.notifications = Notifications(self)
        self.explorer = ExplorerState(self)
        self.training = TrainingState(self)
        self.training.set_cards({family.name: family.card for family in families()})
        for sentence in refused:
            self.notifications.post("warning", sentence)
        self.jobs = JobsState(self)
        self.tools = ToolStates(all_tools(lambda sentence: self.notifications.post("warning", sentence)), self)
        self.models = ModelsState(self)
        self.panes = (PaneState(0, self), PaneState(1, self))
        self.explorer.set_appearance(appearance or settings.text("window/appearance", "system", APPEARANCES))
        self.explorer.set_language(settings.text("window/language", "system", LANGUAGES))
        self.explorer.set_link(settings.text("explore/link", "image", LINKS))
        self.last_settings = LastSettings(settings, self.training, self)
        self.training.set_device_wish(device or settings.text("train/device", "auto", ("auto", "cpu", "cuda")))
        theme().set_appearance(self.explorer.appearance)
        self.explorer.appearance_changed.connect(lambda: theme().set_appearance(self.explorer.appearance))
        self.explorer.language_changed.connect(self._language_changed)
        self.explorer.data_left.connect(lambda: self.notifications.outdate("data"))

    def _make_controllers(self, data_folder: Path, recovery_folder: Path, in_thread: bool) -> None:
        self.client = TrainerClient(
            self.session_folder.path, self.jobs, self.notifications, in_thread=in_thread, parent=self
        )
        self.exploration = ExplorationController(
            self.explorer,
            self.panes,
            self._decodes_here,
            self._decode_worker,
            self.notifications,
            self,
        )
        self.map_thread = Worker("map", self)
        self.maps = MapController(
            self.panes, self.exploration, self._replica, self.map_thread, self.notifications, self
        )
        self.sources = PaneSources(self.models, self.panes, self.maps, self.explorer, self.training, self)
        self.display = RunDisplay(self.client, self.training, self.sources, self.maps, self.notifications, self)
        self.runs = RunController(
            self.client, self.explorer, self.training, self.display, self.notifications, self
        )
        self.data = DataController(
            self.client, self.explorer, self.training, self.runs, self.notifications, data_folder, self
        )
        self.session_views = SessionViews(
            self.explorer,
            self.models,
            self.panes,
            self.exploration,
            self.maps,
            self.sources,
            saved_aspects(self),
            self,
        )
        self.sessions = SessionController(
            self.client,
            self.explorer,
            self.training,
            self.session_views,
            self.runs,
            self.settings,
            self.notifications,
            self.bundled,
            lambda: self.data.folder,
            lambda kept, missing: self.keeping.adopt(kept, missing),
            self,
        )
        self.continuing = ContinuingController(self.explorer, self.settings, self.notifications, self)
        self.session_keeper = SessionKeeper(
            self.client, self.explorer, self.panes, self.runs, self.session_views, self
        )
        self.recovery = RecoveryController(
            self.client, self.notifications, recovery_folder, self.sessions.recover, self
        )
        self.sessions.bundled_shown.connect(self.data.adopt_shown)
        self.sessions.bundled_shown.connect(self._bundled_shown)
        self.drops = DropController(self.explorer, self.notifications, self)
        self.explorer.data_folder_requested.connect(lambda folder: self.settings.set_text("data/folder", folder))
        self._make_tools()
        self.client.reported.connect(self._reported)
        self.client.lost.connect(self._service_lost)
        self.client.needed.connect(self._restart_service)
        self.notifications.action_chosen.connect(self._action)

    def _make_tools(self) -> None:
        self._tool_workers: list[Worker] = []
        kit = ToolKit(
            explorer=self.explorer,
            training=self.training,
            models=self.models,
            panes=self.panes,
            tools=self.tools,
            jobs=self.jobs,
            notifications=self.notifications,
            exploration=self.exploration,
            client=self.client,
            maps=self.maps,
            display=self.display,
            runs=self.runs,
            new_worker=self._tool_worker,
            make_replica=lambda config, traits: make_replica(
                config, self._decode_device(), traits.plain, traits.posterior_kind
            ),
            session_folder=self.session_folder.path,
        )
        self.toolbox = Toolbox(kit, self)
        self.keeping = KeepingController(
            self.client,
            self.models,
            self.panes,
            self.sources,
            self.explorer,
            self.training,
            self._tool_worker("kept-models", background=True),
            kit.new_replicas(),
            self.jobs,
            self.notifications,
            self,
        )
        self.export_writer = ExportController(kit, self)

    def _tool_worker(self, name: str, background: bool = False) -> Worker:
        worker = Worker(name, self, background=background)
        self._tool_workers.append(worker)
        return worker

    # ------------------------------------------------------------ decoding devices

    def _decode_device(self) -> str:
        return "cuda" if "cuda" in self._devices and self.training.device_wish != "cpu" else "cpu"

    def _replica(self, model: PaneModel) -> Replica | None:
        """A replica for the GUI thread, made in any thread; None for families that need torch."""
        return make_replica(model.config, "cpu", plain=True) if model.traits.plain else None

    def _decodes_here(self, model: PaneModel) -> bool:
        """Whether pictures may come from the GUI thread: on the CPU, and without torch."""
        return model.traits.plain and self._decode_device() == "cpu"

    def _decode_worker(self, model: PaneModel) -> DecodeWorker:
        device = self._decode_device()
        return DecodeWorker(lambda config: make_replica(config, device, model.traits.plain), self)

    # ------------------------------------------------------------ life

    def show(self) -> None:
        """Show the window with its maps; the trainer starts after the first paint."""
        self.sessions.open_bundled()
        self.window.restore()
        self.window.painted.connect(self._start_service)
        self.window.show()

    @Slot()
    def _start_service(self) -> None:
        self.window.painted.disconnect(self._start_service)
        self.session_folder.hold()
        self._memory.start()
        self.client.start()
        self.data.list_available()
        sweep_session_folders()
        if self._remembers:
            self.recovery.start()
        if self._open_path is not None:
            self.sessions.open(self._open_path)
        elif self._offers_tour:
            self.window.offer_tour()
        elif self._remembers and not self.recovery.offers:
            self.continuing.begin()

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, Ready):
            self._devices = report.devices
            self.notifications.outdate("service")
        elif isinstance(report, MomentsKept):
            # The service makes the folder anew where it was cleaned away.
            self.session_folder.hold()

    @Slot(str)
    def _service_lost(self, sentence: str) -> None:
        self.notifications.post(
            "error", sentence, actions=((self.tr("Start it again"), "restart-service"),), about="service"
        )

    @Slot()
    def _bundled_shown(self) -> None:
        if self.explorer.data is not None:
            self.models.set_bundled(str(self.bundled), self.explorer.data.fingerprint)

    @Slot()
    def _language_changed(self) -> None:
        # A widget that is destroyed and made anew may be the one whose event this is.
        QTimer.singleShot(0, self, self._change_language)

    @Slot()
    def _change_language(self) -> None:
        """Say everything in the language that was chosen; what is going on goes on."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if application.activeModalWidget() is not None:
            # A dialog that came up meanwhile waits for its answer, and must not be destroyed.
            QTimer.singleShot(_ASK_AGAIN_MS, self, self._change_language)
            return
        former = translation.in_use(application)
        language = translation.use(application, self.explorer.language)
        if language == former or self._ended:
            return
        translation.wear(application, language)
        self.tools.retranslate()
        self.toolbox.retranslate()
        self.export_writer.retranslate()
        self.sources.rename()
        self.window.rebuild()
        QTimer.singleShot(0, self, collect_frozen)

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "restart-service":
            self._restart_service()

    @Slot()
    def _restart_service(self) -> None:
        if not self.client.running:
            self.client.start()
            self.data.list_available()
            self.recovery.restart()

    def end(self) -> None:
        """Close everything, in order, and destroy it, this object included; safe to call twice."""
        if self._ended:
            return
        self._ended = True
        self.client.tell(Quit())  # it ends while the others are waited for
        for worker in self._tool_workers:
            worker.stop()  # all at once, so that their last pieces of work do not add up
        for worker in self._tool_workers:
            worker.close()
        self.map_thread.close()
        self.exploration.close()
        self.client.stop()
        self.recovery.finish()
        if self._remembers:
            self._remember()
        self.window.dispose()
        self.explorer.set_data(None)  # lets go of the mapped images before their folder is removed
        self.runs.resident = None
        self.session_folder.cleanup()
        destroy_object(self)

    def _remember(self) -> None:
        settings, device, appearance = self.settings, self._device_for_now, self._appearance_for_now
        if self.explorer.appearance != appearance:
            settings.set_text("window/appearance", self.explorer.appearance)
        settings.set_text("window/language", self.explorer.language)
        settings.set_text("explore/link", self.explorer.link)
        if self.training.device_wish != device:
            settings.set_text("train/device", self.training.device_wish)
        self.last_settings.remember()
        self.window.remember()
        settings.save()


def run(options: argparse.Namespace) -> int:
    """Run the window until it is closed; returns the exit code."""
    log_file = logs.start(log_folder())
    application = QApplication.instance() or TipApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("latent-explorer")
    application.setApplicationDisplayName("Latent Explorer")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    settings = Settings()
    if options.reset:
        settings.forget()
    translation.wear(application, translation.install(application, settings))
    folder = data_folder(options, settings)
    open_path = Path(options.open).expanduser() if options.open else None
    if problem := missing_path(options, folder, open_path):
        say(f"latent-explorer: {problem}")
        return 2
    program = Application(
        settings,
        data_folder=folder,
        device=options.device,
        open_path=open_path,
        appearance=options.appearance,
        log_file=log_file,
        remember=not options.screenshot,
        tour=not options.screenshot,
    )
    logs.report_uncaught(program.notifications)
    program.shutdown.consented.connect(application.quit)
    screenshot = None
    if options.screenshot:
        screenshot = Screenshot(program.window, program.panes, program.training, Path(options.screenshot))
        screenshot.finished.connect(application.exit)
        if open_path is not None:
            screenshot.wait_for_run(program.notifications)
    handle_termination_signals(application)
    program.window.painted.connect(freeze_objects, Qt.ConnectionType.SingleShotConnection)
    program.show()
    if options.size:
        program.window.resize(*(int(part) for part in options.size.split("x")))
    code = application.exec()
    program.end()
    logs.stop()
    return code
