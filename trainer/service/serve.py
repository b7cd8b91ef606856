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

#: Seconds between two progress reports of a job.
PROGRESS_EVERY = 0.05
#: Seconds of uninterrupted other work while a job runs.
LONGEST_PAUSE = 0.1

_FAULT = Sentence("This failed because of a fault in the program; see the details.")


def serve(
    connection: Connection,
    session_folder: Path,
    backend: Backend | None = None,
    give_way: Callable[[bool], None] = lambda training: None,
) -> None:
    """Serve the window at the other end of `connection` until it quits or disappears, then return.

    Everything runs in the calling thread, the only one that uses the models. Between two steps every
    request that has arrived is answered, in order; `Quit` and `Cancel` are also handled during long jobs.

    Args:
        connection: the caller closes it.
        session_folder: for arrays too large to send, see `DataLoaded`; created if missing.
        backend: the implementation of the work; tests pass another one.
        give_way: called before each turn with whether the run has work (training, or reports after a pause).
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
            _save_before_quit(bench, mail)


def _turn(bench: Workbench, mail: Mail) -> None:
    """Answer one request; or, if there is none, do a piece of the run's work; or wait for a request."""
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
            # Temporary files may have been cleaned up; such moments are dropped.
            if request.number is not None and bench.moments.review():
                mail.send(bench.moments.report())
        case ForgetMoments():
            bench.moments.clear()
        case Quit() | Cancel():
            pass  # already handled when it arrived
        case LoadData():
            # A download may take minutes; the run continues meanwhile.
            answer(request, bench, mail, lambda: _between(bench, mail, _concerns_the_run))
        case MeasureModels():
            # It may take minutes and changes nothing: other requests have priority.
            answer(request, bench, mail, lambda: _between(bench, mail, _is_urgent))
        case _:
            former = bench.run
            answer(request, bench, mail)
            if bench.run is not None and (bench.run is not former or isinstance(request, ContinueFrom)):
                bench.run.announce()


def _between(bench: Workbench, mail: Mail, wanted: Callable[[Request], bool]) -> bool:
    """Between pieces of a long job: answer `wanted` requests and do a piece of the run's work, if there is one."""
    while (request := mail.take_ahead(wanted)) is not None:
        _answer(request, bench, mail)
    run = bench.run
    if run is None or not run.busy or mail.quitting:
        return False
    run.advance()
    return True


def _concerns_the_run(request: Request) -> bool:
    return isinstance(request, Control | SetKnobs | Autosave | KeepSession | KeepModel | DropModel | HoldMoment)


def _is_urgent(request: Request) -> bool:
    return not isinstance(request, MeasureModels)


def _save_before_quit(bench: Workbench, mail: Mail) -> None:
    """Save the training since the last automatic save, unless the window has disabled automatic saves."""
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
    """The progress and cancellation callables of one job."""

    mail: Mail
    job: int
    between: Callable[[], bool]
    _worked_from: float = field(default_factory=time.monotonic)
    _told: float = float("-inf")

    def progress(self, progress: Progress) -> None:
        """Forward progress, but not more often than is visible."""
        now = time.monotonic()
        if now - self._told >= PROGRESS_EVERY:
            self._told = now
            self.mail.send(Advanced(self.job, progress))

    def cancelled(self) -> bool:
        """Whether the job was cancelled; receives messages, and gives half of the time to other work."""
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
    """Do one job and send its result. Raises `PeerGoneError`; every other error becomes a message.

    `between` does a small piece of other work between the job's pieces; it returns False if there was none.
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
    except Exception as error:  # noqa: BLE001 - the boundary of the service: an error in a job must not end training
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
