"""A choice that belongs to a data set: removed with it and restored with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Belonging:
    """A choice that the user made on a data set.

    Attributes:
        key: its name.
        read, write: from and to state.
        none: the value to write without a choice.
        title: name in messages.
        leave_model: called with the index of a pane, removes items in the code space of its model; None if
            there are none, or if they are valid for any model.
        left: the sentence about that.
    """

    key: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    none: Any
    title: str
    leave_model: Callable[[int], Callable[[], None] | None] | None = None
    left: str = ""
