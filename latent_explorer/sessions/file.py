"""Reads `session.json` entry by entry, since it is untrusted."""

from __future__ import annotations

import json
from pathlib import Path

from latent_explorer.sessions.state import FILE, Session
from trainer.regular_file import read_regular

#: A session file is some hundred bytes, or 70 kB with the planes of 512 dimensions; anything far larger is
#: something else.
_MOST_BYTES = 1_000_000


def read_session(path: Path) -> tuple[Session | None, tuple[str, ...]]:
    """The session beside the checkpoint `path`, None if there is none, and the entries that were left out.

    Raises `OSError`, `ValueError` or `RecursionError` if nothing of it can be used.
    """
    file = (path if path.is_dir() else path.parent) / FILE
    try:
        text = read_regular(file, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return None, ()
    return Session.salvaged(json.loads(text), fixed=("version",))
