"""The order in which people count: 2 before 10, whatever the case of letters, and the same on every system."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _key() -> Callable[[str], Any]:
    from natsort import natsort_keygen, ns  # 50 ms, and only folders of images need it

    return natsort_keygen(alg=ns.IGNORECASE)


def natural_key(name: str) -> tuple[Any, str]:
    """What to sort names by; names that differ in case or in leading zeros alone go by their code points."""
    return _key()(name), name


def natural_path_key(parts: tuple[str, ...]) -> tuple[tuple[Any, str], ...]:
    """The same for paths, folder by folder."""
    return (*_folders(parts[:-1]), natural_key(parts[-1])) if parts else ()


@cache
def _folders(parts: tuple[str, ...]) -> tuple[tuple[Any, str], ...]:
    # A folder's files share this: with thousands of files a key costs more than the comparison.
    return tuple(natural_key(part) for part in parts)
