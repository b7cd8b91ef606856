"""The state of the overlays that are drawn over and under the points of both maps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Option:
    """One of a choice's options.

    Attributes:
        key: its name in state.
        text, shortcut: in the Explore menu, with an access key.
        title: in the panes' menus; "" for the same as `text`.
        tip: its description.
    """

    key: str
    text: str
    shortcut: str
    title: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An overlay of several kinds, of which one is shown. The first option is none.

    Attributes:
        name: its name in state.
        text: of its submenu of Explore, with an access key. heading: of its part of the panes' menus.
    """

    name: str
    text: str
    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """An overlay that is on or off.

    Attributes:
        name: its name in state.
        text, shortcut: in the menus, with an access key.
        at_start: whether it is on at the start; then it does not count as a choice of the user.
        with_panel: whether it is visible only while the tool's panel is.
    """

    name: str
    text: str
    shortcut: str
    at_start: bool = False
    with_panel: bool = False


class OverlaysState(QObject):
    """Which overlays are on, in both panes. Setting an equal value emits nothing.

    Attributes:
        entries: all overlays, in menu order.

    Signals:
        changed(str): the choice or switch of this name changed.
        cleared: the user cleared all; `changed` follows for each.
    """

    changed = Signal(str)
    cleared = Signal()

    def __init__(self, entries: Iterable[Choice | Switch], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries = tuple(entries)
        self._chosen = {entry.name: entry.options[0].key for entry in self.choices}
        self._on = {entry.name: entry.at_start for entry in self.switches}

    def rename(self, entries: Iterable[Choice | Switch]) -> None:
        """Replace the declarations by those in another language."""
        self.entries = tuple(entries)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Overlays of several kinds."""
        return tuple(entry for entry in self.entries if isinstance(entry, Choice))

    @property
    def switches(self) -> tuple[Switch, ...]:
        """Overlays that are on or off."""
        return tuple(entry for entry in self.entries if isinstance(entry, Switch))

    @property
    def count(self) -> int:
        """Number of overlays that the user chose; those that are on at the start do not count."""
        chosen = sum(self._chosen[entry.name] != entry.options[0].key for entry in self.choices)
        return chosen + sum(self._on[entry.name] for entry in self.switches if not entry.at_start)

    def chosen(self, name: str) -> str:
        """The chosen option of a choice."""
        return self._chosen[name]

    def on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self._on[name]

    def choose(self, name: str, key: str) -> None:
        """Choose an option. Raises `ValueError` for an unknown one."""
        if not any(key == option.key for entry in self.choices if entry.name == name for option in entry.options):
            raise ValueError(f"{name!r} has no option {key!r}")
        if key != self._chosen[name]:
            self._chosen[name] = key
            self.changed.emit(name)

    def switch(self, name: str, on: bool) -> None:
        """Turn a switch on or off. Raises `ValueError` for an unknown one."""
        if name not in self._on:
            raise ValueError(f"unknown overlay {name!r}")
        if on != self._on[name]:
            self._on[name] = on
            self.changed.emit(name)

    @property
    def clearable(self) -> bool:
        """Whether `clear` would change anything."""
        return bool(self._to_clear())

    def clear(self) -> None:
        """Turn off all overlays except those tied to their tool's panel."""
        found = self._to_clear()
        for entry in found:
            if isinstance(entry, Choice):
                self._chosen[entry.name] = entry.options[0].key
            else:
                self._on[entry.name] = False
        if found:
            self.cleared.emit()
        for entry in found:
            self.changed.emit(entry.name)

    def _to_clear(self) -> list[Choice | Switch]:
        chosen = [entry for entry in self.choices if self._chosen[entry.name] != entry.options[0].key]
        return chosen + [entry for entry in self.switches if self._on[entry.name] and not entry.with_panel]

    def to_json(self) -> dict[str, str | bool]:
        """Choices and switches by name."""
        return {**self._chosen, **self._on}
