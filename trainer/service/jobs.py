"""The service's numbered jobs: each ends in one `Done`, `Failed` or `Cancelled`, and changes all or nothing."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from trainer.progress import CancelledError, Progress
from trainer.sentences import Sentence
from trainer.service.errors import sentence_for
from trainer.service.mail import Mail, PeerGoneError
from trainer.service.messages import (
    Advanced,
    Cancelled,
    ContinueFrom,
    Done,
    EncodeAll,
    Failed,
    ListData,
    LoadData,
    OpenRun,
    SaveRun,
    StartRun,
)
from trainer.service.workbench import Workbench

log = logging.getLogger(__name__)

JobRequest = LoadData | ListData | StartRun | OpenRun | SaveRun | EncodeAll | ContinueFrom

#: Seconds between two words about a job's progress.
PROGRESS_EVERY = 0.05
#: Seconds that other work may take at once while a job runs.
LONGEST_PAUSE = 0.1

_FAULT = Sentence("This failed because of a fault in the program; see the details.")


@dataclass(slots=True)
class JobWatch:
    """The progress and cancellation of one job, as the two callables that long work takes."""

    mail: Mail
    job: int
    between: Callable[[], bool]
    _worked_from: float = field(default_factory=time.monotonic)
    _told: float = float("-inf")

    def progress(self, progress: Progress) -> None:
        """Pass progress on, but not more often than anybody can see."""
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
    """Done between the pieces of a job that stands alone."""
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
            return bench.load_data(request.config, request.folder, request.download, watch)
        case ListData():
            return bench.backend.list_data(request.folder)
        case StartRun():
            return bench.start_run(request.config, request.knobs, watch)
        case OpenRun():
            return bench.open_run(request.path, request.folder, watch, request.device, request.approved)
        case SaveRun():
            return bench.save_run(request.path, request.session, request.replace, watch)
        case EncodeAll():
            return bench.encode_all(watch)
        case ContinueFrom():
            return bench.continue_from(request.number)
