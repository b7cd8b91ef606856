"""Something that can be undone: how to read it, how to restore it, and its name in menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance

#: How long an aspect makes sense: as long as the program runs, the data stay, or the models stay.
SCOPES = ("always", "data", "model")


def same(value: Any) -> Any:
    """Return `value`, which is plain JSON data already."""
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One thing that a person changes. Values are immutable and compare by what they mean.

    Attributes:
        key: its name.
        kind: aspects of one kind, changed within one gesture, are one entry; "" for one of its own.
        scope: one of `SCOPES`.
        read, write: from and to state.
        title: what menus call a change, or what makes that of the former value and the new one.
        changed: emitted after a change by a person.
        noted: emitted after a change that is not a person's.
        voided: emitted when what the values were before is nothing that one could go back to.
        asked: emitted when a person asks for codes under the cursors that somebody is about to put there.
        by_hand: whether what `changed` and `asked` tell of is a person's doing.
        brings: kinds of other changes that belong to an entry of this kind.
        joins: kinds of entries that changes of this kind belong to.
        saved: makes a value of plain JSON data, for what is saved with a session; raises `ValueError` or
            `TypeError` if the data say none. None: not saved.
        to_json: makes plain JSON data of a value.
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
        """What menus call a change from one value to another."""
        return self.title if isinstance(self.title, str) else self.title(before, after)


def setting(
    owner: object,
    name: str,
    write: Callable[[Any], None],
    title: str | Callable[[Any, Any], str],
    changed: SignalInstance,
    **more: Any,
) -> Aspect:
    """An attribute of `owner` that always makes sense; `more`: other fields of the aspect, `key` too."""
    fields = {"key": name, "scope": "always", "changed": (changed,)} | more
    return Aspect(read=lambda: getattr(owner, name), write=write, title=title, **fields)


def text(value: Any) -> str:
    """A saved text."""
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r:.40}")
    return value


def truth(value: Any) -> bool:
    """A saved yes or no."""
    if not isinstance(value, bool):
        raise TypeError(f"neither true nor false: {value!r:.40}")
    return value


def whole(value: Any) -> int:
    """A saved whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"not a whole number: {value!r:.40}")
    return value
