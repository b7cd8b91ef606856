"""Which errors speak for themselves, and what to say for those that do not. Torch-free."""

from __future__ import annotations

import errno
import sys

from trainer.data.images import DataError
from trainer.records import ConfigError
from trainer.replica.replica import ReplicaError
from trainer.reports import NonFiniteLossError
from trainer.sentences import SentenceError, one_line
from trainer.training.checkpoint_error import CheckpointError, StateError


class RequestError(SentenceError):
    """A request that cannot be met as things stand; its message is one sentence."""


_SPEAKING = (DataError, ConfigError, CheckpointError, ReplicaError, RequestError, StateError, NonFiniteLossError)
_ENGINE = (("trainer.training.devices", "DeviceMemoryError"),)


def sentence_for(error: Exception) -> str | None:
    """One sentence for people about an error that was to be expected; None for a fault of the program."""
    if isinstance(error, _SPEAKING) or _speaks(error):
        return str(error)
    # On the CPU torch has no error of its own for this; the words have been the same since its first versions.
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "allocate memory" in str(error)):
        return "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
    # torch names it by a class of its own from version 2.8 on, and by these words before.
    if type(error).__name__ == "AcceleratorError" or "CUDA error" in str(error):
        reason = str(error).strip().splitlines()[0][:200]
        return one_line(f"The card failed ({reason}); start again, and go on from the last save on the CPU.")
    if isinstance(error, OSError):
        return one_line(_refusal(error))
    return None


def _refusal(error: OSError) -> str:
    where = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where and f' ({where})'}; free some space and try again."
    reason = error.strerror or str(error) or type(error).__name__
    return f"{where or 'A file'} could not be used ({reason}); check that it is there and may be read and written."


def _speaks(error: Exception) -> bool:
    """Whether this is one of the engine's own errors, whose modules import torch: not loaded, not raised."""
    for module, name in _ENGINE:
        loaded = sys.modules.get(module)
        if loaded is not None and isinstance(error, getattr(loaded, name)):
            return True
    return False
