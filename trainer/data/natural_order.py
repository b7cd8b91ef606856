"""Natural order of names: 2 before 10, case-insensitive, the same on every system."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _key() -> Callable[[str], Any]:
    from natsort import natsort_keygen, ns  # takes 50 ms to import, and only folders of images need it

    return natsort_keygen(alg=ns.IGNORECASE)


def natural_key(name: str) -> tuple[Any, str]:
    """Sort key of a name; names that differ only in case or leading zeros are ordered by code points."""
    return _key()(name), name


def natural_path_key(parts: tuple[str, ...]) -> tuple[tuple[Any, str], ...]:
    """Sort key of a path, compared folder by folder."""
    return (*_folders(parts[:-1]), natural_key(parts[-1])) if parts else ()


@cache
def _folders(parts: tuple[str, ...]) -> tuple[tuple[Any, str], ...]:
    # Cached, as all files of a folder share it: with thousands of files computing keys dominates.
    return tuple(natural_key(part) for part in parts)
