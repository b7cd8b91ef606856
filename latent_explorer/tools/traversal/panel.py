"""A slider and a row of pictures for each latent dimension; slices of the maps."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from latent_explorer.appearance.theme import GAP
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.segments import Segments
from latent_explorer.glossary.terms import describe, refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.traversal.column import TraversalColumn
from latent_explorer.tools.traversal.plane_menu import PlaneMenu
from latent_explorer.tools.traversal.state import TraversalState


class TraversalPanel(PanelFrame):
    """Order and base, common to both panes, and one column per pane."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("traversalPanel", tools[TraversalState])
        self._explorer = explorer
        self._panes = panes
        self._tools = tools
        self._state = tools[TraversalState]
        self.setAccessibleName(self.tr("Traversals"))
        self.sort = Segments(
            self.tr("Order"),
            (("kl", "KL"), ("variance", self.tr("Variance")), ("number", self.tr("Number"))),
        )
        self.base = Segments(
            self.tr("Go through"), (("picked", self.tr("Picked image")), ("cursor", self.tr("Cursor")))
        )
        self.columns = [TraversalColumn(pane, explorer, self._state) for pane in panes]
        self._build()
        state = self._state
        self.sort.chosen.connect(state.set_sort)
        self.base.chosen.connect(state.set_base)
        self._pace = self.throttle(self.redraw, interval=60)
        self._handles = self.throttle(self._follow, interval=15)
        self._pictures = self.throttle(self._show_pictures, interval=15)
        for signal in (state.settings_changed, state.summary_changed, state.facts_changed, state.slices_changed):
            signal.connect(self._pace.touch)
        state.rows_changed.connect(self._pictures.touch)
        explorer.picked_changed.connect(self._pace.touch)
        for pane in panes:
            pane.model_changed.connect(self._pace.touch)
            pane.names_changed.connect(self._pace.touch)
            pane.plane_changed.connect(self._pace.touch)
            pane.picture_changed.connect(self._handles.touch)
        self._pace.touch()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        for name, segments in ((self.tr("Order"), self.sort), (self.tr("Through"), self.base)):
            label = PlainLabel(name)
            label.setProperty("role", "field-name")
            top.addWidget(label)
            top.addWidget(segments)
            top.addSpacing(8)
        refer(self.sort.buttons["kl"], "kl_dimension")
        refer(self.sort.buttons["variance"], "spread")
        self.about = ElidedLabel()
        self.about.setProperty("role", "caption")
        self.about.setText(self.tr("pictures at −3 … +3 spreads from the codes' mean"))
        self.about.setProperty("ownToolTip", True)
        describe(self.about, "spread")
        top.addWidget(self.about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(GAP + 6)
        for one in self.columns:
            row.addWidget(one, 1)
        column.addLayout(row, 1)
        self.set_first(self.sort.buttons["kl"])

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        self._actions: dict[str, dict[str, QAction]] = {}
        for name, choices, choose in (
            (
                "sort",
                (
                    ("kl", self.tr("Order dimensions by &KL"), "Ctrl+Alt+K"),
                    ("variance", self.tr("Order dimensions by &variance"), "Ctrl+Alt+V"),
                    ("number", self.tr("Order dimensions by &number"), ""),
                ),
                self._state.set_sort,
            ),
            (
                "base",
                (
                    ("picked", self.tr("Traversals through the &picked image"), ""),
                    ("cursor", self.tr("Traversals through the &cursor's code"), ""),
                ),
                self._state.set_base,
            ),
            (
                "way",
                (
                    ("most", self.tr("Slices along &most variance"), ""),
                    ("picked", self.tr("Slices towards the picked &image"), ""),
                ),
                self._state.set_way,
            ),
        ):
            group = QActionGroup(menu)
            self._actions[name] = {}
            for key, text, keys in choices:
                action = QAction(text, menu, checkable=True)
                action.setObjectName(f"traversal-{name}-{key}")
                action.setShortcut(QKeySequence(keys))
                action.setActionGroup(group)
                action.triggered.connect(lambda _=False, choose=choose, key=key: self._choose(choose, key))
                menu.addAction(action)
                self._actions[name][key] = action
            menu.addSeparator()
        reset = menu.addAction(self.tr("Back to the &first slices"))
        reset.setObjectName("traversal-reset-slices")
        reset.triggered.connect(self._reset_slices)
        menu.addSeparator()
        menu.addMenu(PlaneMenu(self._panes, self._explorer, self._tools, menu))
        self._state.settings_changed.connect(self._refresh_menu)
        self._refresh_menu()

    def _choose(self, choose: object, key: str) -> None:
        assert callable(choose)
        choose(key)
        self._tools.panel_wanted.emit("traversal")

    @Slot()
    def _reset_slices(self) -> None:
        for pane in self._panes:
            self._state.set_slice(pane.index, 0.0)

    @Slot()
    def _refresh_menu(self) -> None:
        for name, actions in self._actions.items():
            actions[getattr(self._state, name)].setChecked(True)

    # ------------------------------------------------------------ drawing

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        self.sort.buttons[self._state.sort].setChecked(True)
        self.base.buttons[self._state.base].setChecked(True)
        for column in self.columns:
            column.refresh()

    def _follow(self) -> None:
        for column in self.columns:
            column.show_codes()

    def _show_pictures(self) -> None:
        for column in self.columns:
            column.show_pictures()
