"""Paths to data that somebody else's checkpoint names: used only where the person who opens it wants that."""

from __future__ import annotations

import re
from collections.abc import Collection

from trainer.config import DataConfig
from trainer.data.images import DataError

#: "\\\\host\\share" and "//host/share", and what has a scheme, such as "smb://host/share".
_ELSEWHERE = re.compile(r"[\\/]{2}|[A-Za-z][A-Za-z0-9+.-]+:[\\/]{2}")


def on_another_computer(path: str) -> bool:
    """Whether looking at `path` may already speak with another computer."""
    return _ELSEWHERE.match(path) is not None


def check_approved(config: DataConfig, approved: Collection[str] | None) -> None:
    """Raise `DataError` if `config` names a path that is not `approved`; None approves every one."""
    if config.path is not None and approved is not None and config.path not in approved:
        raise DataError("The images in {path} were not looked for.", path=config.path)


def check_near(config: DataConfig) -> None:
    """Raise `DataError` if `config`, from a checkpoint, names a path on another computer."""
    if config.path is not None and on_another_computer(config.path):
        raise DataError(
            "The run names images on another computer ({path}), which are not looked for; name them with --data.",
            path=config.path,
        )
