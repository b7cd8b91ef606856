"""Explains why a file or folder cannot be written, and what to do. Torch-free."""

from __future__ import annotations

import errno

from trainer.sentences import Sentence, reason_of


def why_not_written(error: OSError) -> Sentence:
    """The end of a sentence such as "... could not be written: the disk is full; free some space or ..."."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Sentence("the disk is full; free some space or choose another folder")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Sentence("writing there is not allowed; choose another folder")
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return Sentence("it is a file or lies in one; choose another folder")
    if error.errno == errno.ENOENT:
        return Sentence("the folder that it is to lie in does not exist; make it or choose another")
    return Sentence("{reason}; choose another folder", reason=reason_of(error))
