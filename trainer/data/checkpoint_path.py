"""Checks data paths named by untrusted checkpoints before they are accessed."""

from __future__ import annotations

import re
from collections.abc import Collection

from trainer.config import DataConfig
from trainer.data.images import DataError

#: Network paths: "\\\\host\\share", "//host/share" and URLs such as "smb://host/share".
_ELSEWHERE = re.compile(r"[\\/]{2}|[A-Za-z][A-Za-z0-9+.-]+:[\\/]{2}")


def is_remote(path: str) -> bool:
    """Whether accessing `path` may open a network connection."""
    return _ELSEWHERE.match(path) is not None


def check_approved(config: DataConfig, approved: Collection[str] | None) -> None:
    """Raise `DataError` if `config` names a path that is not in `approved`; None approves every path."""
    for path in config.places:
        if approved is not None and path not in approved:
            raise DataError("The images in {path} were not looked for.", path=path)


def check_local(config: DataConfig) -> None:
    """Raise `DataError` if `config`, read from a checkpoint, names a path on another computer."""
    for path in config.places:
        if is_remote(path):
            raise DataError(
                "The run names images on another computer ({path}), which are not looked for; name them with "
                "--data.",
                path=path,
            )
