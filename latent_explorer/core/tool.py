"""What a tool declares of itself: the one place from which window, menus, undo, export and sessions learn of it.

To add a tool make a folder in `latent_explorer/tools` with a `tool.py` that ends in `TOOL = MyTool()`, a subclass
of `Tool`, and name it in `latent_explorer/tools/all_tools.py`. Everything is optional: an overlay alone declares
`layers` and `choices`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.aspect import Aspect
from latent_explorer.core.belonging import Belonging
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.export import Export
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.pane import PaneState
from latent_explorer.core.pane_meter import PaneMeter
from latent_explorer.core.states import States
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState

#: The property of a tool's actions that the Edit menu shows, too: to paste something, say.
IN_EDIT_MENU = "in-edit-menu"


class PanelWidget(Protocol):
    """A panel brings its tool's actions along."""

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions to its submenu of Explore."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A tool's panel at the bottom of the window.

    Attributes:
        title: of dock, submenu and command palette.
        key: the shortcut that shows it.
        make: the widget, which is a `PanelWidget`, of the window's states.
    """

    title: str
    key: str
    make: Callable[[ExplorerState, TrainingState, tuple[PaneState, ...], ToolStates], Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """An overlay on every map. height: layers are painted, and asked last about the hand, from the lowest up."""

    height: int
    make: Callable[[PaneState, ExplorerState, ToolStates, QObject], Overlay]


@dataclass(frozen=True, slots=True)
class Gesture:
    """A line of the sheet of shortcuts that is in no menu. place: "map" or "panels"."""

    place: str
    keys: str
    what: str


@dataclass(frozen=True, slots=True, eq=False)
class PlaneRows:
    """Three images of a tool's that a map's plane can be laid through.

    Attributes:
        name: of the entry.
        title, menu_text: in the menu of a pane's axes, and of both maps' plane, with an access key.
        rows: data rows chosen so far.
        missing: what to do while there are not three: a sentence.
        changed: `rows` gives others.
    """

    name: str
    title: str
    menu_text: str
    rows: Callable[[], tuple[int, ...]]
    missing: str
    changed: SignalInstance


class Tool:
    """A declaration without state of its own. Texts are asked for once the language is known.

    Attributes:
        name: in names of widgets and in `ToolStates.panel_wanted`.
        states: classes whose objects hold what the tool knows, one of each: `tools[MyState]`.
        controller: the class of who works for the tool, made of a `ToolKit` and a parent; None for nobody.
        layers: its overlays.
    """

    name: ClassVar[str]
    states: ClassVar[tuple[type[QObject], ...]] = ()
    controller: ClassVar[type[Any] | None] = None
    layers: ClassVar[tuple[Layer, ...]] = ()

    def panel(self) -> Panel | None:
        """Its panel."""
        return None

    def choices(self) -> Sequence[Choice | Switch]:
        """Its entries in the menus of overlays."""
        return ()

    def gestures(self) -> Sequence[Gesture]:
        """What mouse and keys do beside the menus."""
        return ()

    def meter(self, pane: PaneState, tools: ToolStates, parent: QWidget) -> PaneMeter | None:
        """What it shows under the code in a pane's column."""
        return None

    def aspects(self, states: States) -> Sequence[Aspect]:
        """What of it can be undone, and what of that is saved with a session."""
        return ()

    def belongings(self, states: States) -> Sequence[Belonging]:
        """What of it goes with a data set, and comes back with it."""
        return ()

    def exports(self, states: States) -> Sequence[Export]:
        """What of it can be saved as a file."""
        return ()

    def image_offers(
        self, tools: ToolStates, explorer: ExplorerState, row: int
    ) -> Sequence[tuple[str, Callable[[], None]]]:
        """Entries of the menu of data row `row`'s original picture: (text, deed)."""
        return ()

    def plane_rows(self, tools: ToolStates) -> Sequence[PlaneRows]:
        """Images that a plane can be laid through."""
        return ()

    def wants_letters(self, tools: ToolStates) -> int:
        """How much it wants the keys A, B and C on a map: not at all (0), if nobody wants them more (1), or
        because its panel on the screen shows them (2)."""
        return 0

    def looks_back(self, tools: ToolStates) -> bool:
        """Whether it has the maps show weights of the past: only overlays made with these are drawn then."""
        return False
