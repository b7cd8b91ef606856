"""Keeps the film strips of both panes true to stops, settings and weights; plays them."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.workers.progressive_task import ProgressiveTask
from latent_explorer.tools.interpolation.example_stops import example_rows
from latent_explorer.tools.interpolation.state import InterpolationState, Stop, Strip
from latent_explorer.tools.interpolation.stop_codes import PaneLook
from latent_explorer.tools.interpolation.strip_order import NoStrip, StripOrder
from latent_explorer.tools.interpolation.work import StripWork

#: Between two requests while training (ms): weights change several times a second.
_WHILE_TRAINING = 300


class InterpolationController(QObject):
    """One thread a pane makes its strips, so that both are decoded side by side; the newest request counts.

    They are made while somebody sees them: in the panel, or as the path on the maps.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[InterpolationState]
        #: A thread a pane.
        self.workers: list[ProgressiveTask] = []
        self._works = []
        self._jobs = []
        #: Whether the cursors show the frame under the slider, because a person moved to it.
        self._holds = False
        #: The example shown last, so that the next is another.
        self._examples = 0
        for pane in kit.panes:
            # Not in the background: on a busy machine a dragged end was followed 7 times a second instead of 16.
            worker = kit.new_worker(f"strip {pane.index}")
            worker.answered.connect(lambda made, index=pane.index: self._answered(index, made))
            worker.busy_changed.connect(partial(self._rested, pane.index))
            worker.failed.connect(lambda said, details, index=pane.index: self._failed(index, said, details))
            self.workers.append(worker)
            self._works.append(StripWork(kit.new_replicas()))
            self._jobs.append(kit.local_job(self.tr("Interpolation"), worker))
            pane.codes_changed.connect(self._weights_changed)
            pane.model_changed.connect(partial(self._model_changed, pane.index))
            pane.plane_changed.connect(self._plane_changed)
            pane.cursor_dragged.connect(self._let_go)
            pane.code_wanted.connect(self._let_go)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next_frame)
        #: Several changes of one turn of the event loop make one request.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        #: Something changed that the strips do not show yet, and when they were asked for last.
        self._due = False
        self._asked_at = 0.0
        state = self._state
        state.stops_changed.connect(self._ask_all)
        state.settings_changed.connect(self._ask_all)
        state.shown_changed.connect(self._seen)
        kit.tools.overlays.changed.connect(self._seen)
        state.playback_changed.connect(self._playback_changed)
        state.place_wanted.connect(self._place)
        state.example_wanted.connect(self._example)
        state.frame_wanted.connect(self._show_frame)
        kit.explorer.link_changed.connect(self._ask_all)
        kit.explorer.data_changed.connect(self._ask_all)
        kit.training.run_changed.connect(self._run_changed)

    # ------------------------------------------------------------ strips

    @property
    def _on(self) -> bool:
        """Whether anybody sees what is made, or there is something to take away."""
        return self._state.shown or self._kit.tools.overlays.on("path") or not self._state.chosen

    def _want(self, milliseconds: int) -> None:
        """Ask so long from now at the latest, or when somebody looks."""
        self._due = True
        if self._on and (not self._soon.isActive() or self._soon.remainingTime() > milliseconds):
            self._soon.start(milliseconds)

    @Slot()
    def _ask_all(self) -> None:
        self._want(0)

    @Slot()
    def _weights_changed(self) -> None:
        rested = 1_000 * (time.monotonic() - self._asked_at)
        training = self._kit.training.run == "training"
        self._want(max(0, round(_WHILE_TRAINING - rested)) if training else 0)

    @Slot()
    def _run_changed(self) -> None:
        """A run that rests: what is not measured while training is measured now."""
        strips = self._state.strips.values()
        if self._kit.training.run != "training" and any(s.measures and not s.measures.whole for s in strips):
            self._want(0)

    @Slot()
    def _seen(self) -> None:
        if self._on:
            if self._due:
                self._want(0)
            return
        self._soon.stop()
        for worker in self.workers:
            self._due = self._due or worker.busy
            worker.cancel()

    @Slot()
    def _plane_changed(self) -> None:
        # Only places chosen in another pane, unlinked, have codes that depend on a plane.
        if self._kit.explorer.link == "off" and any(stop.row is None for stop in self._state.chosen):
            self._weights_changed()

    @Slot()
    def _ask(self) -> None:
        self._due = False
        self._asked_at = time.monotonic()
        stops = self._state.chosen
        if not stops:
            for pane in self._kit.panes:
                self.workers[pane.index].cancel()
                self._state.set_strip(pane.index, None)
            return
        looks = tuple(self._look(pane) for pane in self._kit.panes)
        data = self._kit.explorer.data
        for pane in self._kit.panes:
            order = StripOrder(
                pane=pane.index,
                looks=looks,
                link=self._kit.explorer.link,
                stops=stops,
                kind=self._state.kind,
                frames=self._state.frames,
                grid=self._state.as_grid,
                images=None if data is None else data.images,
                density=self._state.curve == "density",
                rests=self._kit.training.run != "training",
                patient=self._stands(pane.index, stops),
            )
            self.workers[pane.index].ask(partial(self._works[pane.index].make, order))

    def _look(self, pane: PaneState) -> PaneLook | None:
        if pane.model is None or pane.codes is None or pane.plane is None:
            return None
        return PaneLook(pane.codes, pane.plane, pane.model.traits, self._kit.exploration.hidden(pane.index))

    def _stands(self, index: int, stops: tuple[Stop, ...]) -> bool:
        """Whether the strip on show is of these stops and this kind, only of other weights or frames."""
        strip = self._state.strips.get(index)
        return strip is not None and strip.kind == self._state.kind and strip.asked == stops

    def _answered(self, index: int, made: object) -> None:
        if isinstance(made, NoStrip):
            self._state.set_strip(index, None, made.sentence)
            return
        assert isinstance(made, Strip)
        self._state.set_strip(index, made)
        if self._holds:
            self._show_codes((index,))

    def _rested(self, index: int) -> None:
        """A refinement that a person cancelled stays as far as it has come."""
        strip = self._state.strips.get(index)
        if not self.workers[index].busy and strip is not None and not strip.done:
            note = self.tr("Stopped before the path was refined to the end.")
            self._state.set_strip(index, replace(strip, done=True, note=strip.note or note))

    def _failed(self, index: int, sentence: str, details: str) -> None:
        shown = sentence or self.tr("The strip could not be made; see the details.")
        self._state.set_strip(index, None, shown)
        self._kit.notifications.post("error", shown, details)

    # ------------------------------------------------------------ stops

    @Slot(int, int, float, float)
    def _place(self, place: int, index: int, x: float, y: float) -> None:
        """Put a free stop on a pane's plane."""
        pane = self._kit.panes[index]
        if pane.plane is None:
            return
        code = pane.plane.lift(np.array([x, y]), self._kit.exploration.hidden(index))
        self._state.set_stop(place, Stop(pane=index, code=code))

    @Slot()
    def _example(self) -> None:
        rows = example_rows(self._kit.panes, self._kit.explorer.data, self._examples)
        self._examples += 1
        if rows is None:
            self._kit.notifications.post(
                "info", self.tr("An example needs two images with different codes, and these maps have none.")
            )
            return
        self._state.set_stops([Stop(row=row) for row in rows])

    def _model_changed(self, index: int) -> None:
        """What is under way is of the former model, and so is what is on show."""
        self.workers[index].cancel()
        self._state.set_strip(index, None)
        self._want(0)

    # ------------------------------------------------------------ frames

    @Slot()
    def _show_frame(self) -> None:
        self._holds = True
        self._show_codes(tuple(self._state.strips))

    def _show_codes(self, panes: tuple[int, ...]) -> None:
        """Put the frame under the slider under the cursors."""
        strips = {index: self._state.strips[index] for index in panes}
        codes = {
            index: strip.codes[min(self._state.frame, len(strip.codes) - 1)] for index, strip in strips.items()
        }
        self._kit.exploration.show_codes(codes)

    @Slot()
    def _let_go(self) -> None:
        self._holds = False
        self._state.set_playing(False)

    @Slot()
    def _playback_changed(self) -> None:
        if not self._state.playing:
            self._timer.stop()
            return
        if not self._state.loop and self._state.frame >= self._state.count - 1:
            self._state.show_frame(0)
        self._timer.start(round(1000 / self._state.speed))

    @Slot()
    def _next_frame(self) -> None:
        frame = self._state.frame + 1
        if frame >= self._state.count:
            if not self._state.loop:
                self._state.set_playing(False)
                return
            frame = 0
        self._state.show_frame(frame)
