"""Loaded replicas for one worker thread, created on demand."""

from __future__ import annotations

from collections.abc import Callable

from trainer.config import ModelConfig
from trainer.replica.replica import Replica
from trainer.reports import Snapshot
from trainer.traits import Traits

#: Number of cached replicas: those of both panes, and of the previous pair while a new one arrives.
_KEPT = 4


class ReplicaCache:
    """Returns a replica with a snapshot's weights, loading each snapshot once. For one thread at a time."""

    def __init__(self, make: Callable[[ModelConfig, Traits], Replica]) -> None:
        """`make` builds a replica without weights; it is called in the thread of `of`."""
        self._make = make
        self._kept: dict[int, tuple[Snapshot, Replica]] = {}

    def of(self, snapshot: Snapshot, traits: Traits) -> Replica:
        """A replica with these weights. Raises `ReplicaError` if they do not fit, `ConfigError` for the model."""
        known = self._kept.pop(id(snapshot), None)
        if known is None or known[0] is not snapshot:
            replica = self._make(snapshot.config, traits)
            replica.load(snapshot)
            known = (snapshot, replica)
        self._kept[id(snapshot)] = known  # most recently used last
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return known[1]
