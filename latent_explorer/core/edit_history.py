"""The undo history: a list of changes of opaque values. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

#: Maximum number of entries; the oldest are removed first.
MOST = 200
#: Marks a value that follows from other changes of the entry and need not be redone.
FOLLOWS: Final = object()


@dataclass(slots=True)
class Entry:
    """One undo step.

    Attributes:
        kind: changes of the same kind may be merged.
        title: name in menus.
        changes: aspect -> (value before, value after).
    """

    kind: str
    title: str
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)


class EditHistory:
    """Entries and the position among them. The newest entry stays open for further changes until `close` is
    called.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        #: Entries before this index are done; the others have been undone.
        self._place = 0
        self._open = False

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def open_kind(self) -> str:
        """The kind of the open entry; "" for none."""
        return self._entries[self._place - 1].kind if self._open else ""

    @property
    def undo_title(self) -> str:
        """Title of the entry to undo; "" for none."""
        return self._entries[self._place - 1].title if self._place else ""

    @property
    def redo_title(self) -> str:
        """Title of the entry to redo; "" for none."""
        return self._entries[self._place].title if self._place < len(self._entries) else ""

    def record(
        self, kind: str, aspect: str, before: object, after: object, title: Callable[[object, object], str]
    ) -> None:
        """Record that `aspect` changed from `before` to `after`, in the open entry if that is of `kind`, else a
        new one.

        `title` makes the entry's name from its first and last value. Undone entries are removed.
        """
        del self._entries[self._place :]
        if self.open_kind != kind:
            self.close()
            self._entries.append(Entry(kind, title(before, after)))
            self._place = len(self._entries)
            self._open = True
        entry = self._entries[-1]
        first = next(iter(entry.changes), aspect)
        before = entry.changes[aspect][0] if aspect in entry.changes else before
        entry.changes[aspect] = (before, after)
        if aspect == first:
            # Accompanying changes do not determine its name.
            entry.title = title(before, after)
        if len(self._entries) > MOST:
            del self._entries[0]
            self._place -= 1

    def rename(self, titles: Mapping[str, Callable[[object, object], str]]) -> None:
        """Rename all entries: aspect -> function of the value before and the value after that returns a name."""
        for entry in self._entries:
            aspect, change = next(iter(entry.changes.items()))
            entry.title = titles[aspect](*change)

    def close(self) -> None:
        """Complete the newest entry. One without a net change is dropped, with its accompanying changes."""
        if not self._open:
            return
        self._open = False
        entry = self._entries[self._place - 1]
        entry.changes = {aspect: change for aspect, change in entry.changes.items() if change[0] != change[1]}
        if all(after is FOLLOWS for _, after in entry.changes.values()):
            del self._entries[self._place - 1]
            self._place -= 1

    def undo(self) -> dict[str, object]:
        """Go one entry back: aspect -> the value it had before; empty if there is nothing to undo."""
        self.close()
        if not self._place:
            return {}
        self._place -= 1
        return {aspect: before for aspect, (before, _) in self._entries[self._place].changes.items()}

    def redo(self) -> dict[str, object]:
        """Go one entry forth: aspect -> the value it had after; empty if there is nothing to redo."""
        self.close()
        if self._place == len(self._entries):
            return {}
        self._place += 1
        changes = self._entries[self._place - 1].changes
        return {aspect: after for aspect, (_, after) in changes.items() if after is not FOLLOWS}

    def forget(self, applies: Callable[[str], bool]) -> None:
        """Remove aspects that do not apply any more, and entries that become empty."""
        self.close()
        kept = []
        place = 0
        for number, entry in enumerate(self._entries):
            entry.changes = {aspect: change for aspect, change in entry.changes.items() if applies(aspect)}
            if entry.changes:
                kept.append(entry)
                place += number < self._place
        self._entries, self._place = kept, place
