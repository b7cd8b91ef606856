"""A choice that belongs to a data set: removed with it and restored with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Belonging:
    """One thing that a person chose on a data set.

    Attributes:
        key: its name.
        read, write: from and to state.
        none: what is written where there is nothing of it.
        title: what messages call it.
        leave_model: by the index of a pane, what takes away things in the code space of its model; None where
            there are none, and where it holds for any model.
        left: the sentence about that.
    """

    key: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    none: Any
    title: str
    leave_model: Callable[[int], Callable[[], None] | None] | None = None
    left: str = ""
