"""The window's part of a session: the cursors, and the views of the maps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from trainer.config import MAX_LATENT
from trainer.latent.plane import Plane
from trainer.records import ConfigError, Record
from trainer.training.kept_model import is_name

FILE = "session.json"
#: Maximum distance of a cursor from the origin, beyond which codes begin to overflow.
_FARTHEST = 1e9
#: The number of a member, or nothing.
_MEMBER = r"[0-7]?"
#: "i,j", two dimensions, or "rows:a,b,c", three data rows; see `PaneState.axes`.
_AXES = r"\d{1,3},\d{1,3}|rows:\d{1,9},\d{1,9},\d{1,9}"
#: Tolerance for unit length and right angles of axes, far larger than float32 rounding.
_SKEW = 1e-3
#: Characters of an axis's name.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlane(Record):
    """The plane of a map; see `trainer.latent.plane.Plane` for the attributes."""

    origin: tuple[float, ...]
    axes: tuple[tuple[float, ...], ...]
    names: tuple[str, str]
    explained: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        latent, count = len(self.origin), len(self.axes)
        if (
            not 1 <= latent <= MAX_LATENT
            or count != min(latent, 2)
            or {len(axis) for axis in self.axes} != {latent}
        ):
            raise ConfigError("A map's plane has the wrong size.")
        # Written so that NaN is refused, too.
        if not all(abs(value) <= _FARTHEST for value in self.origin):
            raise ConfigError("A map's plane lies nowhere.")
        if not all(abs(value) <= 1 + _SKEW for axis in self.axes for value in axis):
            raise ConfigError("A map's axes are not of length one.")
        axes = np.array(self.axes, np.float64)
        if np.abs(axes @ axes.T - np.eye(count)).max() > _SKEW:
            raise ConfigError("A map's axes are not of length one and at right angles.")
        if any(len(name) > _LONGEST_NAME for name in self.names):
            raise ConfigError("The name of a map's axis is too long.")
        if len(self.explained) not in (0, count) or not all(0 <= share <= 1 + _SKEW for share in self.explained):
            raise ConfigError("A map's axes explain no such share of the variance.")

    @classmethod
    def of(cls, plane: Plane) -> SavedPlane:
        """A plane as saved: exact, because float64 represents every float32."""
        return cls(
            origin=tuple(plane.origin.tolist()),
            axes=tuple(tuple(axis) for axis in plane.axes.tolist()),
            names=plane.names,
            explained=plane.explained,
        )

    def plane(self) -> Plane:
        """The plane that was saved."""
        return Plane(
            np.array(self.origin, np.float32), np.array(self.axes, np.float32), self.names, self.explained
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaneView(Record):
    """One pane's part of a session; see `PaneState` for the attributes."""

    #: The number of a member or the name of a kept model; "" for the member with the pane's index.
    source: str = ""
    axes: str = "auto"
    hidden: str = "picked"
    cursor: tuple[float, float] = (0.0, 0.0)
    #: The code under the cursor, including hidden dimensions; () if there was none.
    code: tuple[float, ...] = ()
    #: Whether exactly that code is shown, so that the cursor only marks its projection.
    exact: bool = False
    #: The plane, if it was computed from codes; None if it follows from the axes, and in older sessions.
    plane: SavedPlane | None = None
    #: Centre and scale of the view in units of the plane and pixels per unit; None if it shows all points.
    view: tuple[float, float, float] | None = None

    def __post_init__(self) -> None:
        if not (re.fullmatch(_MEMBER, self.source) or is_name(self.source)):
            raise ConfigError("No pane shows {source}.", source=f"{self.source!r:.40}")
        if self.axes not in ("auto", "pca") and not re.fullmatch(_AXES, self.axes):
            raise ConfigError("The axes {axes} are none that a map has.", axes=f"{self.axes!r:.40}")
        # Written so that NaN is refused, too.
        if not all(abs(place) <= _FARTHEST for place in (*self.cursor, *self.code)):
            raise ConfigError("The cursor stands nowhere.")
        if self.view is not None:
            x, y, scale = self.view
            if not (abs(x) <= _FARTHEST and abs(y) <= _FARTHEST and 1 / _FARTHEST <= scale <= _FARTHEST):
                raise ConfigError("The map looks nowhere.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """The window's part of a session; see `ExplorerState` for the attributes."""

    version: int = 1
    link: str = "image"
    colour_by: str = "class"
    greyed: tuple[int, ...] = ()
    picked: int | None = None
    panes: tuple[PaneView, ...] = ()
    #: The leading pane, and whether the link is suspended until a cursor moves.
    leader: int = 0
    rests: bool = False
    #: The step of the weights that planes and codes belong to; None in older sessions.
    step: int | None = None
    #: Saved aspects of overlays and tools by key: plain data; {} in older sessions.
    tools: Any = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.tools, dict):
            raise ConfigError("The settings of the tools are no object.")
        if self.version != 1:
            raise ConfigError(
                "The session has version {version}, and this program reads version 1.", version=self.version
            )
