"""Explains why a file or folder cannot be written, and what to do. Torch-free."""

from __future__ import annotations

import errno


def why_not_written(error: OSError) -> str:
    """The end of a sentence such as "... could not be written: the disk is full; free some space or ..."."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; free some space or choose another folder"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return "writing there is not allowed; choose another folder"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "it is a file or lies in one; choose another folder"
    if error.errno == errno.ENOENT:
        return "the folder that it is to lie in does not exist; make it or choose another"
    return f"{error.strerror or error}; choose another folder"
