"""A link to a service, and what it says."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread, Signal

from latent_explorer.core.jobs import JobsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.workers.service_session import Ended

#: Spawning and importing on a machine that does other things as well.
PATIENCE_MS = 240_000


class Link(TrainerClient):
    """A client that says what has arrived before it does anything with it."""

    arrived = Signal(list)

    def __init__(self, folder: Path, **options: Any) -> None:
        super().__init__(folder, JobsState(), Notifications(), **options)
        self._given = itertools.count(1)

    def next_job(self) -> int:
        """A job number not used before."""
        return next(self._given)

    def receive(self, batch: list) -> None:
        reports = [report for report in batch if not isinstance(report, Ended)]
        if reports:
            self.arrived.emit(reports)
        super().receive(batch)


class Listener:
    """What a link's signals brought, in order."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.reports: list[Any] = []
        self.batches = 0
        self.deaths: list[str] = []
        self.threads: set[QThread] = set()
        link.arrived.connect(self._arrived)
        link.lost.connect(self._died)

    def _arrived(self, batch: list) -> None:
        assert batch
        self.reports.extend(batch)
        self.batches += 1
        self.threads.add(QThread.currentThread())

    def _died(self, sentence: str) -> None:
        self.deaths.append(sentence)


@pytest.fixture
def listen(qapp, tmp_path: Path) -> Iterator[Callable[..., Listener]]:
    """Start a link with the given target; it is stopped when the test ends."""
    made: list[Listener] = []

    def start(target=None, **options) -> Listener:
        listener = Listener(Link(tmp_path, target=target, **options))
        made.append(listener)
        listener.link.start()
        return listener

    yield start
    for listener in made:
        listener.link.stop()
