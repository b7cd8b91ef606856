"""Checks for free memory before a large allocation."""

from __future__ import annotations

from trainer.data.images import DataError
from trainer.machine_limits import free_memory
from trainer.sentences import Sentence

#: Share of the free memory reserved for everything else: models, window, other programs.
RESERVE = 0.1


def format_bytes(count: int) -> str:
    """`count` bytes as text in decimal units, such as "12 MB" or "3.1 GB"."""
    for unit, size in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            value = count / size
            return f"{value:,.1f} {unit}" if value < 10 else f"{value:,.0f} {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"


def check_memory(needed: int, what: Sentence | str) -> None:
    """Raise `DataError` unless `needed` bytes fit into the free memory with a reserve. `what` names the data."""
    free = free_memory()
    if needed > free * (1 - RESERVE):
        raise DataError(
            "{what} needs {needed} of memory and only {free} are free; choose fewer or smaller images.",
            what=what,
            needed=format_bytes(needed),
            free=format_bytes(free),
        )
