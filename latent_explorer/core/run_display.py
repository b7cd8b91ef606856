"""Writes the reports of a run into state: models, maps, losses."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.maps import MapController
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.sources import PaneSources
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import RunConfig
from trainer.reports import EvaluationReport, MapReport, Snapshot, StepReport
from trainer.service.messages import Continued, Evaluated, Mapped, Ready, RunReady, RunState
from trainer.traits import Traits


class RunDisplay(QObject):
    """Shows the service's run, or weights without a run.

    Signals:
        began: another run, or other weights, are about to be shown.
    """

    began = Signal()

    def __init__(
        self,
        client: TrainerClient,
        training: TrainingState,
        sources: PaneSources,
        maps: MapController,
        notifications: Notifications,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._training = training
        self._sources = sources
        self._maps = maps
        self._notifications = notifications
        #: The newest map of the run, and whether it waits because a past moment is shown.
        self._live: MapReport | None = None
        self._held = False
        client.stepped.connect(training.steps_done)
        client.reported.connect(self._reported)

    def show_run(self, ready: RunReady) -> None:
        """Show a run: its models, history and map."""
        training = self._training
        self._begin(ready.history, ready.evaluations, len(ready.config.models))
        if ready.map is not None:
            training.set_place(ready.map.step, ready.history[-1].epoch if ready.history else 0.0)
        training.set_device(ready.device, ready.threads)
        self._sources.begin(ready.config, ready.traits)
        self._live = ready.map
        self._sources.show_opened(ready.map)

    def show_weights(
        self,
        config: RunConfig,
        traits: tuple[Traits, ...],
        snapshots: tuple[Snapshot, ...],
        codes: tuple[np.ndarray, ...],
        history: tuple[StepReport, ...] = (),
        evaluations: tuple[EvaluationReport, ...] = (),
        sigmas: tuple[np.ndarray | None, ...] = (),
    ) -> None:
        """Show models without a run (the bundled pair): codes and sigmas are (N, d), one row per data row."""
        self._begin(history, evaluations, len(config.models))
        # The history of these weights is shown; there is no run with a step.
        self._training.set_place(0, 0.0)
        self._sources.begin(config, traits)
        rows = np.arange(len(codes[0]))
        step = max(snapshot.step for snapshot in snapshots)
        report = MapReport(step=step, rows=rows, codes=codes, snapshots=snapshots, seconds=0.0, sigmas=sigmas)
        self._live = report
        # Regardless of its size: the window's first picture includes it.
        self._sources.show(report, at_once=True)

    def hold_live(self) -> None:
        """Reserve the maps for past moments: new maps of the run wait."""
        self._held = True

    def show_past(self, report: MapReport) -> None:
        """Show the members as they were at a past moment."""
        self._sources.show(report, past=True)

    def show_live(self) -> None:
        """Show the present run on the maps again."""
        if self._held:
            self._held = False
            if self._live is not None:
                self._sources.show(self._live)

    def go_back(self, done: Continued) -> None:
        """The run is at another moment: show the losses and knobs of that time. Its map follows."""
        training = self._training
        kl = _lamps(done.last)
        self._show_moment(done)
        # If the moment was shown before, the run continues from the same map.
        self._maps.hold(done.step)
        if done.returned:
            training.return_to_former(done.step, done.epoch, kl)
        else:
            training.go_back(done.step, done.epoch, kl)
        with training.unasked():
            training.set_knobs(done.knobs)

    def roll_back(self, done: Continued) -> None:
        """Undo the display of later steps: the trainer was rolled back."""
        self._show_moment(done)
        self._training.roll_back(done.step, done.epoch, _lamps(done.last))

    def _show_moment(self, done: Continued) -> None:
        # The newest map was made after that step.
        self._live, self._held = None, False

    def _begin(
        self, history: tuple[StepReport, ...], evaluations: tuple[EvaluationReport, ...], members: int
    ) -> None:
        self._live, self._held = None, False
        self.began.emit()
        self._training.begin(members)
        self._training.append_steps(history)
        self._training.append_evaluation(*evaluations)

    @Slot(object)
    def _reported(self, report: object) -> None:
        training = self._training
        has_run = training.run_config is not None
        match report:
            case Mapped() if has_run:
                self._live = report.report
                if not self._held:
                    self._sources.show(report.report)
            case Continued() if has_run:
                self.roll_back(report)
            case Evaluated() if has_run:
                training.append_evaluation(report.report)
            case RunState():
                if report.memory:
                    training.set_memory(report.memory)
                if has_run:
                    self._run_state(report)
            case Ready():
                training.set_device("cpu", report.threads)
                training.set_memory(report.memory)
                if report.remark:
                    self._notifications.post("warning", report.remark)
            case _:
                pass

    def _run_state(self, report: RunState) -> None:
        training = self._training
        was = training.run_state
        # While a new run is being built, reports of the previous one are ignored.
        if was == "loading" and report.state in ("ready", "none"):
            return
        training.set_run(report.state, shown_sentence(report.reason))
        if report.state != "training":
            training.rest()
        if report.reason and report.state == "failed" and was != "failed":
            self._notifications.post("error", report.reason, about="run")
        elif report.reason and report.state != "failed":
            self._notifications.post("warning", report.reason, about="run")


def _lamps(last: StepReport | None) -> tuple[tuple[float, ...], ...]:
    return () if last is None else tuple(losses.kl_per_dimension for losses in last.losses)
