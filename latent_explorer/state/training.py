"""What the training panel, the curves and the lamps show, and what a person asks of the trainer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from latent_explorer.state.history import History
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.reports import EvaluationReport, StepReport

#: "loading" is the time between asking for a run and its being ready.
RUN_STATES = ("none", "loading", "ready", "training", "paused", "stopped", "finished", "failed")


@dataclass(frozen=True, slots=True)
class Mark:
    """A knob that changed while training: the step it acted on first, and what changed, such as "β 1 → 10"."""

    step: int
    text: str


class TrainingState(QObject):
    """The trainer as the window sees it. Setting an equal value emits nothing.

    Signals:
        run_changed: `run`, `reason` changed.
        running_changed: `running` changed.
        draft_changed: `draft_models` / `draft_data` / `draft_train` (what the next run will be) changed.
        knobs_changed: `knobs` changed, by hand or by an opened run.
        progress_changed: `step`, `epoch`, `rate` moved (several times a second while training).
        history_changed: `history` grew or was replaced.
        evaluations_changed: `evaluations` grew or was replaced.
        marks_changed: `marks` grew or was replaced.
        lamps_changed: `kl_per_dimension` changed.
        device_changed: `device`, `threads` or `device_wish` changed.
        memory_changed(int): the trainer service's resident memory, in bytes.
        command_requested(str): a person asks to "train", "pause", "step", "stop" or "reset" (a new run).
    """

    #: What of a `TrainConfig` a person sees and sets in the window (the device aside).
    SHOWN_SETTINGS = ("batch", "epochs", "warm_up", "binarise", "seed")

    run_changed = Signal()
    running_changed = Signal()
    draft_changed = Signal()
    knobs_changed = Signal()
    progress_changed = Signal()
    history_changed = Signal()
    evaluations_changed = Signal()
    marks_changed = Signal()
    lamps_changed = Signal()
    device_changed = Signal()
    memory_changed = Signal(object)  # a Python int: Qt's own ends at 2 GiB
    command_requested = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = "none"
        self.reason = ""
        #: What the run that stands in the service is made from; None without one. The draft may differ.
        self.running: RunConfig | None = None
        self.draft_data = DataConfig()
        self.draft_models: tuple[ModelConfig, ...] = (
            ModelConfig(family="autoencoder"),
            ModelConfig(family="variational"),
        )
        self.draft_train = TrainConfig()
        self.knobs = Knobs()
        self.step = 0
        self.epoch = 0.0
        #: Images a second and member, over the last second or so; 0 when not training.
        self.rate = 0.0
        self.history = History(2)
        self.evaluations: list[EvaluationReport] = []
        self.marks: list[Mark] = []
        #: Per member: KL of each latent dimension in nats, () for a model without a posterior.
        self.kl_per_dimension: tuple[tuple[float, ...], ...] = ((), ())
        #: Resident memory of the trainer service, in bytes.
        self.memory = 0
        self.device = ""
        self.threads = 0
        self.device_wish = "auto"

    def set_run(self, run: str, reason: str = "") -> None:
        """The run's state, and a sentence if there is something to say."""
        if run not in RUN_STATES:
            raise ValueError(f"unknown run state {run!r}")
        if (run, reason) != (self.run, self.reason):
            self.run, self.reason = run, reason
            self.run_changed.emit()

    def set_running(self, running: RunConfig | None) -> None:
        """Another run stands in the service."""
        if running != self.running:
            self.running = running
            self.running_changed.emit()

    @property
    def draft_differs(self) -> bool:
        """Whether there is a run and the next one, made from the draft, would not be like it."""
        running = self.running
        if running is None:
            return False
        if (self.draft_data, self.draft_models) != (running.data, running.models):
            return True
        # "auto" takes the device that is there, which need not be called a change.
        if self.device_wish not in ("auto", running.train.device):
            return True
        return any(getattr(self.draft_train, name) != getattr(running.train, name) for name in self.SHOWN_SETTINGS)

    def set_draft(
        self,
        *,
        data: DataConfig | None = None,
        models: tuple[ModelConfig, ...] | None = None,
        train: TrainConfig | None = None,
    ) -> None:
        """Change what the next run will be."""
        draft = (data or self.draft_data, models or self.draft_models, train or self.draft_train)
        if draft != (self.draft_data, self.draft_models, self.draft_train):
            self.draft_data, self.draft_models, self.draft_train = draft
            self.draft_changed.emit()

    def set_knobs(self, knobs: Knobs) -> None:
        """Turn a knob."""
        if knobs != self.knobs:
            self.knobs = knobs
            self.knobs_changed.emit()

    def begin(self, members: int) -> None:
        """A new run: empty curves, no marks."""
        self.history = History(members)
        self.evaluations = []
        self.marks = []
        self.kl_per_dimension = ((),) * members
        self.step, self.epoch, self.rate = 0, 0.0, 0.0
        self.history_changed.emit()
        self.evaluations_changed.emit()
        self.marks_changed.emit()
        self.lamps_changed.emit()
        self.progress_changed.emit()

    def append_steps(self, reports: tuple[StepReport, ...]) -> None:
        """Steps that were done, oldest first."""
        if not reports:
            return
        self.history.append(reports)
        last = reports[-1]
        self.step, self.epoch = last.step, last.epoch
        read = [report for report in reports if report.losses]
        self.history_changed.emit()
        self.progress_changed.emit()
        if read:
            self.kl_per_dimension = tuple(losses.kl_per_dimension for losses in read[-1].losses)
            self.lamps_changed.emit()

    def set_place(self, step: int, epoch: float) -> None:
        """Where the run stands, when no step says so."""
        if (step, epoch) != (self.step, self.epoch):
            self.step, self.epoch = step, epoch
            self.progress_changed.emit()

    def append_evaluation(self, report: EvaluationReport) -> None:
        """A held-out evaluation."""
        self.evaluations.append(report)
        self.evaluations_changed.emit()

    def append_mark(self, mark: Mark) -> None:
        """A knob acted for the first time."""
        self.marks.append(mark)
        self.marks_changed.emit()

    def set_rate(self, rate: float) -> None:
        """Images a second and member."""
        if rate != self.rate:
            self.rate = rate
            self.progress_changed.emit()

    def set_device(self, device: str, threads: int) -> None:
        """Where training runs."""
        if (device, threads) != (self.device, self.threads):
            self.device, self.threads = device, threads
            self.device_changed.emit()

    def set_memory(self, memory: int) -> None:
        """The service's resident memory, in bytes."""
        if memory != self.memory:
            self.memory = memory
            self.memory_changed.emit(memory)

    def set_device_wish(self, wish: str) -> None:
        """Where a person wants it to run: auto, cpu or cuda."""
        if wish != self.device_wish:
            self.device_wish = wish
            self.device_changed.emit()
