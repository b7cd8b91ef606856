"""What all view tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

#: The offscreen platform says this of every window with a least size that is raised or grabs: no fault of ours.
_OFFSCREEN = "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"


def pytest_itemcollected(item: pytest.Item) -> None:
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))
