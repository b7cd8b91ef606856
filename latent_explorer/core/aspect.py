"""A part of the state that can be undone: how to read and restore it, and its name in menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance

#: How long an aspect is valid: as long as the program runs, the data stay, or the models stay.
SCOPES = ("always", "data", "model")


def same(value: Any) -> Any:
    """Return `value`, which is plain JSON data already."""
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One part of the state that the user changes. Values are immutable and compare by content.

    Attributes:
        key: its name.
        kind: aspects of one kind changed within one gesture form one undo entry; "" for a separate entry.
        scope: one of `SCOPES`.
        read, write: from and to state.
        title: name of a change in menus, or a function that makes it from the old and the new value.
        changed: emitted after a change by the user.
        noted: emitted after a change that the user did not make.
        voided: emitted when earlier values can no longer be restored.
        asked: emitted when the user requests codes under the cursors, before they are set.
        by_hand: returns whether `changed` and `asked` were caused by the user.
        brings: kinds of other changes that are included in an entry of this kind.
        joins: kinds of entries that changes of this kind are included in.
        saved: converts plain JSON data to a value, for aspects saved with a session; raises `ValueError` or
            `TypeError` if the data are invalid. None: not saved.
        to_json: converts a value to plain JSON data.
    """

    key: str
    scope: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    title: str | Callable[[Any, Any], str]
    kind: str = ""
    changed: tuple[SignalInstance, ...] = ()
    noted: tuple[SignalInstance, ...] = ()
    voided: tuple[SignalInstance, ...] = ()
    asked: tuple[SignalInstance, ...] = ()
    by_hand: Callable[[], bool] = lambda: True
    brings: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    saved: Callable[[Any], Any] | None = None
    to_json: Callable[[Any], Any] = same

    def __post_init__(self) -> None:
        if not self.kind:
            object.__setattr__(self, "kind", self.key)

    def title_of(self, before: Any, after: Any) -> str:
        """The name in menus of a change from one value to another."""
        return self.title if isinstance(self.title, str) else self.title(before, after)


def setting(
    owner: object,
    name: str,
    write: Callable[[Any], None],
    title: str | Callable[[Any, Any], str],
    changed: SignalInstance,
    **more: Any,
) -> Aspect:
    """An aspect for an attribute of `owner` that is always valid; `more`: other fields, including `key`."""
    fields = {"key": name, "scope": "always", "changed": (changed,)} | more
    return Aspect(read=lambda: getattr(owner, name), write=write, title=title, **fields)


def text(value: Any) -> str:
    """Check a saved text."""
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r:.40}")
    return value


def truth(value: Any) -> bool:
    """Check a saved truth value."""
    if not isinstance(value, bool):
        raise TypeError(f"neither true nor false: {value!r:.40}")
    return value


def whole(value: Any) -> int:
    """Check a saved whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {value!r:.40}")
    return value
