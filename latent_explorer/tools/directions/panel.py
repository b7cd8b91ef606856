"""Groups of images, the direction between them, and A - B + C."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, tabular
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.segments import Segments
from latent_explorer.glossary.terms import describe
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.tools.directions.analogy_row import AnalogyRow
from latent_explorer.tools.directions.applied_row import AppliedRow
from latent_explorer.tools.directions.bar import DirectionBar
from latent_explorer.tools.directions.group_row import GroupRow
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.directions.term_row import TermRow
from latent_explorer.words.figures import signed

_GROUPS_WIDTH = 240


class DirectionsPanel(PanelFrame):
    """Two pages: a direction between groups, and arithmetic with three images."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("directionsPanel", tools[DirectionsState])
        self._explorer = explorer
        self._panes = panes
        self._tools = tools
        self._state = state = tools[DirectionsState]
        self.setAccessibleName(self.tr("Directions"))
        self.page = Segments(
            self.tr("Directions"),
            (("groups", self.tr("Direction")), ("arithmetic", "A − B + C")),
        )
        self.page.chosen.connect(lambda key: state.set_arithmetic(key == "arithmetic"))
        self.base = Segments(
            self.tr("Apply to"), (("picked", self.tr("Picked image")), ("cursor", self.tr("Cursor")))
        )
        self.base.chosen.connect(state.set_base)
        self.bar = DirectionBar(state)
        self.groups = [GroupRow(which, explorer, state) for which in (0, 1)]
        self.applied = [AppliedRow(pane, state) for pane in panes]
        self.terms = [TermRow(place, explorer, state) for place in range(3)]
        self.analogies = [AnalogyRow(pane, explorer, state) for pane in panes]
        self._build()
        self._pace = self.throttle(self.redraw, interval=60)
        self._slider_pace = self.throttle(self._follow, interval=15)
        for signal in (
            state.directions_changed,
            state.tools_changed,
            state.shown_changed,
            state.base_changed,
            state.terms_changed,
            state.found_changed,
            state.analogy_changed,
            explorer.picked_changed,
            explorer.data_changed,
            *(pane.model_changed for pane in panes),
            *(pane.names_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        for signal in (state.strip_changed, state.amount_changed):
            signal.connect(self._slider_pace.touch)
        self._pace.touch()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self._direction_page())
        self.pages.addWidget(self._arithmetic_page())
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.page)
        top.addSpacing(12)
        self._apply_name = PlainLabel(self.tr("Apply to"))
        self._apply_name.setProperty("role", "field-name")
        top.addWidget(self._apply_name)
        top.addWidget(self.base)
        self.amount = PlainLabel()
        self.amount.setObjectName("directionAmount")
        self.amount.setFont(tabular(self.amount.font()))
        describe(self.amount, "amount")
        top.addSpacing(8)
        top.addWidget(self.amount)
        top.addStretch(1)
        top.addWidget(self.lasso)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.set_first(self.page.buttons["groups"])

    def _direction_page(self) -> QWidget:
        self.lasso = LabelledButton("lasso", self.tr("Lasso"))
        self.lasso.setObjectName("lassoButton")
        self.lasso.setCheckable(True)
        self.lasso.setToolTip(
            self.tr(
                "Draw round images on either map to put them into the chosen group (L on a map; Shift takes out); "
                "by keyboard, set corners with Space"
            )
        )
        self.lasso.clicked.connect(self._state.set_lasso)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.bar)
        for group in self.groups:
            left.addWidget(group)
        right = QVBoxLayout()
        right.setSpacing(4)
        for applied in self.applied:
            right.addWidget(applied, 1)
        return _page(left, right)

    def _arithmetic_page(self) -> QWidget:
        self.put = QPushButton(self.tr("Put the cursors there"))
        self.put.setObjectName("analogyPut")
        self.put.clicked.connect(self._state.analogy_wanted)
        left = QVBoxLayout()
        left.setSpacing(4)
        for term in self.terms:
            left.addWidget(term)
        left.addWidget(self.put, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.setSpacing(2)
        for analogy in self.analogies:
            right.addWidget(analogy)
        right.addStretch(1)
        return _page(left, right)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        state = self._state
        self._lasso_action = self._action(
            menu, "directions-lasso", self.tr("Fill the group with the &lasso"), "Ctrl+Alt+Shift+L", self._toggle
        )
        self._lasso_action.setCheckable(True)
        for which, sign in ((0, "+"), (1, "−")):
            text = self.tr("Add the picked image to group {sign}").format(sign=sign)
            keys = ("Ctrl+Alt+=", "Ctrl+Alt+-")[which]
            self._action(menu, f"directions-add-{which}", text, keys, self.groups[which].add.click)
        menu.addSeparator()
        self._action(menu, "directions-new", self.tr("&New direction"), "", state.add_direction)
        self._action(menu, "directions-swap", self.tr("&Swap the two groups"), "", state.reverse)
        self._action(menu, "directions-delete", self.tr("&Delete this direction"), "", state.delete_direction)
        menu.addSeparator()
        for place, letter in enumerate("ABC"):
            text = self.tr("Take the picked image as {letter}").format(letter=letter)
            self._action(menu, f"directions-term-{letter}", text, "", self._taker(place))
        text = self.tr("Put the cursors on A − B + &C")
        self._action(menu, "directions-analogy", text, "", state.analogy_wanted.emit)
        state.tools_changed.connect(self._show_lasso)

    def _action(self, menu: QMenu, name: str, text: str, keys: str, act: object) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: self._do(act))
        menu.addAction(action)
        return action

    def _do(self, act: object) -> None:
        assert callable(act)
        self._tools.panel_wanted.emit("directions")
        act()

    def _taker(self, place: int) -> object:
        def take() -> None:
            self._state.set_arithmetic(True)
            if self._explorer.picked is not None:
                self._state.set_term(place, self._explorer.picked)

        return take

    def _toggle(self) -> None:
        self._state.set_arithmetic(False)
        self._state.set_lasso(not self._state.lasso)

    # ------------------------------------------------------------ drawing

    @Slot()
    def _show_lasso(self) -> None:
        self._lasso_action.setChecked(self._state.lasso)

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        state = self._state
        arithmetic = state.arithmetic
        self.page.buttons["arithmetic" if arithmetic else "groups"].setChecked(True)
        self._show_base()
        self.pages.setCurrentIndex(1 if arithmetic else 0)
        for widget in (self.base, self._apply_name, self.amount, self.lasso):
            widget.setVisible(not arithmetic)
        self.lasso.setChecked(state.lasso)
        self.put.setEnabled(any(found is not None and found.code is not None for found in state.analogies))
        self.bar.refresh()
        parts: tuple[GroupRow | AppliedRow | TermRow | AnalogyRow, ...] = (*self.groups, *self.applied)
        parts = (*self.terms, *self.analogies) if arithmetic else parts
        for part in parts:
            part.refresh()
        self._say_amount()

    def _follow(self) -> None:
        for applied in self.applied:
            applied.refresh_strip()
        self._say_amount()

    def _show_base(self) -> None:
        """What the direction is applied to: the cursor's code while no image is picked, whatever was chosen."""
        picked, button = self._explorer.picked is not None, self.base.buttons["picked"]
        self.base.buttons[self._state.base if picked else "cursor"].setChecked(True)
        button.setEnabled(picked)
        told = self.tr("No image is picked: click a point, or press Enter on the map.")
        button.setToolTip("" if picked else told)

    def _say_amount(self) -> None:
        self.amount.setText(
            self.tr("Amount: {amount} × the groups' distance").format(amount=signed(self._state.amount))
        )


def _page(left: QVBoxLayout, right: QVBoxLayout) -> QWidget:
    """A page of two columns, the left one of the groups' width."""
    side = QWidget()
    side.setLayout(left)
    side.setFixedWidth(_GROUPS_WIDTH)
    page = QWidget()
    row = QHBoxLayout(page)
    for layout in (left, right, row):
        layout.setContentsMargins(0, 0, 0, 0)
    left.addStretch(1)
    row.setSpacing(GAP + 6)
    row.addWidget(side)
    row.addLayout(right, 1)
    return page
