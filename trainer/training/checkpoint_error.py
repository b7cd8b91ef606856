"""The errors of a checkpoint that cannot be written, opened or continued. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer.records import ConfigError
from trainer.sentences import SentenceError


class CheckpointError(SentenceError):
    """A checkpoint that cannot be written or opened; the message is one sentence naming the file and a remedy."""


class StateError(SentenceError):
    """A saved state that does not belong to this run; the message is one sentence naming the mismatch."""


@contextmanager
def naming_the_run(path: Path) -> Iterator[None]:
    """Convert the error of a refused state to a `CheckpointError` that names the file."""
    try:
        yield
    except (StateError, ConfigError) as error:
        raise CheckpointError("The run in {path} cannot go on: {reason}", path=path, reason=error) from error
