"""Schedules a tool's requests to its worker: promptly, not too often, and only while the result is visible."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.look import Look, same
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.core.workers.worker import Worker

#: Everything that a result depends on: the arguments of the tool's work.
Question = tuple[object, ...]


class Follower(QObject):
    """Keeps one result of a tool up to date by sending requests to the tool's worker.

    The tool defines the inputs of the result as a question: the arguments of its work in the
    worker's thread. It connects the signals of changes to the slots below, by kind; the follower decides when to
    send the question again. A question that has been answered, or is being answered, is not sent again.

    Kinds of changes:
        change: the user changed a setting: sent at the next turn of the event loop, several changes together.
        renew: like `change`, and present results and the request under way are discarded.
        weights: models are shown with other weights (or on another plane). Without training this is a change.
        During
            training, weights arrive faster than answers: see `training`, `share` and `whole`.
        move: the user drags the cursor or a slider: all moves within `moving` ms make one request.
        view_changed, view_moved: the view of a map changed for any reason; the user moved it. Without training the
            request under way is cancelled and sent again `view` ms after the last zoom; a pan is followed every
            `pan` ms, if given. During training the edge of a pan is filled with the shown weights every `view` ms;
            everything else waits as for `weights`.
        look_again: the result became visible or hidden; if hidden, everything is cancelled.
        leave: the model changed: no result of the previous one may arrive.

    Signals:
        asked: the question was sent to the worker.
        answered(object): a result, of the newest question with results.
        finished(): the newest question was answered completely.
        failed(str): there was an error; the sentence has been posted already, only once while it stays the same.
    """

    asked = Signal()
    answered = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self,
        worker: Worker,
        question: Callable[[], Question | None],
        work: Callable[..., object],
        training: TrainingState,
        notifications: Notifications,
        parent: QObject | None = None,
        *,
        sentence: Callable[[], str],
        seen: Callable[[], bool] = lambda: True,
        here: Callable[..., Iterator[object] | None] | None = None,
        pane: PaneState | None = None,
        pause: float = 0,
        share: float = 0,
        moving: int = 25,
        view: int = 30,
        pan: int | None = None,
        at_once: bool = False,
        whole: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """All times in ms.

        question: returns the present arguments for `work`; None if there is nothing to compute. Every `Look` among
            them that was taken with a view is one of `pane`.
        work: called in the worker's thread; see `workers.worker.Work`.
        sentence: returns the message for an error of the program.


            seen: returns whether the result is visible.

         here: computes the answers in this thread
        if that is faster; returns None for questions it does not handle.

                   pause: minimum
        pause between two requests during training.
            share: minimum pause as a multiple of the time of the last answer.
            at_once: a new question replaces the previous one before that has given any answer.
            whole: the request under way is completed before weights (during training) or a drag are followed.
        """
        super().__init__(parent)
        self._worker, self._question, self._work = worker, question, work
        self._training, self._notifications = training, notifications
        self._sentence, self._seen, self._here, self._pane = sentence, seen, here, pane
        self._pause, self._share, self._moving = pause, share, moving
        self._view, self._pan = view, pan
        self._at_once, self._whole, self._clock = at_once, whole, clock
        self._timer, self._edge = QTimer(self), QTimer(self)
        for timer, served in ((self._timer, self._ask), (self._edge, self._ask_edge)):
            timer.setSingleShot(True)
            timer.timeout.connect(served)
        #: The newest question, and whether it was answered completely.
        self._asked: Question | None = None
        self._complete = False
        #: Times when weights, or anything else, were last followed (s), and duration of the last answer (s).
        self._asked_at, self._begun_at, self._took = -math.inf, 0.0, 0.0
        #: Something changed while the request under way must be completed.
        self._put_off = False
        self._posted = ""
        worker.answered.connect(self._answer)
        worker.finished.connect(self._finish)
        worker.failed.connect(self._fail)
        worker.busy_changed.connect(self._busy_changed)

    def watch(self, *panes: PaneState) -> None:
        """Follow the weights of these panes and changes of their models."""
        for pane in panes:
            pane.model_changed.connect(self.leave)
            pane.codes_changed.connect(self.weights)

    def watch_map(self, pane: PaneState, explorer: ExplorerState) -> None:
        """Follow all inputs of a picture that covers a map: also its view and its hidden dimensions."""
        self.watch(pane)
        pane.plane_changed.connect(self.weights)
        pane.view_changed.connect(self.view_changed)
        pane.view_moved.connect(self.view_moved)
        explorer.picked_changed.connect(self.weights)
        self._training.run_changed.connect(self.weights)

    @property
    def busy(self) -> bool:
        """Whether an answer to the present question is still expected."""
        return self._worker.busy or self._timer.isActive()

    @property
    def training(self) -> bool:
        """Whether weights are changing."""
        return self._training.run_state == "training"

    # ------------------------------------------------------------ changes

    @Slot()
    def change(self) -> None:
        """See `change` above."""
        self._posted = ""  # a new attempt shows its error again
        self._want(0)

    @Slot()
    def renew(self) -> None:
        """See `renew` above."""
        self.leave()
        self._want(0)

    @Slot()
    def weights(self) -> None:
        """See `weights` above."""
        if not self.training:
            self._want(0)
        elif self._whole and self._worker.busy:
            self._put_off = True
        else:
            self._want(self._rest())

    @Slot()
    def move(self) -> None:
        """See `move` above."""
        if self._whole and self._worker.busy:
            self._put_off = True
        else:
            self._want(self._moving)

    @Slot()
    def view_changed(self) -> None:
        """See `view_changed` above."""
        if not self._seen():
            return
        if self.training:
            self.weights()
        elif self._pan is not None and self._is_pan():
            self._want(self._pan)
        else:
            self._give_up()
            self._timer.start(self._view)

    @Slot()
    def view_moved(self) -> None:
        """See `view_moved` above."""
        # Not postponed by the next step of the same pan.
        if self.training and self._seen() and not self._edge.isActive():
            self._edge.start(self._view)

    @Slot()
    def look_again(self) -> None:
        """See `look_again` above."""
        if self._seen():
            self._want(0)
        else:
            self._give_up()

    @Slot()
    def leave(self) -> None:
        """See `leave` above."""
        self._give_up()
        self._asked, self._asked_at = None, -math.inf
        self._posted = ""

    def _give_up(self) -> None:
        """Cancel the request under way; a complete, still valid answer is not requested again."""
        self._timer.stop()
        self._edge.stop()
        self._put_off = False
        if not self._complete:
            self._asked = None
        self._worker.cancel()

    def _want(self, milliseconds: int) -> None:
        """Send a request after at most `milliseconds`."""
        if self._seen() and (not self._timer.isActive() or self._timer.remainingTime() > milliseconds):
            self._timer.start(milliseconds)

    def _rest(self) -> int:
        """Remaining pause after the last answer during training (ms)."""
        pause = max(self._pause, 1_000 * self._share * self._took)
        return max(0, round(pause - min(1_000 * (self._clock() - self._asked_at), pause)))

    def _is_pan(self) -> bool:
        """Whether the view has the same scale as in the last question."""
        views = [part.view for part in self._asked or () if isinstance(part, Look)]
        view = None if self._pane is None else self._pane.view
        return view is not None and any(asked is not None and asked.scale == view.scale for asked in views)

    # ------------------------------------------------------------ asking

    @Slot()
    def _ask(self) -> None:
        self._put_off = False
        if not self._seen():
            return
        question = self._question()
        if question is None:
            self._give_up()
            return
        if same(question, self._asked) and (self._complete or self._worker.busy):
            return
        self._asked_at = self._clock()
        answers = None if self._here is None else self._here(*question)
        if answers is None:
            self._put(question, at_once=self._at_once)
            return
        self._worker.cancel()  # an answer to an earlier question would arrive after this one
        self._asked, self._complete, self._begun_at = question, False, self._asked_at
        for answer in answers:
            if answer is not None:
                self._answer(answer)
        self._finish()

    @Slot()
    def _ask_edge(self) -> None:
        view = None if self._pane is None else self._pane.view
        if self._asked is None or view is None or not self._seen():
            return
        parts = (part.seen_from(view) if isinstance(part, Look) else part for part in self._asked)
        self._put(tuple(parts), at_once=False)

    def _put(self, question: Question, *, at_once: bool) -> None:
        self._asked, self._complete, self._begun_at = question, False, self._clock()
        self._worker.ask(partial(self._work, *question), at_once=at_once)
        self.asked.emit()

    # ------------------------------------------------------------ answers

    @Slot(object)
    def _answer(self, result: object) -> None:
        self._posted = ""
        self.answered.emit(result)

    @Slot()
    def _finish(self) -> None:
        self._complete = True
        self._took = self._clock() - self._begun_at
        self.finished.emit()

    @Slot(str, str)
    def _fail(self, sentence: str, details: str) -> None:
        self._asked = None
        said = sentence or self._sentence()
        if said != self._posted:
            self._posted = said
            self._notifications.post("error", said, details)
        self.failed.emit(said)

    @Slot()
    def _busy_changed(self) -> None:
        """Send the postponed request when the one under way has ended, or was cancelled by the user."""
        if not self._worker.busy and self._put_off:
            self._put_off = False
            self._want(self._rest() if self.training else 0)
