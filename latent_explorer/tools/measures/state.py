"""What is known of the models in the panes: live figures, and those that were measured on demand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.pane import Frozen, PaneModel
from latent_explorer.core.panel_state import PanelState
from latent_explorer.tools.measures.saved import SavedFigures
from trainer.measures.all_groups import GROUPS
from trainer.measures.measure import Figure
from trainer.metrics.discrepancy import Discrepancy
from trainer.metrics.moments import Moment
from trainer.metrics.surgery import Surgery
from trainer.reports import Snapshot
from trainer.sentences import Sentence

#: Values of an array, about, that its hash is of.
_MARKED = 4096


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Live:
    """What the codes on a pane's map say of its model; None for what it does not have.

    Attributes:
        number, step: of the weights.
        count: images it was measured on.
        held_out: whether they are held out; otherwise training images are among them.
        pairs: of them, those that surgery and MMD were measured on.
        reason: why there are no figures at all; None if there are.
        none: why there are none of the aggregated posterior; None if there are.
        active: active units, of a model with a posterior.
        rank: effective rank.
        kl: nats a dimension; () where the prior does not factorise.
        sigma: median posterior σ over images and dimensions, in codes' own unit.
        offset, spread: of the aggregated posterior (sampled z) in units of the prior's spread.
        mmd: of it and as many draws of the prior.
    """

    number: int
    step: int
    count: int
    held_out: bool
    pairs: int = 0
    reason: Sentence | None = None
    none: Sentence | None = None
    active: int | None = None
    rank: float | None = None
    kl: tuple[float, ...] = field(default=(), repr=False)
    sigma: float | None = None
    offset: Moment | None = None
    spread: Moment | None = None
    mmd: Discrepancy | None = None
    surgery: Surgery | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Which weights a pane's figures belong to.

    number: None for those that came with a session. mark: `mark_of` the weights; "" where it is not known.
    """

    model: PaneModel
    number: int | None
    step: int
    snapshot: Snapshot | None = field(default=None, repr=False)
    mark: str = ""
    #: Whether other snapshots, by their numbers, have the same weights: these are compared once.
    _alike: dict[int, bool] = field(default_factory=dict, init=False, repr=False)

    def is_of(self, number: int | None, step: int, snapshot: Snapshot | None = None) -> bool:
        """Whether they are the model's weights with this number, after this step.

        The same weights have a new number whenever they are sent anew, as after an evaluation of all images; after
        the same step there are others where a run went back and on from there. So then the weights are compared.
        """
        if number is None:
            return self.number is None and self.step == step
        if self.number == number:
            return True
        if number not in self._alike:
            if self.number is not None:
                self._alike[number] = _same_weights(self.snapshot, snapshot)
            elif snapshot is None or not self.mark:
                return self.step == (step if snapshot is None else snapshot.step)
            else:
                self._alike[number] = self.step == snapshot.step and self.mark == mark_of(snapshot)
        return self._alike[number]


def mark_of(snapshot: Snapshot) -> str:
    """A hash of values all over the weights: enough to tell those of one step from others, and quick."""
    found = hashlib.blake2b(digest_size=16)
    for name, array in sorted(snapshot.weights.items()):
        values = array.reshape(-1)
        found.update(name.encode())
        found.update(values[:: max(1, len(values) // _MARKED)].tobytes())
    return found.hexdigest()


def _same_weights(one: Snapshot | None, other: Snapshot | None) -> bool:
    if one is None or other is None or one.step != other.step or one.weights.keys() != other.weights.keys():
        return False
    return all(np.array_equal(array, other.weights[name]) for name, array in one.weights.items())


class MeasuresState(PanelState):
    """Setting an equal value emits nothing.

    Attributes:
        figures: per pane, what was measured on demand, a tuple of `Figure` in the order of `GROUPS`.
        measured: per pane, what they belong to.
        live: per pane.
        groups: names of the groups that are measured on demand.
        running: whether figures are being measured.
        kept: all models that are kept for comparison on the data on show.
        expected: figures of a session that have no model in their pane yet.

    Signals:
        figures_changed: `figures` and `measured` changed.
        live_changed: `live` changed.
        groups_changed: `groups` changed.
        running_changed: `running` changed.
        kept_changed: `kept` changed.
        expected_changed: `expected` changed.
        measure_requested: a person wants all chosen groups measured.
        cancel_requested: a person gives that up.
    """

    figures_changed = Signal()
    live_changed = Signal()
    groups_changed = Signal()
    running_changed = Signal()
    kept_changed = Signal()
    expected_changed = Signal()
    measure_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.figures: dict[int, tuple[Figure, ...]] = {}
        self.measured: dict[int, Measured] = {}
        self.live: dict[int, Live] = {}
        self.groups: tuple[str, ...] = tuple(group.name for group in GROUPS)
        self.running = False
        self.kept: tuple[Frozen, ...] = ()
        self.expected: tuple[SavedFigures, ...] = ()

    def begin(self, pane: int, measured: Measured) -> None:
        """Figures of these weights are on their way; those of other weights go."""
        former = self.measured.get(pane)
        same = former is not None and former.model == measured.model
        if (
            former is None
            or measured.number is None
            or not (same and former.is_of(measured.number, measured.step, measured.snapshot))
        ):
            self.figures.pop(pane, None)
        self.measured[pane] = measured
        self.figures_changed.emit()

    def add(self, pane: int, figures: tuple[Figure, ...]) -> None:
        """A group's figures of the model in `pane`, in place of former ones."""
        known = {figure.key: figure for figure in self.figures.get(pane, ())}
        known |= {figure.key: figure for figure in figures}
        order = [measure.key for group in GROUPS for measure in group.measures]
        self.figures[pane] = tuple(known[key] for key in order if key in known)
        self.figures_changed.emit()

    def expect(self, saved: tuple[SavedFigures, ...]) -> None:
        """A session brings these figures along."""
        if saved != self.expected:
            self.expected = saved
            self.expected_changed.emit()

    def forget(self, pane: int) -> None:
        """The pane shows another model, or its data are gone."""
        if pane in self.figures or pane in self.measured:
            self.figures.pop(pane, None)
            self.measured.pop(pane, None)
            self.figures_changed.emit()

    def set_live(self, pane: int, live: Live | None) -> None:
        """What the codes in a pane say; None for nothing."""
        if live is not self.live.get(pane):
            if live is None:
                del self.live[pane]
            else:
                self.live[pane] = live
            self.live_changed.emit()

    def choose(self, name: str, wanted: bool) -> None:
        """Measure the group of this name on demand, or leave it out."""
        chosen = {*self.groups, name} if wanted else {*self.groups} - {name}
        names = tuple(group.name for group in GROUPS if group.name in chosen)
        if names != self.groups:
            self.groups = names
            self.groups_changed.emit()

    def set_running(self, running: bool) -> None:
        """Whether figures are being measured."""
        if running != self.running:
            self.running = running
            self.running_changed.emit()

    def set_kept(self, kept: tuple[Frozen, ...]) -> None:
        """Other models are kept for comparison, or by other names."""
        known, new = ([(one.kept, one.model.names) for one in some] for some in (self.kept, kept))
        if known != new:
            self.kept = kept
            self.kept_changed.emit()
