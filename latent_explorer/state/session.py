"""What a session remembers of the window beside the run: where the cursors stand and how the maps are shown."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.records import ConfigError, Record

FILE = "session.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaneView(Record):
    """One pane's part of a session; see `PaneState` for the attributes."""

    axes: str = "auto"
    hidden: str = "picked"
    cursor: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """The window's part of a session; see `ExplorerState` for the attributes."""

    version: int = 1
    link: str = "image"
    colour_by: str = "class"
    greyed: tuple[int, ...] = ()
    picked: int | None = None
    panes: tuple[PaneView, ...] = ()

    def __post_init__(self) -> None:
        if self.version != 1:
            raise ConfigError(f"The session has version {self.version}, and this program reads version 1.")
