"""Robust standard output and error: other encodings, closed or full streams, closed pipes.

Progress, remarks and logs are written if possible; a failure to write them never ends the work.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Call first in every command: open closed streams, and replace characters that an encoding does not have.

    The number of a closed descriptor (`2>&-`) would be reused for the next opened file, which would then receive
    the output for standard error.
    """
    for handle in (0, 1, 2):
        try:
            os.fstat(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # gets the lowest free descriptor
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed, or a program without a console
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - stays open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str, end: str = "\n") -> None:
    """Write to standard error if possible; never raises."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except (OSError, ValueError):  # ValueError: the stream was closed
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Redirect a broken stream to nowhere, so that no write fails, not even at the end of the process."""
    with contextlib.suppress(OSError, ValueError):
        empty = os.open(os.devnull, os.O_WRONLY)
        os.dup2(empty, stream.fileno())
        os.close(empty)


def spells_everything(stream: TextIO) -> bool:
    """Whether the encoding of a stream can represent every character."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")
