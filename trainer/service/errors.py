"""Which errors speak for themselves, and what to say for those that do not. Torch-free."""

from __future__ import annotations

import sys

from trainer.data.images import DataError
from trainer.latent.replica import ReplicaError
from trainer.records import ConfigError
from trainer.reports import NonFiniteLossError
from trainer.training.checkpoint_error import CheckpointError


class RequestError(ValueError):
    """A request that cannot be met as things stand; its message is one sentence."""


_SPEAKING = (DataError, ConfigError, CheckpointError, ReplicaError, RequestError, NonFiniteLossError)
_ENGINE = (("trainer.training.devices", "DeviceMemoryError"), ("trainer.training.state", "StateError"))


def sentence_for(error: Exception) -> str | None:
    """One sentence for people about an error that was to be expected; None for a fault of the program."""
    if isinstance(error, _SPEAKING) or _speaks(error):
        return str(error)
    if isinstance(error, MemoryError):
        return "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
    if isinstance(error, OSError):
        reason = error.strerror or str(error) or type(error).__name__
        return f"{error.filename}: {reason}." if error.filename else f"The system refused: {reason}."
    return None


def _speaks(error: Exception) -> bool:
    """Whether this is one of the engine's own errors, whose modules import torch: not loaded, not raised."""
    for module, name in _ENGINE:
        loaded = sys.modules.get(module)
        if loaded is not None and isinstance(error, getattr(loaded, name)):
            return True
    return False
