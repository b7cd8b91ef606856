"""The arrangement and sizes of the window's docks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP
from latent_explorer.docks.grip import DockGrip
from latent_explorer.docks.tool_panels import ToolPanel

_SIDE_WIDTH = 252
_BOTTOM_HEIGHT = 226
#: Minimum height of a tool's panel, if the window has room: in px, and as a share of the window's height.
_TOOL_HEIGHT = 264
_TOOL_SHARE = 0.315
#: A panel's part of the gap to its neighbour in px; the separator between them is the rest.
HALF_GAP = 3


class DockLayout:
    """The window's docks: a column on the right, and a row at the bottom with the tools as tabs on its left.

    Attributes:
        docks: all docks but the tools', in the order of the View menu.
        tools: the tools' docks by name, hidden until they are opened.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.docks: list[QDockWidget] = []
        self.tools: dict[str, QDockWidget] = {}
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)

    def build(self, side: Sequence[tuple[str, str, QWidget]], bottom: Sequence[tuple[str, str, QWidget]]) -> None:
        """Create the docks. `side`, `bottom`: (name, title, content) per panel; the last bottom one is narrow."""
        right, below = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self._side = [self._add(*panel, right) for panel in side]
        self._bottom = [self._add(*panel, below) for panel in bottom]
        self.docks = [*self._side, *self._bottom]
        self._window.splitDockWidget(self._bottom[0], self._bottom[-1], Qt.Orientation.Horizontal)
        self.share_room()

    def add_tools(self, panels: Sequence[ToolPanel]) -> None:
        """Create the docks of tools, as tabs beside the first bottom dock."""
        for panel in panels:
            dock = self._add(panel.name, panel.title, panel.widget, Qt.DockWidgetArea.BottomDockWidgetArea)
            self._window.tabifyDockWidget(self._bottom[0], dock)
            dock.hide()
            # Qt moves a dock behind another tab out of view without hiding its content; the tool would keep
            # working.
            policy = panel.widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            panel.widget.setSizePolicy(policy)
            dock.visibilityChanged.connect(panel.widget.setVisible)
            self.tools[panel.name] = dock

    def show_tool(self, name: str) -> None:
        """Bring a tool's panel to the front, with sufficient height."""
        dock = self.tools[name]
        dock.show()
        dock.raise_()
        least = max(_TOOL_HEIGHT, round(_TOOL_SHARE * self._window.height()))
        if not dock.isFloating() and dock.height() < least:
            self._window.resizeDocks([dock], [least], Qt.Orientation.Vertical)
        panel = dock.widget()
        if panel is not None:
            panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def share_room(self) -> None:
        """Apply the default sizes."""
        window, side, bottom = self._window, self._side, self._bottom
        window.resizeDocks(side, [_SIDE_WIDTH] * len(side), Qt.Orientation.Horizontal)
        window.resizeDocks(bottom, [_BOTTOM_HEIGHT] * len(bottom), Qt.Orientation.Vertical)
        rest = max(400, window.width() - 2 * _SIDE_WIDTH)
        window.resizeDocks(bottom, [rest, _SIDE_WIDTH], Qt.Orientation.Horizontal)

    def reset(self) -> None:
        """Dock all panels and close the tools' panels."""
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
        for dock in self.tools.values():
            dock.setFloating(False)
            dock.hide()
        self.share_room()

    def hide(self) -> None:
        """Hide every dock when the window closes: a floating dock would stay open."""
        for dock in (*self.docks, *self.tools.values()):
            dock.hide()

    def _add(self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock-{name}")
        dock.setTitleBarWidget(DockGrip(dock))
        # Margins to the window's edges; the gaps between panels come from the grips.
        frame = QWidget()
        frame.setFocusProxy(content)
        row = QVBoxLayout(frame)
        bottom = area == Qt.DockWidgetArea.BottomDockWidgetArea
        narrow = name == "comparison"
        last = GAP if bottom or name == "legend" else 0
        first = GAP if bottom and not narrow else HALF_GAP
        row.setContentsMargins(first, 0, HALF_GAP if bottom else GAP, last)
        row.addWidget(content)
        if narrow:
            frame.setMaximumWidth(_SIDE_WIDTH + 48)
        if name in ("lamps", "legend"):
            # No taller than their content: the remaining height is for the training panel.
            frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        dock.setWidget(frame)
        self._window.addDockWidget(area, dock)
        return dock
