"""The run in the window: commands go to the service, reports come into state.

One run trains the models of both panes: member i belongs to pane i.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.controllers.exploration import ExplorationController
from latent_explorer.controllers.knob_change import knob_change
from latent_explorer.controllers.loaded_data import data_view
from latent_explorer.controllers.maps import MapController
from latent_explorer.controllers.service_client import ServiceClient
from latent_explorer.notifications import Notifications
from latent_explorer.state.explorer import DataView, ExplorerState
from latent_explorer.state.pane import PaneModel, PaneState
from latent_explorer.state.training import Mark, TrainingState
from trainer.config import ModelConfig, RunConfig
from trainer.knobs import Knobs
from trainer.reports import EvaluationReport, MapReport, Snapshot, StepReport
from trainer.service.messages import (
    Control,
    Evaluated,
    Mapped,
    Ready,
    RunReady,
    RunState,
    SetKnobs,
    StartRun,
    Stepped,
)
from trainer.traits import Traits

#: Seconds over which images per second are averaged.
_RATE_WINDOW = 1.5


class RunController(QObject):
    """Starts, drives and replaces the run; shows what it reports."""

    def __init__(
        self,
        client: ServiceClient,
        explorer: ExplorerState,
        training: TrainingState,
        panes: tuple[PaneState, ...],
        exploration: ExplorationController,
        maps: MapController,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._explorer = explorer
        self._training = training
        self._panes = panes
        self._exploration = exploration
        self._maps = maps
        self._notifications = notifications
        self._generation = 0
        self._knobs_of_last_step: Knobs | None = None
        self._recent: deque[tuple[float, int]] = deque()
        #: What a person asked of a run that is only being built: "train", "step" or "".
        self._then = ""
        self._saved_step = 0
        #: The data that the service has in memory, which need not be those on show: their run may have failed.
        self.resident: DataView | None = None
        self._before_loading = "none"
        client.reported.connect(self._reported)
        client.lost.connect(self._lost)
        training.command_requested.connect(self._command)
        training.knobs_changed.connect(self._knobs_changed)
        training.draft_changed.connect(self._draft_changed)
        notifications.action_chosen.connect(self._action)
        # A run without steps follows the draft; typing "512" must not build three runs.
        self._rebuild = QTimer(self)
        self._rebuild.setSingleShot(True)
        self._rebuild.setInterval(250)
        self._rebuild.timeout.connect(self._rebuild_now)

    # ------------------------------------------------------------ commands

    @property
    def config(self) -> RunConfig | None:
        """The run standing in the service; None while the panes show weights that belong to no run."""
        return self._training.running

    @property
    def unsaved(self) -> bool:
        """Whether the run has steps that are in no checkpoint a person chose."""
        return self.config is not None and self._training.step > self._saved_step

    def mark_saved(self, saved: bool = True) -> None:
        """The run as it stands was written where a person asked; or no step of it was."""
        self._saved_step = self._training.step if saved else -1

    @Slot(str)
    def _command(self, command: str) -> None:
        if command == "reset":
            self.new_run()
        elif self.config is None:
            if command in ("train", "step"):
                self._then = command
                self._start()
        elif command == "train":
            self._client.tell(Control("train"))
        else:
            self._recent.clear()
            self._training.set_rate(0.0)
            self._client.tell(Control(command))

    def new_run(self) -> None:
        """Replace the run by a fresh one from the draft, asking first if steps would be lost."""
        if self.unsaved:
            self._notifications.post(
                "warning",
                self.tr("A new run replaces the present one at step {step}, which has not been saved.").format(
                    step=f"{self._training.step:,}"
                ),
                actions=(
                    (self.tr("Save first…"), "save-run"),
                    (self.tr("Replace it"), "replace-run"),
                ),
            )
            return
        self._start()

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "replace-run":
            self._start()
        elif key == "save-run":
            self._explorer.save_requested.emit("")

    def _start(self) -> None:
        data = self._explorer.data
        draft = self._training.draft_data
        if data is None or data is not self.resident or data.config != draft:
            # The data controller loads it and starts the run when it is there.
            self._explorer.data_requested.emit(draft, False)
            return
        self.start_run(data, self._training.draft_models)

    def start_run(
        self, data: DataView, models: tuple[ModelConfig, ...], shown: Callable[[], None] | None = None
    ) -> None:
        """Build a run of `models` on the resident `data`; call `shown()` once it stands.

        Data and drafts change when it stands and not before, so that what cannot be built leaves all as it was.
        """
        training = self._training
        config = RunConfig(
            data=data.config,
            models=models,
            train=training.draft_train.replace(device=training.device_wish),
        )
        if training.run not in ("training", "loading"):
            self._before_loading = training.run
            training.set_run("loading")

        def ready(run: RunReady) -> None:
            self.show_run(run)
            if shown is not None:
                shown()

        self._client.ask(
            lambda job: StartRun(job=job, config=config, knobs=training.knobs),
            ready,
            title=self.tr("Building the models"),
            failed=self.give_up_training,
        )

    def give_up_training(self, sentence: str = "") -> None:
        """A run, or the data it was to start on, could not be had: the former one stands as it stood."""
        self._then = ""
        if self._training.run == "loading":
            self._training.set_run(self._before_loading, sentence)

    @Slot()
    def _draft_changed(self) -> None:
        if self.config is not None and self._training.step == 0 and self._training.run in ("ready", "loading"):
            self._rebuild.start()

    @Slot()
    def _rebuild_now(self) -> None:
        training = self._training
        data = self._explorer.data
        if (
            self.config is not None
            and training.step == 0
            and training.run in ("ready", "loading")
            and data is not None
            and data.config == training.draft_data
            and (self.config.models, self.config.train)
            != (training.draft_models, training.draft_train.replace(device=training.device_wish))
        ):
            self._start()

    @Slot()
    def _knobs_changed(self) -> None:
        if self.config is not None:
            self._client.tell(SetKnobs(self._training.knobs))

    # ------------------------------------------------------------ reports

    def show_run(self, ready: RunReady) -> None:
        """A run stands ready in the service: show it."""
        if ready.data is not None:
            self.resident = data_view(ready.data)
        if not ready.data_missing and self.resident is not None:
            self._explorer.set_data(self.resident)
        training = self._training
        training.set_running(None if ready.data_missing else ready.config)
        training.begin(len(ready.config.models))
        self._knobs_of_last_step = None
        self._recent.clear()
        training.set_draft(data=ready.config.data, models=ready.config.models, train=ready.config.train)
        training.set_knobs(ready.knobs)
        training.set_device(ready.device, ready.threads)
        self._append(ready.history)
        for evaluation in ready.evaluations:
            training.append_evaluation(evaluation)
        if ready.map is not None:
            training.step = ready.map.step
        self._saved_step = training.step
        training.progress_changed.emit()
        self._show_models(ready.config, ready.traits)
        if ready.map is not None:
            self._show_map(ready.map)
        if ready.data_missing:
            self._notifications.post("warning", ready.data_missing)
        if ready.data_missing:
            training.set_run("none", ready.data_missing)
        else:
            training.set_run("ready" if training.step == 0 else "paused")
        then, self._then = self._then, ""
        if then and not ready.data_missing:
            self._client.tell(Control(then))

    def show_weights(
        self,
        config: RunConfig,
        traits: tuple[Traits, ...],
        snapshots: tuple[Snapshot, ...],
        codes: tuple[np.ndarray, ...],
        history: tuple[StepReport, ...] = (),
        evaluations: tuple[EvaluationReport, ...] = (),
    ) -> None:
        """Show models that belong to no run (the bundled pair): codes are (N, d), one row a data row."""
        if self.config is not None:
            self._client.tell(Control("stop"))
            self._training.set_running(None)
        self._training.set_run("none")
        self._training.begin(len(config.models))
        self._knobs_of_last_step = None
        self._append(history)
        for evaluation in evaluations:
            self._training.append_evaluation(evaluation)
        # The past of these weights is shown; a run that has a step does not stand.
        self._training.set_place(0, 0.0)
        self._show_models(config, traits)
        rows = np.arange(len(codes[0]))
        self._show_map(MapReport(step=0, rows=rows, codes=codes, snapshots=snapshots, seconds=0.0))

    def _show_models(self, config: RunConfig, traits: tuple[Traits, ...]) -> None:
        self._generation += 1
        for pane in self._panes:
            if pane.index < len(config.models):
                pane.set_model(PaneModel(config.models[pane.index], traits[pane.index], self._generation))
            else:
                pane.set_model(None)

    def _show_map(self, report: MapReport) -> None:
        members = list(zip(self._panes, report.codes, report.snapshots, strict=False))
        # All weights first: a linked cursor must never meet the old ones in the other pane.
        for pane, _, snapshot in members:
            self._exploration.set_snapshot(pane.index, snapshot)
        for pane, codes, snapshot in members:
            self._maps.show(pane.index, report.rows, codes, snapshot.number)

    @Slot(object)
    def _reported(self, report: object) -> None:
        training = self._training
        match report:
            case Stepped() if self.config is not None:
                self._append(report.reports)
                self._measure(report.reports)
            case Mapped() if self.config is not None:
                self._show_map(report.report)
            case Evaluated() if self.config is not None:
                training.append_evaluation(report.report)
            case RunState():
                if report.memory:
                    training.set_memory(report.memory)
                if self.config is not None:
                    self._run_state(report)
            case Ready():
                training.set_device("cpu", report.threads)
                training.set_memory(report.memory)
            case _:
                pass

    def _run_state(self, report: RunState) -> None:
        training = self._training
        was = training.run
        # While a new run is being built, what the former one still says no longer counts.
        if was == "loading" and report.state in ("ready", "none"):
            return
        training.set_run(report.state, report.reason)
        if report.state != "training":
            training.set_rate(0.0)
        if report.reason and report.state == "failed" and was != "failed":
            self._notifications.post("error", report.reason)
        elif report.reason and report.state in ("paused", "training"):
            self._notifications.post("warning", report.reason)

    def _append(self, reports: tuple[StepReport, ...]) -> None:
        for report in reports:
            before = self._knobs_of_last_step
            if before is not None and report.knobs != before:
                self._training.append_mark(Mark(report.step, knob_change(before, report.knobs)))
            self._knobs_of_last_step = report.knobs
        self._training.append_steps(reports)

    def _measure(self, reports: tuple[StepReport, ...]) -> None:
        now = time.monotonic()
        self._recent.append((now, sum(report.images for report in reports)))
        while now - self._recent[0][0] > _RATE_WINDOW and len(self._recent) > 2:
            self._recent.popleft()
        elapsed = now - self._recent[0][0]
        if elapsed > 0.2:
            # The first entry's images were trained before its own time.
            images = sum(count for _, count in list(self._recent)[1:])
            self._training.set_rate(images / elapsed)

    @Slot(str)
    def _lost(self, sentence: str) -> None:
        self._training.set_running(None)
        self.resident = None
        self._then = ""
        self._training.set_rate(0.0)
        self._training.set_run("none", sentence)
