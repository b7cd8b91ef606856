"""The trainer service: answers requests, and steps the run while it trains. Torch-free until `serve` is called."""

from __future__ import annotations

import contextlib
import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from trainer.progress import CancelledError, Progress
from trainer.sentences import Sentence, sentence_for
from trainer.service.backend import Backend
from trainer.service.mail import Mail, PeerGoneError
from trainer.service.messages import (
    Advanced,
    Autosave,
    Cancel,
    Cancelled,
    ContinueFrom,
    Control,
    Done,
    DropModel,
    EncodeAll,
    Failed,
    ForgetMoments,
    HoldMoment,
    KeepModel,
    KeepSession,
    ListData,
    LoadData,
    MeasureModels,
    OpenRun,
    Quit,
    Request,
    RunState,
    SaveRun,
    SetKnobs,
    StartRun,
)
from trainer.service.workbench import Workbench

log = logging.getLogger(__name__)

JobRequest = LoadData | ListData | StartRun | OpenRun | SaveRun | EncodeAll | ContinueFrom | MeasureModels

#: Seconds between two words about a job's progress.
PROGRESS_EVERY = 0.05
#: Seconds that other work may take at once while a job runs.
LONGEST_PAUSE = 0.1

_FAULT = Sentence("This failed because of a fault in the program; see the details.")


def serve(
    connection: Connection,
    session_folder: Path,
    backend: Backend | None = None,
    give_way: Callable[[bool], None] = lambda training: None,
) -> None:
    """Serve the window at the other end of `connection` until it quits or is gone, then return.

    All of it happens in the calling thread, which becomes the one that touches models. Between two steps every
    request that has arrived is answered, in order; `Quit` and `Cancel` are seen during long jobs as well.

    Args:
        connection: stays open; closing it is the caller's.
        session_folder: for arrays too large to send, see `DataLoaded`; made if need be.
        backend: what does the work; the real one unless a test brings its own.
        give_way: called with whether the run trains, or finishes what a pause leaves to do, before each turn.
    """
    mail = Mail(connection)
    bench = Workbench(backend or Backend(), mail, session_folder)
    with contextlib.suppress(PeerGoneError):
        try:
            mail.send(bench.backend.prepare())
            while not mail.quitting and _answer_next(bench, mail):
                pass
            if not mail.quitting:
                bench.backend.warm_up()
            while not mail.quitting:
                give_way(bench.run is not None and bench.run.busy)
                _turn(bench, mail)
        finally:
            _farewell(bench, mail)


def _turn(bench: Workbench, mail: Mail) -> None:
    """Answer one request; or, if there is none, do a piece of the run's work; or wait."""
    run = bench.run
    busy = run is not None and run.busy
    if not _answer_next(bench, mail, wait=not busy) and run is not None and busy and not mail.quitting:
        run.advance()


def _answer_next(bench: Workbench, mail: Mail, wait: bool = False) -> bool:
    """Answer the next request if there is one."""
    request = mail.take(wait)
    if request is not None:
        _answer(request, bench, mail)
    return request is not None


def _answer(request: Request, bench: Workbench, mail: Mail) -> None:
    match request:
        case Control():
            if bench.run is None:
                mail.send(RunState("none", 0, Sentence("There is no run; start one or open a checkpoint first.")))
            else:
                bench.run.control(request.action, request.epochs)
        case SetKnobs():
            if bench.run is not None:
                bench.run.set_knobs(request.knobs)
        case Autosave():
            bench.autosaver.keep_in(request.path, request.seconds)
        case KeepSession():
            bench.keep_session(request.session)
        case KeepModel():
            bench.keep_model(request.model)
        case DropModel():
            bench.drop_model(request.name)
        case HoldMoment():
            bench.moments.hold(request.number)
            # Somebody who cleans up temporary files takes them away; those are not looked at any more.
            if request.number is not None and bench.moments.review():
                mail.send(bench.moments.told())
        case ForgetMoments():
            bench.moments.clear()
        case Quit() | Cancel():
            pass  # acted on when it arrived, ahead of its turn
        case LoadData():
            # A download may take minutes; it leaves the run alone, which goes on meanwhile.
            answer(request, bench, mail, lambda: _between(bench, mail, _concerns_the_run))
        case MeasureModels():
            # Minutes, perhaps, that change nothing: whatever else is asked meanwhile goes first.
            answer(request, bench, mail, lambda: _between(bench, mail, _goes_first))
        case _:
            former = bench.run
            answer(request, bench, mail)
            if bench.run is not None and (bench.run is not former or isinstance(request, ContinueFrom)):
                bench.run.announce()


def _between(bench: Workbench, mail: Mail, wanted: Callable[[Request], bool]) -> bool:
    """Between pieces of a long job: serve `wanted` requests and a piece of the run's work, if there is one."""
    while (request := mail.take_ahead(wanted)) is not None:
        _answer(request, bench, mail)
    run = bench.run
    if run is None or not run.busy or mail.quitting:
        return False
    run.advance()
    return True


def _concerns_the_run(request: Request) -> bool:
    return isinstance(request, Control | SetKnobs | Autosave | KeepSession | KeepModel | DropModel | HoldMoment)


def _goes_first(request: Request) -> bool:
    return not isinstance(request, MeasureModels)


def _farewell(bench: Workbench, mail: Mail) -> None:
    """Keep what was trained since the last automatic save, unless the window no longer wants it kept."""
    for request in mail.leftovers():
        if isinstance(request, Autosave):
            bench.autosaver.keep_in(request.path, request.seconds)
        elif isinstance(request, KeepSession):
            bench.keep_session(request.session)
        elif isinstance(request, KeepModel):
            bench.keep_model(request.model)
        elif isinstance(request, DropModel):
            bench.drop_model(request.name)
    bench.end_steps()
    if bench.run is not None and bench.run.trainer.step:
        bench.autosaver.save(bench.run)
    bench.place.leave()


@dataclass(slots=True)
class JobWatch:
    """The progress and cancellation of one job, as the two callables that long work takes."""

    mail: Mail
    job: int
    between: Callable[[], bool]
    _worked_from: float = field(default_factory=time.monotonic)
    _told: float = float("-inf")

    def progress(self, progress: Progress) -> None:
        """Pass progress on, but not more often than can be seen."""
        now = time.monotonic()
        if now - self._told >= PROGRESS_EVERY:
            self._told = now
            self.mail.send(Advanced(self.job, progress))

    def cancelled(self) -> bool:
        """Whether to give up; looks at what has just arrived, and lets other work have half of the time."""
        started = time.monotonic()
        until = started + min(started - self._worked_from, LONGEST_PAUSE)
        while self.between() and time.monotonic() < until:
            pass
        self._worked_from = time.monotonic()
        return self.mail.cancelled()


def nothing() -> bool:
    """Do nothing between the pieces of a job."""
    return False


def answer(request: JobRequest, bench: Workbench, mail: Mail, between: Callable[[], bool] = nothing) -> None:
    """Do one job and send its end. Raises `PeerGoneError`; everything else becomes a message.

    `between` does a small piece of other work between the job's own; False if there was none to do.
    """
    watch = JobWatch(mail, request.job, between)
    mail.begin(request.job)
    try:
        if watch.cancelled():
            raise CancelledError
        result = _do(request, bench, watch)
    except PeerGoneError:
        raise
    except CancelledError:
        mail.send(Cancelled(request.job))
    except Exception as error:  # noqa: BLE001 - the boundary of the service: a job's fault must not end training
        details = traceback.format_exc()
        sentence = sentence_for(error)
        if sentence is None:
            log.error("job %d failed\n%s", request.job, details)
        mail.send(Failed(request.job, sentence or _FAULT, details))
    else:
        mail.send(Done(request.job, result))
    finally:
        mail.end()


def _do(request: JobRequest, bench: Workbench, watch: JobWatch) -> object:
    match request:
        case LoadData():
            return bench.load_data(request, watch)
        case ListData():
            return bench.backend.list_data(request.folder)
        case StartRun():
            return bench.start_run(request, watch)
        case OpenRun():
            return bench.open_run(request, watch)
        case SaveRun():
            return bench.save_run(request, watch)
        case EncodeAll():
            return bench.encode_all(watch)
        case ContinueFrom():
            return bench.the_run.continue_from(request.number)
        case MeasureModels():
            bench.measure(request, watch)
            return None
