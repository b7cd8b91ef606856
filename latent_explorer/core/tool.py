"""The declaration of a tool, read by window, menus, undo, export and sessions.

To add a tool create a folder in `latent_explorer/tools` with a `tool.py` that ends in `TOOL = MyTool()`, a
subclass of `Tool`, and list it in `latent_explorer/tools/all_tools.py`. Everything is optional: an overlay alone
declares `layers` and `choices`.
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

#: The property of a tool's actions that are also in the Edit menu, such as Paste.
IN_EDIT_MENU = "in-edit-menu"


class PanelWidget(Protocol):
    """A panel, which adds its tool's actions to a menu."""

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions to its submenu of Explore."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A tool's panel at the bottom of the window.

    Attributes:
        title: title of dock, submenu and command palette.
        key: shortcut that shows it.
        make: creates the widget, a `PanelWidget`, from the window's states.
    """

    title: str
    key: str
    make: Callable[[ExplorerState, TrainingState, tuple[PaneState, ...], ToolStates], Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """An overlay on every map. height: layers are painted from the lowest up, and get mouse events from the
    highest.
    """

    height: int
    make: Callable[[PaneState, ExplorerState, ToolStates, QObject], Overlay]


@dataclass(frozen=True, slots=True)
class Gesture:
    """An entry of the list of shortcuts that is in no menu. place: "map" or "panels"."""

    place: str
    keys: str
    what: str


@dataclass(frozen=True, slots=True, eq=False)
class PlaneRows:
    """Three images of a tool that define the plane of a map.

    Attributes:
        name: of the entry.
        title, menu_text: in the menu of a pane's axes, and of both maps' plane, with an access key.
        rows: data rows chosen so far.
        missing: a sentence on what to do while there are fewer than three.
        changed: `rows` changed.
    """

    name: str
    title: str
    menu_text: str
    rows: Callable[[], tuple[int, ...]]
    missing: str
    changed: SignalInstance


class Tool:
    """A stateless declaration. Texts are read after the language was set.

    Attributes:
        name: in names of widgets and in `ToolStates.panel_wanted`.
        states: classes of its state objects, one instance of each: `tools[MyState]`.
        controller: the class of its controller, created with a `ToolKit` and a parent; None for none.
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
        """Mouse and key gestures that are in no menu."""
        return ()

    def meter(self, pane: PaneState, tools: ToolStates, parent: QWidget) -> PaneMeter | None:
        """Its meter under the code in a pane's column."""
        return None

    def aspects(self, states: States) -> Sequence[Aspect]:
        """Its state that can be undone and saved with a session."""
        return ()

    def belongings(self, states: States) -> Sequence[Belonging]:
        """Its state that belongs to a data set and is restored with it."""
        return ()

    def exports(self, states: States) -> Sequence[Export]:
        """Its results that can be saved as a file."""
        return ()

    def image_offers(
        self, tools: ToolStates, explorer: ExplorerState, row: int
    ) -> Sequence[tuple[str, Callable[[], None]]]:
        """Entries of the menu of data row `row`'s original picture: (text, callback)."""
        return ()

    def plane_rows(self, tools: ToolStates) -> Sequence[PlaneRows]:
        """Images that define a plane."""
        return ()

    def wants_letters(self, tools: ToolStates) -> int:
        """Priority for the keys A, B and C on a map: 0 none, 1 if no other tool needs them, 2 because its visible
        panel shows them."""
        return 0

    def looks_back(self, tools: ToolStates) -> bool:
        """Whether the maps show past weights for it: then only overlays computed with those are drawn."""
        return False
