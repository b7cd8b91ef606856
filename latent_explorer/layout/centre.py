"""The central widget: panes above the strip, the training inspector beside them, with splitters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP
from latent_explorer.layout.parts import first_stop
from latent_explorer.layout.strip import LEAST_BODY, Strip
from latent_explorer.panes.pane import Pane

#: Initial height of a panel, if the window has room: in px, and as a share of the window's height.
_PANEL_HEIGHT = 236
_PANEL_SHARE = 0.295
#: Minimum usable height of panels in px.
_ENOUGH = 190
#: Maximum share of the height that an opening panel takes from the maps.
_MOST_SHARE = 0.55
_INSPECTOR_WIDTH = 264
#: Larger stored sizes are invalid (px).
_MOST_SIZE = 10_000


class Centre(QWidget):
    """Panes side by side; the strip below opens and closes, and so does the inspector on the right.

    Signals:
        inspector_changed: the inspector was opened or closed.
    """

    inspector_changed = Signal()

    def __init__(self, panes: Sequence[Pane], strip: Strip, inspector: QWidget, *above: QWidget) -> None:
        """`above`: widgets that are shown above everything when needed."""
        super().__init__()
        self._panes = tuple(panes)
        self.strip = strip
        self.inspector = inspector
        self.panes = self._splitter("panes", Qt.Orientation.Horizontal)
        for pane in panes:
            self.panes.addWidget(pane)
        self.rows = self._splitter("rows", Qt.Orientation.Vertical)
        self.rows.addWidget(self.panes)
        self.rows.addWidget(strip)
        self.rows.setStretchFactor(0, 1)
        self.sides = self._splitter("sides", Qt.Orientation.Horizontal)
        self.sides.addWidget(self._scrolling(self.rows))
        self.sides.addWidget(inspector)
        self.sides.setStretchFactor(0, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP, GAP, GAP, GAP)
        outer.setSpacing(GAP)
        for widget in above:
            outer.addWidget(widget)
        outer.addWidget(self.sides, 1)
        #: Height of the strip when a panel was last open, and width of the inspector; 0 until the user chooses
        #: one.
        self._strip_height = 0
        self._inspector_width = 0
        self._bare = self._had_inspector = False
        self.rows.splitterMoved.connect(self._rows_moved)
        self.sides.splitterMoved.connect(self._sides_moved)
        strip.changed.connect(self._fit_strip)
        self.rows.installEventFilter(self)
        self.sides.installEventFilter(self)
        inspector.hide()
        self._fit_strip()

    def _splitter(self, name: str, orientation: Qt.Orientation) -> QSplitter:
        splitter = QSplitter(orientation)
        splitter.setObjectName(name)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(GAP)
        return splitter

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def _scrolling(self, content: QWidget) -> QScrollArea:
        """A scroll area, so that panes and panel remain reachable in a window that is too small."""
        area = QScrollArea()
        area.setObjectName("centre-scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumSize(0, 0)
        area.setWidget(content)
        return area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Restore chosen sizes when the window has room for them again."""
        if event.type() == QEvent.Type.Resize:
            if watched is self.rows:
                self._fit_strip()
            elif watched is self.sides:
                self._fit_inspector()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ opening and closing

    @Slot()
    def toggle_inspector(self) -> None:
        """Open or close the training inspector."""
        self.show_inspector(self.inspector.isHidden())

    @Slot()
    def enter_inspector(self) -> None:
        """Open the training inspector and put the keyboard into it; or close it."""
        self.toggle_inspector()
        first = None if self.inspector.isHidden() else first_stop(self.inspector)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_inspector(self, shown: bool) -> None:
        """Open or close the training inspector; the focus leaves it when it closes."""
        if shown != self.inspector.isHidden():
            return
        held = QApplication.focusWidget()
        self.inspector.setVisible(shown)
        if shown:
            self._fit_inspector()
        elif held is not None and self.inspector.isAncestorOf(held):
            self._panes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.inspector_changed.emit()

    def set_bare(self, bare: bool) -> None:
        """Show only the panes. The open panel stays active, so that its tool's overlays remain."""
        if bare == self._bare:
            return
        self._bare = bare
        if bare:
            self._had_inspector = not self.inspector.isHidden()
            self.inspector.hide()
        else:
            self.inspector.setVisible(self._had_inspector)
        self._fit_strip()

    @Slot()
    def _fit_strip(self) -> None:
        """Set the strip's height: one line while closed; the last height while open."""
        self.strip.setMinimumHeight(0 if self._bare else self.strip.minimumSizeHint().height())
        if self._bare:
            self.strip.setMaximumHeight(0)
            self.rows.setSizes([self.rows.height(), 0])
            return
        line = self.strip.line_height()
        is_open = bool(self.strip.current)
        self.strip.setMaximumHeight(16_777_215 if is_open else line)
        self.rows.handle(1).setEnabled(is_open)
        whole = self.rows.height()
        if is_open:
            usual = max(_PANEL_HEIGHT, round(_PANEL_SHARE * self.window().height()))
            # No chosen height: keep that of the pictures beside the maps, if it leaves enough for the panel.
            spare = whole - self.rows.handleWidth() - max(pane.height_for_pictures() for pane in self._panes)
            wanted = self._strip_height or min(usual, max(_ENOUGH, spare))
            wanted = min(wanted, max(line + LEAST_BODY, round(_MOST_SHARE * whole)))
        else:
            wanted = line
        self.rows.setSizes([max(1, whole - wanted - self.rows.handleWidth()), wanted])

    @Slot()
    def _fit_inspector(self) -> None:
        """Set the inspector to its last width."""
        if not self.inspector.isHidden():
            width = self._inspector_width or _INSPECTOR_WIDTH
            self.sides.setSizes([max(1, self.sides.width() - width - GAP), width])

    @Slot()
    def _rows_moved(self) -> None:
        if self.strip.current:
            self._strip_height = self.strip.height()

    @Slot()
    def _sides_moved(self) -> None:
        if not self.inspector.isHidden():
            self._inspector_width = self.inspector.width()

    # ------------------------------------------------------------ sizes by key

    def resize_panel(self, by: int) -> None:
        """Make the open panel higher by `by` px, as its splitter does; lower for less than 0."""
        if self.strip.current:
            above, below = self.rows.sizes()
            self.rows.setSizes([max(1, above - by), below + by])
            self._rows_moved()

    def resize_panes(self, by: int) -> None:
        """Make the left pane wider by `by` px, narrower for less than 0."""
        left, *right = self.panes.sizes()
        self.panes.setSizes([left + by, *(size - by for size in right)])

    def resize_inspector(self, by: int) -> None:
        """Make the training inspector wider by `by` px, narrower for less than 0."""
        if not self.inspector.isHidden():
            left, right = self.sides.sizes()
            self.sides.setSizes([max(1, left - by), right + by])
            self._sides_moved()

    # ------------------------------------------------------------ remembering

    @Slot()
    def reset(self) -> None:
        """Reset to the layout of the first start."""
        self._strip_height = self._inspector_width = 0
        self.strip.close_panel()
        self._fit_strip()
        self.show_inspector(False)
        self.panes.setSizes([1000] * self.panes.count())

    def state(self) -> dict[str, str | int | list[int]]:
        """Open parts and sizes, for the settings; during a presentation those before it."""
        return {
            "panel": self.strip.current,
            "strip": self._strip_height,
            "inspector": int(self._had_inspector if self._bare else not self.inspector.isHidden()),
            "inspector_width": self._inspector_width,
            "panes": self.panes.sizes(),
        }

    def sizes(self) -> tuple[list[int], list[int]]:
        """Present heights of panes and strip, and widths of panes and inspector."""
        return self.rows.sizes(), self.sides.sizes()

    def set_sizes(self, sizes: tuple[list[int], list[int]]) -> None:
        """Restore the result of `sizes` in a window of the same size."""
        self.rows.setSizes(sizes[0])
        self.sides.setSizes(sizes[1])

    def restore(self, state: Mapping[str, object]) -> None:
        """Restore the result of `state`; invalid or unknown entries are ignored."""
        height, width = state.get("strip"), state.get("inspector_width")
        self._strip_height = height if _is_size(height) else 0
        self._inspector_width = width if _is_size(width) else 0
        panes = state.get("panes")
        if isinstance(panes, list) and len(panes) == self.panes.count() and all(map(_is_size, panes)):
            self.panes.setSizes([max(1, size) for size in panes])
        panel = state.get("panel")
        if any(tab.name == panel for tab in self.strip.tabs):
            self.strip.show_panel(str(panel), focus=False)
        self.show_inspector(state.get("inspector") == 1)


def _is_size(value: object) -> TypeGuard[int]:
    """Whether it is a valid size in px."""
    return isinstance(value, int) and 0 <= value < _MOST_SIZE
