"""The run in the window: started, driven, replaced. What it reports is shown by `RunDisplay`."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latent_explorer.core.data_view import data_view
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.fitting import fitting
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.run_display import RunDisplay
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.words.knob_words import fitted_line, knob_change
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.models.family import fitted_knobs
from trainer.reports import EvaluationReport, Snapshot, StepReport
from trainer.service.messages import Continued, Control, RunReady, StartRun
from trainer.training.schedules import extended
from trainer.traits import Traits


class RunController(QObject):
    """Starts, drives and replaces the run.

    Signals:
        data_wanted: a run is to start and its data are not in memory; whoever can loads them and calls
            `start_run`, or `give_up_training`.
    """

    data_wanted = Signal()

    def __init__(
        self,
        client: TrainerClient,
        explorer: ExplorerState,
        training: TrainingState,
        display: RunDisplay,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._explorer = explorer
        self._training = training
        self._display = display
        self._notifications = notifications
        #: What a person asked of a run that is only being built: "train", "step" or "".
        self._then = ""
        #: The run being built, if nothing was asked for after it.
        self._building: int | None = None
        self._saved_step = 0
        #: The knobs before those of new data were used.
        self._before_usual: Knobs | None = None
        #: The trainer died with a run that had steps.
        self._was_lost = False
        #: The data that the service has in memory, which need not be those on show: their run may have failed.
        self.resident: DataView | None = None
        #: The run's state, and what was said of it, while another is on its way.
        self._before_loading = "none", ""
        #: Sessions that are being opened.
        self._opening = 0
        client.lost.connect(self._lost)
        client.reported.connect(self._reported)
        training.command_requested.connect(self._command)
        training.knobs_requested.connect(client.set_knobs)
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
        return self._training.run_config

    @property
    def unsaved(self) -> bool:
        """Whether the run has steps that are in no checkpoint a person chose."""
        return self.config is not None and self._training.step > self._saved_step

    def mark_saved(self, saved: bool = True) -> None:
        """The present run was written where a person asked; or no step of it was."""
        self._saved_step = self._training.step if saved else -1

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, Continued):
            # Taken back to before what was saved: what is done from here is in no checkpoint.
            self._saved_step = min(self._saved_step, report.step)

    @Slot(str)
    def _command(self, command: str) -> None:
        if self._opening and command in ("train", "step", "reset"):
            self._notifications.post("info", self.tr("A session is being opened; train once it is there."))
        elif command == "reset":
            self.new_run()
        elif self.config is None:
            if self._was_lost:
                # Not a fresh run in its place: the automatic save is offered once the trainer is back.
                self._was_lost = False
                self._client.wake()
            elif command in ("train", "step"):
                self._then = command
                self._start()
        elif self._outdated and command in ("train", "step"):
            # A setting was changed a moment ago: what is trained is what is shown.
            self._then = command
            self._rebuild.stop()
            self._start()
        else:
            if command != "train":
                self._training.rest()
            beyond = command in ("train", "step") and self._training.run_state == "finished"
            self._client.tell(Control(command, self._extend() if beyond else None))

    def _extend(self) -> int | None:
        """The end that a finished run gets: what the panel says if that is later, otherwise none."""
        training = self._training
        running = training.run_config
        assert running is not None
        epochs, done = training.draft_train.epochs, math.floor(training.epoch)
        if epochs is not None and epochs <= done:
            epochs = None
        # Said in both places, so that the panel does not call for a new run because of it.
        training.set_run_config(running.replace(train=extended(running.train, epochs, done)))
        with training.unasked():
            training.set_draft(train=training.draft_train.replace(epochs=epochs))
        return epochs

    def new_run(self) -> None:
        """Replace the run by a fresh one from the draft, asking first if steps would be lost."""
        if self.unsaved:
            self._notifications.post(
                "warning",
                self.tr("A new run replaces the present one at step {step}, which has not been saved.").format(
                    step=f"{self._training.step:,}"
                ),
                actions=((self.tr("Save first…"), "save-then-new"), (self.tr("Replace it"), "replace-run")),
                about="run",
            )
            return
        self._start()

    @Slot(str)
    def _action(self, key: str) -> None:
        if key == "replace-run":
            self._start()
        elif key == "former-knobs" and self._before_usual is not None and self.config is not None:
            # By hand, so that it can be undone.
            former, self._before_usual = self._before_usual, None
            wanted = former.with_own(self._training.own)
            self._training.set_knobs(fitted_knobs(wanted, self.config.models))
            self._tell_fitted(wanted)

    def _start(self) -> None:
        data = self._explorer.data
        if data is None or data is not self.resident or data.config != self._training.draft_data:
            self.data_wanted.emit()
            return
        self.start_run(data, self._training.draft_models)

    def wait(self) -> None:
        """Expect a run."""
        training = self._training
        if training.run_state not in ("training", "loading"):
            self._before_loading = training.run_state, training.reason
            training.set_run("loading")

    def expect_data(self) -> None:
        """Expect data, and a run on them after any that is being built."""
        self._building = None

    def start_run(
        self,
        data: DataView,
        models: tuple[ModelConfig, ...],
        shown: Callable[[], None] | None = None,
        knobs: Knobs | None = None,
    ) -> None:
        """Build a run of `models` on the resident `data`; call `shown()` once it is there.

        `knobs`: where the run's knobs begin; None: as they are.

        Data and drafts change when it is there and not before, so that what cannot be built leaves all as it was.
        """
        training = self._training
        asked, turned = training.draft_models, training.next_knobs
        begin = turned if knobs is None else knobs
        config = RunConfig(
            data=data.config,
            models=models,
            train=training.draft_train.replace(device=training.device_wish),
        )
        self.wait()

        def ready(run: RunReady) -> None:
            newest = self._built(job)
            wanted = training.next_knobs  # of the draft: once the run is there, they are its own
            self._stand(run)
            # Its place on disk is its own: saving must not replace the former run.
            self._explorer.save_place = ""
            # What was changed while it was being built holds: it was the last word.
            if wanted != turned:
                self._set_knobs(fitted_knobs(wanted, run.config.models))
                self._tell_fitted(wanted)
                self._client.set_knobs(training.knobs)
            else:
                if knobs is not None:
                    self._tell_usual(turned, run.knobs)
                self._set_knobs(run.knobs)
                self._tell_fitted(begin)
            changed = training.draft_models != asked
            shape = run.config.models[0].shape
            now = tuple(fitting(model, shape) for model in training.draft_models)
            with training.unasked():
                training.set_draft(data=run.config.data, models=now if changed else run.config.models)
            if shown is not None:
                shown()
            self._draft_changed()
            if newest:
                self._go_on()

        def failed(sentence: str) -> None:
            if self._built(job):
                self.give_up_training(sentence)

        job = self._building = self._client.ask(
            lambda job: StartRun(job=job, config=config, knobs=fitted_knobs(begin, models)),
            ready,
            title=self.tr("Building the models"),
            failed=failed,
        )

    def _set_knobs(self, knobs: Knobs) -> None:
        with self._training.unasked():
            self._training.set_knobs(knobs)

    def _tell_usual(self, before: Knobs, after: Knobs) -> None:
        """A run on other data begins with the knobs that all models share at their usual values."""
        change = knob_change(before, after, self._training.cards)
        if change:
            self._before_usual = before
            template = self.tr("New data begin with the usual knobs: {what}.")
            self._notifications.post(
                "info",
                template.format(what=change),
                actions=((self.tr("Use the former ones"), "former-knobs"),),
            )

    def _tell_fitted(self, wanted: Knobs) -> None:
        """Of the knobs that a run was to begin with, some may be beyond what its models take."""
        models = () if self.config is None else self.config.models
        told = fitted_line(wanted, self._training.knobs, self._training.cards, models)
        if told:
            self._notifications.post("info", told)

    def _built(self, job: int) -> bool:
        """The building of a run has ended; False if something was asked for after it."""
        newest = job == self._building
        if newest:
            self._building = None
        return newest

    def give_up_training(self, sentence: str = "") -> None:
        """A run, or the data it was to start on, failed: the former one stays as it was.

        But a run that was asked for after those is still to come, or a session that is being opened.
        """
        if self._building is not None or self._opening:
            return
        self._then = ""
        if self._training.run_state == "loading":
            state, reason = self._before_loading
            self._training.set_run(state, sentence or reason)

    def give_way(self) -> None:
        """Drop requests for a run, since something is being opened that they must not replace or train."""
        self._rebuild.stop()
        if self._building is not None:
            self._client.cancel(self._building)
            self._building = None
        self._then = ""
        self.give_up_training()

    def begin_opening(self) -> None:
        """A session is being opened: until `end_opening`, once for each, no run begins that would replace it."""
        self._opening += 1
        self.wait()

    def end_opening(self) -> None:
        """It is there, or could not be had."""
        self._opening -= 1
        self.give_up_training()
        self._draft_changed()

    @property
    def _outdated(self) -> bool:
        """Whether the present run has no steps and is not what the draft says."""
        training = self._training
        data = self._explorer.data
        return (
            not self._opening
            and training.step == 0
            and training.run_state in ("ready", "loading")
            and training.draft_differs
            and data is not None
            and data.config == training.draft_data
        )

    @Slot()
    def _draft_changed(self) -> None:
        if self._outdated:
            self._rebuild.start()

    @Slot()
    def _rebuild_now(self) -> None:
        if self._outdated:
            self._start()
        else:
            self._go_on()

    # ------------------------------------------------------------ the present run

    def show_opened(self, ready: RunReady) -> None:
        """A run was opened: show it as it was saved, and set the next one up like it."""
        if ready.data is not None:
            self.resident = data_view(ready.data)
        training = self._training
        self._stand(ready)
        train = shown_settings(ready.config.train, training.draft_train)
        self._adopt(ready.config, ready.knobs, train, ready.config.data)
        if ready.data_missing:
            self._notifications.post("warning", ready.data_missing, about="run")
            training.set_run("none", shown_sentence(ready.data_missing))
        self._then = ""

    def _stand(self, ready: RunReady) -> None:
        training = self._training
        self._notifications.outdate("run")
        if not ready.data_missing and self.resident is not None:
            self._explorer.set_data(self.resident)
        training.set_run_config(*((None, ready.config) if ready.data_missing else (ready.config,)))
        self._display.show_run(ready)
        self._saved_step = training.step
        if not ready.data_missing:
            training.set_run("ready" if training.step == 0 else "paused")

    def _go_on(self) -> None:
        """Do what was asked of the run while it was being built."""
        if self._then and self._building is None and not self._rebuild.isActive():
            then, self._then = self._then, ""
            self._client.tell(Control(then))

    def show_weights(
        self,
        config: RunConfig,
        knobs: Knobs,
        traits: tuple[Traits, ...],
        snapshots: tuple[Snapshot, ...],
        codes: tuple[np.ndarray, ...],
        history: tuple[StepReport, ...] = (),
        evaluations: tuple[EvaluationReport, ...] = (),
        sigmas: tuple[np.ndarray | None, ...] = (),
    ) -> None:
        """Show models that belong to no run (the bundled pair), and set the next run up like them."""
        if self.config is not None:
            self._client.tell(Control("stop"))
        self._notifications.outdate("run")
        self._training.set_run_config(None, config)
        self._training.set_run("none")
        self._display.show_weights(config, traits, snapshots, codes, history, evaluations, sigmas)
        # How long they were trained is nothing that a new run should end at.
        # Its own images are adopted once they turn out to be available; no other session's are left here.
        self._adopt(config, knobs, shown_settings(config.train.replace(epochs=None), TrainConfig()), DataConfig())

    def _adopt(self, config: RunConfig, knobs: Knobs, train: TrainConfig, data: DataConfig) -> None:
        """The panel shows what is on show: the next run is to be like it. Nothing of another session is left."""
        training = self._training
        with training.unasked():
            training.set_draft(data=data, models=config.models, train=train, own=knobs.own)
            training.set_knobs(knobs)
        training.adopted.emit()

    @Slot(str)
    def _lost(self, sentence: str) -> None:
        self._was_lost = self._training.step > 0 and self.config is not None
        self._training.set_run_config(None)
        self.resident = None
        self._then = ""
        self._training.rest()
        self._training.set_run("none", sentence)


def shown_settings(opened: TrainConfig, draft: TrainConfig) -> TrainConfig:
    """`draft` with those settings of an opened run that the panel shows: what is not seen is not adopted."""
    return draft.replace(**{name: getattr(opened, name) for name in TrainingState.SHOWN_SETTINGS})
