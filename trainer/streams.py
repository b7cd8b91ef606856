"""Standard output and error, as a command finds them: other encodings, closed, full, or read by nobody any more.

What is said beside the work (progress, remarks, a log) never ends the work: it is written if it can be.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Call first in every command: signs that an encoding does not have are replaced, and nothing is missing.

    A descriptor that was closed (`2>&-`) would be given to the next file that is opened, into which every word for
    standard error would then go.
    """
    for handle in (0, 1, 2):
        try:
            os.fstat(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed, or a program without a console
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - it lives as long as we do
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str, end: str = "\n") -> None:
    """Write to standard error, if that can be; never raises for it."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except (OSError, ValueError):  # the second: closed meanwhile
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Nothing more is written to a stream that cannot be written to, at the end of the process either."""
    with contextlib.suppress(OSError, ValueError):
        empty = os.open(os.devnull, os.O_WRONLY)
        os.dup2(empty, stream.fileno())
        os.close(empty)


def spells_everything(stream: TextIO) -> bool:
    """Whether the encoding of a stream has every sign."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")
