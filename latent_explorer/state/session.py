"""What a session remembers of the window beside the run: where the cursors stand and how the maps are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.records import ConfigError, Record

FILE = "session.json"
#: Farther from the origin no cursor can be dragged, and codes begin to overflow.
_FARTHEST = 1e9
#: "i,j", two dimensions, or "rows:a,b,c", three data rows; see `PaneState.axes`.
_AXES = r"\d{1,3},\d{1,3}|rows:\d{1,9},\d{1,9},\d{1,9}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaneView(Record):
    """One pane's part of a session; see `PaneState` for the attributes."""

    axes: str = "auto"
    hidden: str = "picked"
    cursor: tuple[float, float] = (0.0, 0.0)
    #: The code under the cursor, since a plane may come back turned; empty in older sessions.
    code: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.axes not in ("auto", "pca") and not re.fullmatch(_AXES, self.axes):
            raise ConfigError(f"The axes {self.axes!r:.40} are none that a map has.")
        # Written so that NaN is refused, too.
        if not all(abs(place) <= _FARTHEST for place in (*self.cursor, *self.code)):
            raise ConfigError("The cursor stands nowhere.")


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
