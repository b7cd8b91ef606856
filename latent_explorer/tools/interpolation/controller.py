"""Updates the film strips of both panes from stops, settings and weights; plays them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.ticker import Ticker
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.workers.worker import Worker
from latent_explorer.tools.interpolation.example_stops import example_rows
from latent_explorer.tools.interpolation.state import InterpolationState, Stop, Strip
from latent_explorer.tools.interpolation.strip_settings import NoStrip, StripSettings
from latent_explorer.tools.interpolation.work import StripWork

#: Between two requests while training (ms): weights change several times a second.
_WHILE_TRAINING = 300


class InterpolationController(QObject):
    """One thread per pane computes its strips, so that both are decoded in parallel; only the newest request
    counts.

    They are computed while visible: in the panel, or as the path on the maps.
    """

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._state = kit.tools[InterpolationState]
        #: One thread per pane.
        self.workers: list[Worker] = []
        self.followers: list[Follower] = []
        self._jobs = []
        #: Whether the cursors show the frame under the slider, because the user moved to it.
        self._holds = False
        #: The example shown last, so that the next is another.
        self._examples = 0
        for pane in kit.panes:
            # Not with background priority: on a busy machine a dragged end was updated 7 times a second instead of
            # 16.
            worker = kit.new_worker(f"strip {pane.index}")
            follower = Follower(
                worker,
                partial(self._question, pane.index),
                StripWork(kit.new_replicas()).make,
                kit.training,
                kit.notifications,
                self,
                sentence=lambda: self.tr("The strip could not be made; see the details."),
                seen=self._seen,
                pause=_WHILE_TRAINING,
            )
            follower.watch(pane)
            for other in kit.panes:
                if other is not pane:
                    other.codes_changed.connect(follower.weights)
            follower.answered.connect(partial(self._answered, pane.index))
            follower.failed.connect(partial(self._state.set_strip, pane.index, None))
            worker.busy_changed.connect(partial(self._rested, pane.index))
            self.workers.append(worker)
            self.followers.append(follower)
            self._jobs.append(kit.local_job(lambda: self.tr("Interpolation"), worker))
            pane.model_changed.connect(partial(self._model_changed, pane.index))
            pane.plane_changed.connect(self._plane_changed)
            pane.cursor_dragged.connect(self._let_go)
            pane.code_wanted.connect(self._let_go)
        self._ticker = Ticker(self)
        self._ticker.tick.connect(self._next_frame)
        state = self._state
        for follower in self.followers:
            state.stops_changed.connect(follower.change)
            state.settings_changed.connect(follower.change)
            state.shown_changed.connect(follower.look_again)
            kit.tools.overlays.changed.connect(follower.look_again)
            kit.explorer.link_changed.connect(follower.change)
            kit.explorer.data_changed.connect(follower.renew)
        state.playback_changed.connect(self._playback_changed)
        state.place_wanted.connect(self._place)
        state.example_wanted.connect(self._example)
        state.frame_wanted.connect(self._show_frame)
        kit.training.run_changed.connect(self._run_changed)

    # ------------------------------------------------------------ strips

    def _seen(self) -> bool:
        """Whether results are visible, or must be removed."""
        return self._state.shown or self._kit.tools.overlays.on("path") or not self._state.chosen

    @Slot()
    def _run_changed(self) -> None:
        """When a run pauses, measure what is not measured during training."""
        for index, follower in enumerate(self.followers):
            strip = self._state.strips.get(index)
            if not follower.training and strip is not None and strip.measures and not strip.measures.whole:
                follower.change()

    @Slot()
    def _plane_changed(self) -> None:
        # Only places chosen in another pane, unlinked, have codes that depend on a plane.
        if self._kit.explorer.link == "off" and any(stop.row is None for stop in self._state.chosen):
            for follower in self.followers:
                follower.weights()

    def _question(self, index: int) -> Question | None:
        state = self._state
        if not state.chosen:
            state.set_strip(index, None)
            return None
        settings = StripSettings(
            stops=state.chosen,
            kind=state.kind,
            frames=state.frames,
            grid=state.as_grid,
            link=self._kit.explorer.link,
            density=state.curve == "density",
            rests=self._kit.training.run_state != "training",
        )
        looks = tuple(self._kit.look(pane, "hidden", "data") for pane in self._kit.panes)
        return index, looks, settings

    def _answered(self, index: int, made: object) -> None:
        if isinstance(made, NoStrip):
            self._state.set_strip(index, None, made.sentence)
            return
        assert isinstance(made, Strip)
        self._state.set_strip(index, made)
        if self._holds:
            self._show_codes((index,))

    def _rested(self, index: int) -> None:
        """Keep the present state of a refinement that the user cancelled."""
        strip = self._state.strips.get(index)
        if not self.workers[index].busy and strip is not None and not strip.done:
            note = self.tr("Stopped before the path was refined to the end.")
            self._state.set_strip(index, replace(strip, done=True, note=strip.note or note))

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
        self._state.set_strip(index, None)
        for follower in self.followers:
            follower.change()

    # ------------------------------------------------------------ frames

    @Slot()
    def _show_frame(self) -> None:
        self._holds = True
        self._show_codes(tuple(self._state.strips))

    def _show_codes(self, panes: tuple[int, ...]) -> None:
        """Show the code of the slider's frame under the cursors."""
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
            self._ticker.stop()
            return
        if not self._state.loop and self._state.frame >= self._state.count - 1:
            self._state.show_frame(0)
        self._ticker.start(self._state.speed)

    @Slot()
    def _next_frame(self) -> None:
        frame = self._state.frame + 1
        if frame >= self._state.count:
            if not self._state.loop:
                self._state.set_playing(False)
                return
            frame = 0
        self._state.show_frame(frame)
