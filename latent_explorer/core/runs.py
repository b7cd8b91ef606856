"""Starts, controls and replaces the run. Its reports are shown by `RunDisplay`."""

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
    """Starts, controls and replaces the run.

    Signals:
        data_wanted: a run must start and its data are not in memory; a receiver loads them and calls
            `start_run`, or `cancel_training`.
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
        #: The command for a run that is still being built: "train", "step" or "".
        self._then = ""
        #: The job of the run being built, if it is the newest request.
        self._building: int | None = None
        self._saved_step = 0
        #: The knobs before a run on new data replaced them.
        self._before_usual: Knobs | None = None
        #: Whether the trainer crashed with a run that had steps.
        self._was_lost = False
        #: The data in the service's memory, which may differ from those shown: building their run may have failed.
        self.resident: DataView | None = None
        #: State and reason of the present run while another one is being built.
        self._before_loading = "none", ""
        #: Number of sessions being opened.
        self._opening = 0
        client.lost.connect(self._lost)
        client.reported.connect(self._reported)
        training.command_requested.connect(self._command)
        training.knobs_requested.connect(client.set_knobs)
        training.draft_changed.connect(self._draft_changed)
        notifications.action_chosen.connect(self._action)
        # A run without steps is rebuilt with the draft; typing "512" must not build three runs.
        self._rebuild = QTimer(self)
        self._rebuild.setSingleShot(True)
        self._rebuild.setInterval(250)
        self._rebuild.timeout.connect(self._rebuild_now)

    # ------------------------------------------------------------ commands

    @property
    def config(self) -> RunConfig | None:
        """The service's run; None while the panes show weights without a run."""
        return self._training.run_config

    @property
    def unsaved(self) -> bool:
        """Whether the run has steps that the user has not saved."""
        return self.config is not None and self._training.step > self._saved_step

    def mark_saved(self, saved: bool = True) -> None:
        """Record that the present run was saved by the user, or that it is unsaved."""
        self._saved_step = self._training.step if saved else -1

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, Continued):
            # Rolled back to before the saved step: further steps are unsaved.
            self._saved_step = min(self._saved_step, report.step)

    @Slot(str)
    def _command(self, command: str) -> None:
        if self._opening and command in ("train", "step", "reset"):
            self._notifications.post("info", self.tr("A session is being opened; train once it is there."))
        elif command == "reset":
            self.new_run()
        elif self.config is None:
            if self._was_lost:
                # No new run: the automatic save is offered when the trainer is available again.
                self._was_lost = False
                self._client.wake()
            elif command in ("train", "step"):
                self._then = command
                self._start()
        elif self._outdated and command in ("train", "step"):
            # A setting was changed just now: train the draft that is shown.
            self._then = command
            self._rebuild.stop()
            self._start()
        else:
            if command != "train":
                self._training.rest()
            beyond = command in ("train", "step") and self._training.run_state == "finished"
            self._client.tell(Control(command, self._extend() if beyond else None))

    def _extend(self) -> int | None:
        """The new length of a finished run: that in the panel if it is larger, otherwise None."""
        training = self._training
        running = training.run_config
        assert running is not None
        epochs, done = training.draft_train.epochs, math.floor(training.epoch)
        if epochs is not None and epochs <= done:
            epochs = None
        # Set in run and draft, so that the panel does not suggest a new run because of it.
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
            # As a change by the user, so that it can be undone.
            former, self._before_usual = self._before_usual, None
            wanted = former.with_own(self._training.own)
            self._training.set_knobs(fitted_knobs(wanted, self.config.models))
            self._report_clipped_knobs(wanted)

    def _start(self) -> None:
        data = self._explorer.data
        if data is None or data is not self.resident or data.config != self._training.draft_data:
            self.data_wanted.emit()
            return
        self.start_run(data, self._training.draft_models)

    def wait(self) -> None:
        """Show that a run is expected."""
        training = self._training
        if training.run_state not in ("training", "loading"):
            self._before_loading = training.run_state, training.reason
            training.set_run("loading")

    def expect_data(self) -> None:
        """Expect data and a run on them, which replaces one that is being built."""
        self._building = None

    def start_run(
        self,
        data: DataView,
        models: tuple[ModelConfig, ...],
        shown: Callable[[], None] | None = None,
        knobs: Knobs | None = None,
    ) -> None:
        """Build a run of `models` on `data` in the service's memory; call `shown()` when it is ready.

        `knobs`: initial knobs; None: the present ones.

        Data and drafts change only when it is ready, so that a failure changes nothing.
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
            wanted = training.next_knobs  # those of the draft, which become those of the run
            self._install(run)
            # It has no folder yet: saving must not overwrite the previous run.
            self._explorer.save_place = ""
            # Changes made while it was being built are kept, as they are newer.
            if wanted != turned:
                self._set_knobs(fitted_knobs(wanted, run.config.models))
                self._report_clipped_knobs(wanted)
                self._client.set_knobs(training.knobs)
            else:
                if knobs is not None:
                    self._report_default_knobs(turned, run.knobs)
                self._set_knobs(run.knobs)
                self._report_clipped_knobs(begin)
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
                self.cancel_training(sentence)

        job = self._building = self._client.ask(
            lambda job: StartRun(job=job, config=config, knobs=fitted_knobs(begin, models)),
            ready,
            title=self.tr("Building the models"),
            failed=failed,
        )

    def _set_knobs(self, knobs: Knobs) -> None:
        with self._training.unasked():
            self._training.set_knobs(knobs)

    def _report_default_knobs(self, before: Knobs, after: Knobs) -> None:
        """Report that a run on other data begins with default values of the shared knobs."""
        change = knob_change(before, after, self._training.cards)
        if change:
            self._before_usual = before
            template = self.tr("New data begin with the usual knobs: {what}.")
            self._notifications.post(
                "info",
                template.format(what=change),
                actions=((self.tr("Use the former ones"), "former-knobs"),),
            )

    def _report_clipped_knobs(self, wanted: Knobs) -> None:
        """Report initial knobs that were out of range for the run's models."""
        models = () if self.config is None else self.config.models
        told = fitted_line(wanted, self._training.knobs, self._training.cards, models)
        if told:
            self._notifications.post("info", told)

    def _built(self, job: int) -> bool:
        """Called when building a run has ended; False if there is a newer request."""
        newest = job == self._building
        if newest:
            self._building = None
        return newest

    def cancel_training(self, sentence: str = "") -> None:
        """A run, or loading its data, failed: the previous one is unchanged.

        A newer request for a run, or a session being opened, is still expected.
        """
        if self._building is not None or self._opening:
            return
        self._then = ""
        if self._training.run_state == "loading":
            state, reason = self._before_loading
            self._training.set_run(state, sentence or reason)

    def give_way(self) -> None:
        """Drop requests for a run, because they must not replace or train what is being opened."""
        self._rebuild.stop()
        if self._building is not None:
            self._client.cancel(self._building)
            self._building = None
        self._then = ""
        self.cancel_training()

    def begin_opening(self) -> None:
        """A session is being opened: until the matching `end_opening` no run starts that would replace it."""
        self._opening += 1
        self.wait()

    def end_opening(self) -> None:
        """A session was opened, or opening it failed."""
        self._opening -= 1
        self.cancel_training()
        self._draft_changed()

    @property
    def _outdated(self) -> bool:
        """Whether the present run has no steps and differs from the draft."""
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
        """Show an opened run, and set up the next one with its settings."""
        if ready.data is not None:
            self.resident = data_view(ready.data)
        training = self._training
        self._install(ready)
        train = shown_settings(ready.config.train, training.draft_train)
        self._adopt(ready.config, ready.knobs, train, ready.config.data)
        if ready.data_missing:
            self._notifications.post("warning", ready.data_missing, about="run")
            training.set_run("none", shown_sentence(ready.data_missing))
        self._then = ""

    def _install(self, ready: RunReady) -> None:
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
        """Send the command that was given while the run was being built."""
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
        """Show models without a run (the bundled pair), and set up the next run with their settings."""
        if self.config is not None:
            self._client.tell(Control("stop"))
        self._notifications.outdate("run")
        self._training.set_run_config(None, config)
        self._training.set_run("none")
        self._display.show_weights(config, traits, snapshots, codes, history, evaluations, sigmas)
        # The length of their training is no default for a new run.
        # Its images are adopted if they are available; those of another session are removed here.
        self._adopt(config, knobs, shown_settings(config.train.replace(epochs=None), TrainConfig()), DataConfig())

    def _adopt(self, config: RunConfig, knobs: Knobs, train: TrainConfig, data: DataConfig) -> None:
        """Set the draft to the settings of the shown models; nothing of another session is kept."""
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
    """`draft` with those settings of an opened run that the panel shows; hidden settings are not adopted."""
    return draft.replace(**{name: getattr(opened, name) for name in TrainingState.SHOWN_SETTINGS})
