"""Follows the codes on the maps with cheap figures, and has all others measured in the trainer on demand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.measures.state import Live, Measured, MeasuresState, mark_of
from latent_explorer.tools.measures.work import measure
from trainer.measures.all_groups import GROUPS
from trainer.service.messages import GroupMeasured, MeasureModels

#: While training: ms between the beginnings of two measurements at least, and how many times as long as one takes:
#: they take at most a twentieth of the time.
WHILE_TRAINING, SHARE = 500, 20
#: Held-out images that are measured on demand, a seeded random choice.
MOST = 10_000


class MeasuresController(QObject):
    """One thread for the live figures of all panes; the trainer service for the others."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = state = kit.tools[MeasuresState]
        #: The job under way and the panes whose models it measures, in its order; None and () without one.
        self._job: int | None = None
        #: How often somebody has asked: the end of what was given up must not end what was asked for since.
        self._asked = 0
        self._panes: tuple[PaneState, ...] = ()
        self.follower = Follower(
            kit.new_worker("measures", True),
            self._question,
            measure,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The models could not be measured; see the details."),
            seen=lambda: state.shown,
            pause=WHILE_TRAINING,
            share=SHARE,
            whole=True,
        )
        self.follower.watch(*kit.panes)
        self.follower.answered.connect(self._answered)
        state.shown_changed.connect(self.follower.look_again)
        kit.explorer.data_changed.connect(self.follower.change)
        # Paused: figures come on all images.
        kit.training.run_changed.connect(self.follower.weights)
        for pane in kit.panes:
            pane.model_changed.connect(lambda pane=pane: self._model_changed(pane.index))
        kit.explorer.data_left.connect(self._forget)
        kit.client.reported.connect(self._reported)
        kit.jobs.cancel_requested.connect(self._cancelled)
        kit.models.changed.connect(self._kept_changed)
        self._kept_changed()
        state.measure_requested.connect(self._measure)
        state.cancel_requested.connect(self._cancel)
        state.expected_changed.connect(self._put_back)

    # ------------------------------------------------------------ live

    def _question(self) -> Question | None:
        looks = tuple(look for look in self._kit.looks("data") if len(look.codes.codes))
        return (looks, int(self.follower.training)) if looks else None

    @Slot(object)
    def _answered(self, found: tuple[int, Live]) -> None:
        index, live = found
        if self._kit.panes[index].model is not None:
            self._state.set_live(index, live)

    def _model_changed(self, index: int) -> None:
        self._state.set_live(index, None)
        if any(pane.index == index for pane in self._panes):
            self._cancel()
        self._state.forget(index)
        self._put_back()

    @Slot()
    def _put_back(self) -> None:
        """Give figures of a session to the panes that show their models."""
        waiting = []
        for saved in self._state.expected:
            pane = self._kit.panes[saved.pane] if saved.pane < len(self._kit.panes) else None
            if pane is None or pane.model is None or str(pane.source) != saved.source:
                waiting.append(saved)
                continue
            self._state.begin(pane.index, Measured(pane.model, None, saved.step, mark=saved.mark))
            self._state.add(pane.index, saved.figures)
        self._state.expect(tuple(waiting))

    @Slot()
    def _forget(self) -> None:
        self._cancel()
        self._state.expect(())
        for pane in self._kit.panes:
            self._state.set_live(pane.index, None)
            self._state.forget(pane.index)

    @Slot()
    def _kept_changed(self) -> None:
        models = self._kit.models
        named = (replace(one, model=models.model(name)) for name, one in models.kept.items() if models.has(name))
        self._state.set_kept(tuple(named))

    # ------------------------------------------------------------ on demand

    @Slot()
    def _measure(self) -> None:
        kit, data = self._kit, self._kit.explorer.data
        if self._state.running or not self._state.groups:
            return
        if data is None or data.images is None:
            kit.notifications.post("info", self.tr("There are no images at hand to measure the models on."))
            return
        looks = [look for look in kit.looks() if look.snapshot is not None]
        if not looks:
            return
        # What is done in a moment comes first.
        groups = sorted((group for group in GROUPS if group.name in self._state.groups), key=lambda one: one.slow)
        self._panes = tuple(kit.panes[look.index] for look in looks)
        self._asked += 1
        ended = partial(self._ended, self._asked)
        self._state.set_running(True)
        for look in looks:
            assert look.snapshot is not None
            snapshot = look.snapshot
            mark = mark_of(snapshot)
            self._state.begin(look.index, Measured(look.model, look.number, snapshot.step, snapshot, mark))
        self._job = kit.client.ask(
            lambda job: MeasureModels(
                job=job,
                models=tuple(look.snapshot for look in looks if look.snapshot is not None),
                binarise=tuple(self._binarise(kit.panes[look.index]) for look in looks),
                fingerprint=data.fingerprint,
                groups=tuple(group.name for group in groups),
                most=MOST,
            ),
            ended,
            title=self.tr("Measuring the models"),
            failed=ended,
        )

    def _binarise(self, pane: PaneState) -> str:
        """How the run of the model in `pane` sees pixels."""
        if pane.frozen is not None:
            return pane.frozen.kept.run.train.binarise
        run = self._kit.training.run_config or self._kit.training.on_show
        return "none" if run is None else run.train.binarise

    @Slot(object)
    def _reported(self, report: object) -> None:
        if isinstance(report, GroupMeasured) and report.job == self._job:
            self._state.add(self._panes[report.model].index, report.figures)

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._kit.jobs.cancel_requested.emit(self._job)

    @Slot(int)
    def _cancelled(self, job: int) -> None:
        # At once: what was sent before the trainer hears of it must not arrive.
        if job == self._job:
            self._end()

    def _ended(self, asked: int, _: object) -> None:
        if asked == self._asked:
            self._end()

    def _end(self) -> None:
        self._job, self._panes = None, ()
        self._state.set_running(False)
