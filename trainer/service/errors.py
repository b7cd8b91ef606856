"""Which errors speak for themselves, and what to say for those that do not. Torch-free."""

from __future__ import annotations

import errno

from trainer.sentences import Sentence, SentenceError, reason_of


class RequestError(SentenceError):
    """A request that cannot be met as things stand; its message is one sentence."""


def sentence_for(error: Exception) -> Sentence | None:
    """One sentence for people about an error that was to be expected; None for a fault of the program."""
    if isinstance(error, SentenceError):
        return error.sentence
    # On the CPU torch has no error of its own for this; the words have been the same since its first versions.
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "allocate memory" in str(error)):
        return Sentence(
            "The memory did not suffice; close other programs, or choose fewer images or a smaller model."
        )
    # torch names it by a class of its own from version 2.8 on, and by these words before.
    if type(error).__name__ == "AcceleratorError" or "CUDA error" in str(error):
        return Sentence(
            "The card failed ({reason}); start again, and go on from the last save on the CPU.",
            reason=str(error).strip().splitlines()[0][:200],
        )
    return _refusal(error) if isinstance(error, OSError) else None


def _refusal(error: OSError) -> Sentence:
    where = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        if where:
            return Sentence("The disk is full ({place}); free some space and try again.", place=where)
        return Sentence("The disk is full; free some space and try again.")
    return Sentence(
        "{path} could not be used ({reason}); check that it is there and may be read and written.",
        path=where or Sentence("A file"),
        reason=reason_of(error),
    )
