"""The state of training, shown by panel, curves and lamps, and the user's requests to the trainer."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.branch import Branch
from latent_explorer.core.history import History
from trainer.card import Card, Term
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs, own_name
from trainer.reports import EvaluationReport, StepReport
from trainer.training.schedules import applied_knobs

#: "loading" is the time between asking for a run and its being ready.
RUN_STATES = ("none", "loading", "ready", "training", "paused", "stopped", "finished", "failed")

#: Seconds over which images per second are averaged.
_RATE_WINDOW = 1.5


@dataclass(frozen=True, slots=True)
class LastTime:
    """The setup of the last use of the program. own: see `TrainingState.own`.

    remark: a sentence on parts that are no longer available; "" for none.
    """

    models: tuple[ModelConfig, ...]
    train: TrainConfig
    own: Mapping[str, float]
    remark: str = field(default="", compare=False)


class TrainingState(QObject):
    """The state of the trainer in the window. Setting an equal value emits nothing.

    Signals:
        run_changed: `run_state`, `reason` changed.
        run_config_changed: `run_config` or `on_show` changed.
        adopted: draft and knobs were set to those of an opened run or model.
        last_time_changed: `last_time` changed.
        cards_changed: `cards` changed.
        draft_changed: `draft_models` / `draft_data` / `draft_train` / `own` (what the next run will be) changed.
        knobs_changed: `knobs` changed, by hand or by an opened run.
        progress_changed: `step`, `epoch`, `rate` changed (several times a second while training).
        history_changed: `history` grew or was replaced.
        evaluations_changed: `evaluations` grew or was replaced.
        lamps_changed: `kl_per_dimension` changed.
        former_changed: `former` changed.
        looked_at_changed: `looked_at` changed.
        device_changed: `device`, `threads` or `device_wish` changed.
        names_changed: `names` changed.
        memory_changed(int): the trainer service's resident memory, in bytes.
        knobs_requested(object): use these `Knobs` in the present run from its next step on.
        command_requested(str): the user requests to "train", "pause", "step", "stop" or "reset" (a new run).
    """

    #: The settings of a `TrainConfig` that are shown and set in the window (except the device).
    SHOWN_SETTINGS = ("batch", "epochs", "warm_up", "binarise", "seed")

    run_changed = Signal()
    run_config_changed = Signal()
    adopted = Signal()
    last_time_changed = Signal()
    cards_changed = Signal()
    draft_changed = Signal()
    knobs_changed = Signal()
    progress_changed = Signal()
    history_changed = Signal()
    evaluations_changed = Signal()
    lamps_changed = Signal()
    former_changed = Signal()
    looked_at_changed = Signal()
    device_changed = Signal()
    names_changed = Signal()
    memory_changed = Signal(object)  # a Python int: Qt's own ends at 2 GiB
    knobs_requested = Signal(object)
    command_requested = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_state = "none"
        self.reason = ""
        #: The configuration of the service's run; None without one. The draft may differ.
        self.run_config: RunConfig | None = None
        #: The configuration of shown models without a run; training begins with new ones.
        self.on_show: RunConfig | None = None
        #: The setup of the last use, while it is offered.
        self.last_time: LastTime | None = None
        self.draft_data = DataConfig()
        self.draft_models: tuple[ModelConfig, ...] = (
            ModelConfig(family="autoencoder"),
            ModelConfig(family="variational"),
        )
        self.draft_train = TrainConfig()
        #: See `own`; used while the draft's models are not those of the run.
        self._draft_own: dict[str, float] = {}
        self.knobs = Knobs()
        #: The knobs of the last step of the shown models; None before the first, and if unknown.
        self._last_knobs: Knobs | None = None
        #: Names of the shown models: (short, full), one per member.
        self.names: tuple[tuple[str, str], ...] = ()
        #: The cards of the families that can be trained here, by name.
        self.cards: Mapping[str, Card] = {}
        #: Whether present changes are made by the user; see `unasked`.
        self.by_hand = True
        self.step = 0
        self.epoch = 0.0
        #: Images per second and member, over about the last second; 0 when not training.
        self.rate = 0.0
        #: Arrival times of recent steps, and numbers of images.
        self._recent: deque[tuple[float, int]] = deque()
        self.history = History(2)
        self.evaluations: list[EvaluationReport] = []
        #: Cache of `evaluations_of`, and the list it was computed from.
        self._evaluations_of: dict[int, list[EvaluationReport]] = {}
        self._taken_from = self.evaluations
        #: Per member: KL of each latent dimension in nats, () for a model without a posterior.
        self.kl_per_dimension: tuple[tuple[float, ...], ...] = ((), ())
        #: The former branch of the run, if it went back to an earlier moment.
        self.former: Branch | None = None
        #: The step of the past moment that the maps show; None while they show the present.
        self.looked_at: int | None = None
        #: Resident memory of the trainer service, in bytes.
        self.memory = 0
        self.device = ""
        self.threads = 0
        self.device_wish = "auto"

    @property
    def cards_shown(self) -> list[Card | None]:
        """The cards of the shown models, in order; None for an unknown family."""
        shown = self.run_config or self.on_show
        return [] if shown is None else [self.cards.get(model.family) for model in shown.models]

    @property
    def acting_cards(self) -> Mapping[str, Card]:
        """The cards of the shown models by name, if all are known; otherwise those of all known families."""
        shown = self.cards_shown
        known = {card.name: card for card in shown if card is not None}
        return known if shown and None not in shown else self.cards

    def term(self, name: str) -> Term | None:
        """The declaration of a loss term of the shown models, if their families are known."""
        cards = [card for card in self.cards_shown if card is not None]
        return next((term for card in cards for term in card.terms if term.name == name), None)

    def set_run(self, run: str, reason: str = "") -> None:
        """Set the run's state, and optionally a sentence about it."""
        if run not in RUN_STATES:
            raise ValueError(f"unknown run state {run!r}")
        if (run, reason) != (self.run_state, self.reason):
            self.run_state, self.reason = run, reason
            self.run_changed.emit()

    def set_run_config(self, running: RunConfig | None, on_show: RunConfig | None = None) -> None:
        """Set the configuration of the service's run; or None, and that of shown models without a run."""
        if (running, on_show) != (self.run_config, self.on_show):
            self.run_config, self.on_show = running, on_show
            self.run_config_changed.emit()

    def set_names(self, names: tuple[tuple[str, str], ...]) -> None:
        """Set the names of the shown models."""
        if names != self.names:
            self.names = names
            self.names_changed.emit()

    def set_last_time(self, last_time: LastTime | None) -> None:
        """Set or remove the offer of the last setup."""
        if last_time != self.last_time:
            self.last_time = last_time
            self.last_time_changed.emit()

    @property
    def draft_differs(self) -> bool:
        """Whether there is a run and the draft differs from it."""
        running = self.run_config
        if running is None:
            return False
        if (self.draft_data, self.draft_models) != (running.data, running.models):
            return True
        # "auto" resolves to the present device, which is not a change.
        if self.device_wish not in ("auto", running.train.device):
            return True
        return any(getattr(self.draft_train, name) != getattr(running.train, name) for name in self.SHOWN_SETTINGS)

    @contextmanager
    def unasked(self) -> Iterator[None]:
        """Context: changes inside are not made by the user and cannot be undone."""
        former, self.by_hand = self.by_hand, False
        try:
            yield
        finally:
            self.by_hand = former

    def set_draft(
        self,
        *,
        data: DataConfig | None = None,
        models: tuple[ModelConfig, ...] | None = None,
        train: TrainConfig | None = None,
        own: Mapping[str, float] | None = None,
    ) -> None:
        """Change the draft of the next run. `own`: knob values of single models; None: unchanged."""
        former = self.own
        draft = (data or self.draft_data, models or self.draft_models, train or self.draft_train)
        changed = draft != (self.draft_data, self.draft_models, self.draft_train)
        self.draft_data, self.draft_models, self.draft_train = draft
        self._draft_own = dict(former if own is None else own)
        if own is not None and self._draft_is_run:
            self.set_knobs(self.knobs.with_own(own))
        if changed or self.own != former:
            self.draft_changed.emit()

    @property
    def _draft_is_run(self) -> bool:
        """Whether the draft's models are those of the run, whose knobs take effect immediately."""
        return self.run_config is not None and self.run_config.models == self.draft_models

    @property
    def own(self) -> dict[str, float]:
        """Knob values of single models of the draft, by keys of `Knobs` ("m2_beta")."""
        return self.knobs.own if self._draft_is_run else dict(self._draft_own)

    @property
    def next_knobs(self) -> Knobs:
        """The initial knobs of the next run."""
        return self.knobs.with_own(self.own)

    def set_own(self, member: int, name: str, value: float | None) -> None:
        """Set a separate value of a knob for one model of the draft; None removes it."""
        own = {key: number for key, number in self.own.items() if key != own_name(member, name)}
        self.set_draft(own=own if value is None else own | {own_name(member, name): value})

    def own_after(self, kept: tuple[int | None, ...]) -> dict[str, float]:
        """`own` for a draft whose model i is the present model `kept[i]`, None for a new one."""
        return Knobs(**self.own).for_members(kept).own

    def set_cards(self, cards: Mapping[str, Card]) -> None:
        """Set the cards of the families that can be trained."""
        self.cards = cards
        self.cards_changed.emit()

    def set_knobs(self, knobs: Knobs) -> None:
        """Set these knobs, also in the present run."""
        if knobs != self.knobs:
            self.knobs = knobs
            self.knobs_changed.emit()
            if self.run_config is not None:
                self.knobs_requested.emit(self.knobs)

    def turn(self, name: str, value: float) -> None:
        """Set a knob of all models."""
        self.set_knobs(self.knobs.replace(**{name: value}))

    def begin(self, members: int) -> None:
        """Begin a new run: empty curves."""
        self.history = History(members)
        self.evaluations = []
        self._recent.clear()
        self.kl_per_dimension = ((),) * members
        self._last_knobs = None
        self.step, self.epoch, self.rate = 0, 0.0, 0.0
        self._set_former(None)
        self.history_changed.emit()
        self.evaluations_changed.emit()
        self.lamps_changed.emit()
        self.progress_changed.emit()

    def go_back(self, step: int, epoch: float, kl: tuple[tuple[float, ...], ...]) -> None:
        """The run went back to an earlier step, with `kl` per dimension; the rest becomes the former branch."""
        left = self._branch(step)
        self.history = left.history.up_to(step)
        self.evaluations = [report for report in self.evaluations if report.step <= step]
        self._move_to(step, epoch, kl, left if left.step > step else None)

    def roll_back(self, step: int, epoch: float, kl: tuple[tuple[float, ...], ...]) -> None:
        """The run was rolled back to an earlier step: later steps are removed; the former branch is unchanged."""
        self.history = self.history.up_to(step)
        self.evaluations = [report for report in self.evaluations if report.step <= step]
        self._move_to(step, epoch, kl, self.former)

    def return_to_former(self, step: int, epoch: float, kl: tuple[tuple[float, ...], ...]) -> None:
        """The run is at the end of the former branch; the present branch becomes the former one, if it has
        steps.
        """
        there = self.former
        if there is None:
            return
        left = self._branch(there.parted)
        # A branch that failed ends a few steps before its last report.
        self.history = there.history if there.step == step else there.history.up_to(step)
        self.evaluations = list(there.evaluations)
        self._move_to(step, epoch, kl, left if left.step > there.parted else None)

    def _branch(self, parted: int) -> Branch:
        return Branch(parted, self.step, self.epoch, self.history, tuple(self.evaluations))

    def _move_to(self, step: int, epoch: float, kl: tuple[tuple[float, ...], ...], former: Branch | None) -> None:
        self.step, self.epoch, self.kl_per_dimension = step, epoch, kl or ((),) * self.history.members
        self._last_knobs = None
        self._recent.clear()
        self._set_former(former)
        self.history_changed.emit()
        self.evaluations_changed.emit()
        self.lamps_changed.emit()
        self.progress_changed.emit()

    def _set_former(self, former: Branch | None) -> None:
        if former is not self.former:
            self.former = former
            self.former_changed.emit()

    def set_looked_at(self, step: int | None) -> None:
        """Set the past moment that the maps show, or None for the present."""
        if step != self.looked_at:
            self.looked_at = step
            self.looked_at_changed.emit()

    @Slot(object)
    def steps_done(self, reports: tuple[StepReport, ...]) -> None:
        """Add new steps of the present run; steps of a replaced one are ignored."""
        if self.run_config is not None:
            self.append_steps(reports)
            self._measure(sum(report.images for report in reports))

    def _measure(self, images: int) -> None:
        now, recent = time.monotonic(), self._recent
        recent.append((now, images))
        while now - recent[0][0] > _RATE_WINDOW and len(recent) > 2:
            recent.popleft()
        elapsed = now - recent[0][0]
        if elapsed > 0.2:
            # The images of the first entry were trained before its time.
            self.set_rate(sum(count for _, count in list(recent)[1:]) / elapsed)

    def rest(self) -> None:
        """Training is paused or over: no rate."""
        self._recent.clear()
        self.set_rate(0.0)

    def append_steps(self, reports: tuple[StepReport, ...]) -> None:
        """Append steps, oldest first."""
        if not reports:
            return
        self.history.append(reports)
        last = reports[-1]
        self.step, self.epoch, self._last_knobs = last.step, last.epoch, last.knobs
        read = [report for report in reports if report.losses]
        self.history_changed.emit()
        self.progress_changed.emit()
        if read:
            # A stopped member has no losses, and NaN in the step that failed: its lamps stay.
            self.kl_per_dimension = tuple(
                losses.kl_per_dimension if losses.kl_per_dimension and _finite(losses.kl_per_dimension) else former
                for losses, former in zip(read[-1].losses, self.kl_per_dimension, strict=True)
            )
            self.lamps_changed.emit()

    def set_place(self, step: int, epoch: float) -> None:
        """Set the run's step and epoch without a report."""
        if (step, epoch) != (self.step, self.epoch):
            self.step, self.epoch = step, epoch
            self.progress_changed.emit()

    def append_evaluation(self, *reports: EvaluationReport) -> None:
        """Append held-out evaluations, oldest first."""
        self.evaluations += reports
        self.evaluations_changed.emit()

    def evaluations_of(self, member: int) -> Sequence[EvaluationReport]:
        """`evaluations` of one member only, cached, as a long run has thousands."""
        if self._taken_from is not self.evaluations:
            self._taken_from, self._evaluations_of = self.evaluations, {}
        known = self._evaluations_of.setdefault(member, [])
        if self.evaluations and member < len(self.evaluations[0].held_out):
            known += [report.of(member) for report in self.evaluations[len(known) :]]
        return known

    @property
    def last_knobs(self) -> Knobs:
        """The knobs that the shown models were last trained with; the present setting if unknown."""
        return self._last_knobs or self.knobs

    @property
    def acting_knobs(self) -> Knobs:
        """The knobs as applied in the run's next step: a schedule may lower them."""
        if self.run_config is None:
            return self.knobs
        return applied_knobs(self.knobs, self.step, math.floor(self.epoch), self.run_config.train)

    @property
    def knobs_on_show(self) -> Knobs:
        """The knobs of the shown models: the present setting applies only to a run."""
        return self.last_knobs if self.run_config is None else self.knobs

    def knobs_at(self, step: int | None) -> Knobs:
        """The knobs as applied at a past `step`; the present ones for None, and if unknown."""
        if step is None or not len(self.history):
            return self.knobs_on_show
        return self.history.knobs_at(max(step, int(self.history.steps[0]))) or self.knobs

    def evaluation_at(self, step: int | None) -> EvaluationReport | None:
        """The last evaluation up to `step` (None: of all), if there is one."""
        found = (report for report in reversed(self.evaluations) if step is None or report.step <= step)
        return next(found, None)

    def set_rate(self, rate: float) -> None:
        """Set images per second and member."""
        if rate != self.rate:
            self.rate = rate
            self.progress_changed.emit()

    def set_device(self, device: str, threads: int) -> None:
        """Set device and threads of training."""
        if (device, threads) != (self.device, self.threads):
            self.device, self.threads = device, threads
            self.device_changed.emit()

    def set_memory(self, memory: int) -> None:
        """Set the service's resident memory in bytes."""
        if memory != self.memory:
            self.memory = memory
            self.memory_changed.emit(memory)

    def set_device_wish(self, wish: str) -> None:
        """Set the user's choice of device: auto, cpu or cuda."""
        if wish != self.device_wish:
            self.device_wish = wish
            self.device_changed.emit()


def _finite(values: Sequence[float]) -> bool:
    return all(map(math.isfinite, values))
