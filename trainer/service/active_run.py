"""The run of the service: stepped while it trains, with reports to the window at regular intervals."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Generator

from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.machine_limits import resident_memory
from trainer.models.family import fitted_knobs
from trainer.progress import CancelledError, IsCancelled
from trainer.reports import EvaluationReport, MapReport, NonFiniteLossError, StepReport
from trainer.sentences import Sentence, sentence_for
from trainer.service.backend import Backend, RunTrainer
from trainer.service.duty_cycle import Clock, DutyCycle
from trainer.service.keeping import Autosaver
from trainer.service.mail import PeerGoneError
from trainer.service.messages import Continued, Evaluated, Failed, Mapped, Report, RunState, Stepped
from trainer.service.moments import Moments
from trainer.service.time_machine import TimeMachine
from trainer.training.description import thinned

log = logging.getLogger(__name__)

#: Seconds between messages with step reports.
STEPS_EVERY = 1 / 30
#: Seconds between map refreshes, and the share of the time they may take.
MAP_EVERY, MAP_SHARE = 0.3, 1 / 14
#: Share of the time that held-out evaluations may take, and seconds until the first.
EVALUATION_SHARE, FIRST_EVALUATION = 0.05, 1.0
STATE_EVERY = 1.0
#: Seconds after a single step that the map of all images may take; if longer, the probe rows are shown first.
PATIENCE = 1.5
#: Step reports kept for checkpoints before they are thinned out.
MOST_HISTORY = 10_000

_FAULT = Sentence("Training failed because of a fault in the program; see the details.")


class ActiveRun:
    """A run and its pending reports to the window. All methods are called in the service's thread.

    Attributes:
        trainer: the engine; its models belong to this thread.
        data: the data set it is trained on.
        state: see `RunState`.
        history: step reports with losses, oldest first, thinned out in a long run.
        evaluations: held-out evaluations so far.
    """

    def __init__(
        self,
        trainer: RunTrainer,
        data: ImageData,
        backend: Backend,
        send: Callable[[Report], None],
        interrupted: IsCancelled,
        autosaver: Autosaver,
        moments: Moments,
        *,
        history: tuple[StepReport, ...] = (),
        evaluations: tuple[EvaluationReport, ...] = (),
        start: MapReport | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        """`interrupted` returns whether a waiting request makes a map refresh unnecessary.

        `start` is the map of the run's first moment, with which it was first shown.
        """
        self.trainer = trainer
        self.data = data
        self.state = "paused" if trainer.step else "ready"
        self.history = list(history)
        self.evaluations = list(evaluations)
        self._backend = backend
        self._send = send
        self._interrupted = interrupted
        self._autosaver = autosaver
        self._moments = TimeMachine(self, moments, backend, send)
        self._start = start
        self._steps: Generator[StepReport] | None = None
        self._unsent: list[StepReport] = []
        #: The last step that was reported or is queued for it.
        self._last_reported = trainer.step
        # The first map of a run shows the probe rows only.
        self._map_pending = len(trainer.probe_rows) < trainer.count
        self._probe_pending = self._moment_pending = self._save_pending = self._evaluation_pending = False
        #: Seconds per row of the last map.
        self._row_cost = 0.0 if start is None else start.seconds / max(1, len(start.rows))
        self._hindrance_reported = False
        self._probe = trainer.probe_rows
        self._step_pace = DutyCycle(STEPS_EVERY, clock=clock)
        self._map_pace = DutyCycle(MAP_EVERY, MAP_SHARE, clock=clock)
        self._evaluation_pace = DutyCycle(
            trainer.config.train.evaluate_every, EVALUATION_SHARE, FIRST_EVALUATION, clock=clock
        )
        self._state_pace = DutyCycle(STATE_EVERY, clock=clock)

    @property
    def busy(self) -> bool:
        """Whether `advance` has any work."""
        pending = self._probe_pending or self._map_pending or self._save_pending or self._evaluation_pending
        return self.state == "training" or pending

    def control(self, action: str, epochs: int | None = None) -> None:
        """Handle a `Control` message. Raises `ValueError` for an action that does not exist."""
        actions = {
            "train": self._train,
            "step": self._single_step,
            "pause": lambda: self._leave("paused"),
            "stop": lambda: self._leave("stopped"),
        }
        if action not in actions:
            raise ValueError(f"unknown action {action!r}")
        remark: Sentence | None = None
        if action in ("train", "step") and self.trainer.finished:
            remark = self.trainer.extend(epochs)
        self._guarded(actions[action])
        if remark:
            self._tell(self.state, remark)

    def end_steps(self) -> None:
        """Close the generator of steps and its threads; the next step starts new ones."""
        steps, self._steps = self._steps, None
        if steps is not None:
            steps.close()

    def set_knobs(self, knobs: Knobs) -> None:
        """Set the knobs for the next steps, without those that the models do not have."""
        self.trainer.knobs = fitted_knobs(knobs, self.trainer.config.models)

    def continue_from(self, number: int) -> Continued:
        """Return to a kept moment, and continue training if the run was training. See `TimeMachine.go_back`."""
        self._flush()
        done = self._moments.go_back(number, lossless=self.state != "failed")
        self.end_steps()
        self._last_reported = self.trainer.step
        self._autosaver.forget_saved()
        if self.state == "training":
            self._map_pace.hasten()
        else:
            self._probe_pending, self._moment_pending = False, False
            self._map_pending = self._save_pending = self._evaluation_pending = True
            self.state = "paused"
        return done

    def advance(self) -> None:
        """Do the next piece of work: while training a step and the reports due after it; otherwise pending
        reports.

        The map comes first, because it is what the user sees.
        """
        if self.state == "training":
            self._guarded(self._train_on)
        elif self._probe_pending:
            self._probe_pending = False
            self._guarded(self._map_probe)
        elif self._map_pending:
            self._guarded(self._map_all)
        elif self._save_pending:
            self._save()
        elif self._evaluation_pending:
            self._evaluation_pending = False
            self._guarded(self._evaluate)

    def announce(self) -> None:
        """Report the state, and keep the run's first moment."""
        self._tell(self.state)
        if self._start is not None:
            self._moments.begin(self._start)
            self._start = None

    # ------------------------------------------------------------------ commands

    def _train(self) -> None:
        if self.state == "training":
            return
        self._save()
        self._probe_pending = self._map_pending = self._evaluation_pending = False
        self._map_pace.hasten()
        self._autosaver.begin()
        self._tell("training")

    def _single_step(self) -> None:
        if self._step():
            self._halt("finished" if self.trainer.finished else "paused")
            # Points that appear and disappear with each step would flicker.
            self._probe_pending = self._probe_pending and self._row_cost * self.trainer.count > PATIENCE

    def _leave(self, state: str) -> None:
        if self.state == "training":
            self._halt(state)
        elif self.state == "paused":
            self._tell(state)

    def _halt(self, state: str, reason: Sentence | None = None) -> None:
        """Stop stepping; the codes of all images, an evaluation, a moment and a save are pending then."""
        self.end_steps()  # a new generator later: a pause does not count as a step's time
        self._flush()
        self._map_pending = self._evaluation_pending = True
        # Codes of the probe rows are available much sooner.
        self._probe_pending = len(self._probe) < self.trainer.count
        self._moment_pending = self._save_pending = state != "failed"
        self._tell(state, reason)

    def _save(self) -> None:
        if self._save_pending:
            self._save_pending = False
            self._autosaver.save(self)

    def _tell(self, state: str, reason: Sentence | None = None) -> None:
        self.state = state
        self._state_pace.begin()
        self._send(RunState(state, self.trainer.step, reason, resident_memory()))

    # ------------------------------------------------------------------ training

    def _train_on(self) -> None:
        if not self._step():
            return
        if self._step_pace.due():
            self._flush()
        if self._map_pace.due() or self._moments.early():
            self._map_probe()
        if self._evaluation_pace.due():
            self._evaluate()
        if self._state_pace.due():
            self._tell(self.state, self._hindrance())
        if self._autosaver.due():
            self._autosaver.save(self)

    def _hindrance(self) -> Sentence | None:
        """A remark on what makes training slow, returned once."""
        why = "" if self._hindrance_reported else self.trainer.stepping.graph_failure
        self._hindrance_reported = self._hindrance_reported or bool(why)
        if not why:
            return None
        return Sentence(
            "Training on the card is slower than it could be, because its steps cannot be recorded: {reason}",
            reason=why,
        )

    def _step(self) -> bool:
        """One step; False if there was none because the run has ended."""
        if self._steps is None:
            self._steps = self.trainer.steps()
        try:
            report = next(self._steps)
        except StopIteration:
            self._halt("finished")
            return False
        self._unsent.append(report)
        self._last_reported = report.step
        if report.losses:
            self.history.append(report)
            if len(self.history) > MOST_HISTORY:
                self.history = list(thinned(self.history))
        for remark in report.remarks:
            self._flush()
            self._tell(self.state, remark)
        return True

    def _guarded(self, work: Callable[[], None]) -> None:
        """Call `work`; any error in it is reported, and the service continues."""
        try:
            work()
        except PeerGoneError:
            raise
        except NonFiniteLossError as error:
            self._undo()
            self._halt("failed", error.sentence)
        except Exception as error:  # noqa: BLE001 - no error of a model family may end the service
            if not self._make_room(error):
                self._fail(error)

    def _undo(self) -> None:
        """The engine was rolled back: undo the reports of the steps after that."""
        step = self.trainer.step
        self._unsent = [report for report in self._unsent if report.step <= step]
        self._flush()
        if self._last_reported > step:
            self._moments.roll_back()
            self._autosaver.forget_saved()
        self._last_reported = step

    def _fail(self, error: Exception) -> None:
        sentence = sentence_for(error) or _FAULT
        details = traceback.format_exc()
        log.error("%s\n%s", sentence, details)
        stepping = self.state == "training" or self._steps is not None
        # A failed refresh must not stay pending, or it would fail again and again.
        self._probe_pending = self._map_pending = self._moment_pending = self._evaluation_pending = False
        if stepping:
            self._undo()
            self._halt("failed", sentence)
        self._send(Failed(0, sentence, details))

    def _make_room(self, error: Exception) -> bool:
        """After the GPU's memory ran out: continue with smaller batches or on the CPU, if that may help."""
        room = self._backend.roomier(error, self.trainer, self.data)
        if room is None:
            return False
        self._undo()
        self.end_steps()
        self.trainer, sentence = room
        self._tell(self.state, sentence)
        return True

    # ------------------------------------------------------------------ reports

    def _flush(self) -> None:
        if self._unsent:
            self._step_pace.begin()
            self._send(Stepped(tuple(self._unsent)))
            self._unsent.clear()

    def _map_probe(self) -> None:
        self._flush()
        self._map_pace.begin()
        try:
            report = self.trainer.map_report(self._probe, is_cancelled=self._interrupted)
        except CancelledError:
            return
        finally:
            self._map_pace.end()
        self._mapped(report)

    def _map_all(self) -> None:
        try:
            report = self.trainer.map_report(self.trainer.all_rows, is_cancelled=self._interrupted)
        except CancelledError:
            return  # still pending, unless the interrupting request makes it unnecessary
        self._map_pending = False
        self._mapped(report)

    def _mapped(self, report: MapReport) -> None:
        self._send(Mapped(report, complete=len(report.rows) == self.trainer.count))
        self._row_cost = report.seconds / max(1, len(report.rows))
        if self._moment_pending or self._moments.due():
            self._moment_pending = False
            self._moments.keep(report)

    def _evaluate(self) -> None:
        self._flush()
        self._evaluation_pace.begin()
        report = self.trainer.evaluate()
        self._evaluation_pace.end()
        self.evaluations.append(report)
        self._send(Evaluated(report))
