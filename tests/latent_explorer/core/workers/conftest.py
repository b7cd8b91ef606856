"""A link to a service, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread

from latent_explorer.core.workers.trainer_link import TrainerLink

#: Spawning and importing on a machine that does other things as well.
PATIENCE_MS = 240_000


class Listener:
    """What a link's signals brought, in order."""

    def __init__(self, link: TrainerLink) -> None:
        self.link = link
        self.reports: list[Any] = []
        self.batches = 0
        self.deaths: list[str] = []
        self.threads: set[QThread] = set()
        link.arrived.connect(self._arrived)
        link.died.connect(self._died)

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
        listener = Listener(TrainerLink(tmp_path, target=target, **options))
        made.append(listener)
        listener.link.start()
        return listener

    yield start
    for listener in made:
        listener.link.stop()
