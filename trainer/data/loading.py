"""The interface of a data set: a `Source` loads an `ImageData` from a config. Torch-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.config import DataConfig
from trainer.data.images import DataInfo, ImageData
from trainer.progress import (
    CancelledError,
    IsCancelled,
    Progress,
    ReportProgress,
    ignore_progress,
    never_cancelled,
)
from trainer.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """Settings and callbacks of one load.

    Attributes:
        folder: the data folder, for data sets that are stored there.
        download: whether the network may be used. False never opens a connection.
        progress: called with the progress of the load.
        cancelled: polled often; True ends the load with `CancelledError`.
    """

    folder: Path
    download: bool = False
    progress: ReportProgress = ignore_progress
    cancelled: IsCancelled = never_cancelled

    def check(self) -> None:
        """Raise `CancelledError` if the load was cancelled."""
        if self.cancelled():
            raise CancelledError

    def advance(self, done: int, total: int | None, unit: Sentence, what: Sentence) -> None:
        """Check for cancellation, then report progress."""
        self.check()
        self.progress(Progress(done, total, unit, what))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A data set, or a kind of file that data are loaded from.

    Attributes:
        name: registry name, as in `DataConfig.name`.
        load: loads the data; may raise `DataError`, `CancelledError` and `OSError`.
        info: describes the data set and whether it is in the given data folder, quickly and without torch; None
            for sources that need a path and cannot be chosen by name alone.
    """

    name: str
    load: Callable[[DataConfig, Loading], ImageData]
    info: Callable[[Path], DataInfo] | None = None
