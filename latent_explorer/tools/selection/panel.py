"""The selection as a contact sheet, with actions."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.go_to_image import go_to_image
from latent_explorer.core.last_places import last_places
from latent_explorer.core.losses import parts_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool import IN_EDIT_MENU
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.dialogs.files import choose_copies_folder, choose_export_file
from latent_explorer.glossary.terms import refer
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.panes.class_menu import ClassMenu
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.panes.loss_names import loss_name
from latent_explorer.tools.selection.sheet import ContactSheet
from latent_explorer.tools.selection.state import BY_NUMBER, NAME, SelectionPanelState
from latent_explorer.tools.selection.words import images_text, selected_text

_SIDE_WIDTH, _ORDER_WIDTH = 248, 230


class SelectionPanel(PanelFrame):
    """Controls on the left, the sheet beside them; without a selection the sheet shows all images."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__("selectionPanel", tools[SelectionPanelState])
        self._explorer, self._panes, self._tools = explorer, panes, tools
        self._state = tools[SelectionPanelState]
        self.setAccessibleName(self.tr("Selection"))
        #: Cache of sorted rows, and the sort key.
        self._ordered: tuple[tuple[object, ...], np.ndarray] | None = None
        self._numbered: tuple[DataView, np.ndarray] | None = None
        self.sheet = ContactSheet(explorer, self)
        self.sheet.pointed.connect(explorer.set_hovered)
        self.sheet.chosen.connect(lambda row: go_to_image(row, explorer, panes))
        self.text = ElidedLabel(least=80)
        self.text.setObjectName("selectionText")
        refer(self.text, "selected")
        self.lasso = LabelledButton("lasso", self.tr("Lasso"))
        self.lasso.setObjectName("selectionLasso")
        self.lasso.setCheckable(True)
        self.lasso.setToolTip(
            self.tr("Draw round images on either map to select them (Ctrl+L); by keyboard, set corners with Space")
        )
        self.lasso.clicked.connect(self._set_lasso)
        translate = QCoreApplication.translate
        self.classes = ClassMenu(
            explorer, translate("ClassMenu", "Select all images of a class"), translate("ClassMenu", "Class")
        )
        self.classes.setObjectName("selectClass")
        self.classes.chosen.connect(lambda rows, _: explorer.selection.set_rows(rows))
        self.order = Combo((), self)
        self.order.setObjectName("selectionOrder")
        refer(self.order, "image_loss")
        self.order.setAccessibleName(self.tr("Order of the images"))
        self.order.activated.connect(lambda _: self._state.set_order(str(self.order.currentData())))
        self.clear = self._button("selectionClear", self.tr("Clear"), self._clear)
        self.list = self._button("selectionList", self.tr("Save list…"), self._save_list)
        self.list.setToolTip(
            self.tr("A CSV table in the order shown: number, file, class, split, codes of both models")
        )
        self.copy = self._button("selectionCopy", self.tr("Copy images…"), self._copy)
        self.copy.setToolTip(self.tr("To a new folder: the files themselves, or PNG files named by their numbers"))
        self.use = self._button("selectionUse", self.tr("Use as data set"), self._state.data_wanted.emit)
        self._build()
        self._pace = self.throttle(self.redraw, interval=60)
        for signal in (
            explorer.selection.changed,
            explorer.data_changed,
            explorer.losses.changed,
            explorer.losses.offered_changed,
            tools.lasso.changed,
            self._state.order_changed,
            *(pane.codes_changed for pane in panes),
        ):
            signal.connect(self._pace.touch)
        self._state.shown_changed.connect(self._want_losses)
        self._state.order_changed.connect(self._want_losses)
        self._pace.touch()

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    def _build(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for parts in ((self.lasso, self.classes, self.clear), (self.list, self.copy), (self.use,)):
            row = QHBoxLayout()
            row.setSpacing(6)
            for part in parts:
                row.addWidget(part, 0 if len(parts) == 1 else 1)
            if len(parts) == 1:
                row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        self.order.setFixedWidth(_ORDER_WIDTH)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.text, 1)
        top.addWidget(self.order)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(top)
        right.addWidget(self.sheet, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 6, 12, 6)
        outer.setSpacing(12)
        outer.addWidget(side)
        outer.addLayout(right, 1)
        self.set_first(self.sheet)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
        self._lasso_action = self._action(
            menu, "selection-lasso", self.tr("Select with the l&asso"), "Ctrl+L", self._toggle
        )
        self._lasso_action.setCheckable(True)
        self._tools.lasso.changed.connect(self._check_lasso)
        clear = self._action(
            menu, "selection-clear", self.tr("Clear the s&election"), "Ctrl+Alt+Shift+C", self._clear
        )
        for action in (self._lasso_action, clear):
            action.setProperty(IN_EDIT_MENU, True)
        menu.addSeparator()
        self._action(menu, "selection-list", self.tr("&Save list as CSV…"), "", self._save_list)
        self._action(menu, "selection-copy", self.tr("C&opy images to folder…"), "", self._copy)
        self._action(menu, "selection-use", self.tr("&Use as data set"), "", self._state.data_wanted.emit)

    def _action(self, menu: QMenu, name: str, text: str, keys: str, act: object) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: act())  # type: ignore[operator]
        menu.addAction(action)
        return action

    def sizeHint(self) -> QSize:
        return QSize(800, 176)

    @Slot()
    def _check_lasso(self) -> None:
        self._lasso_action.setChecked(self._tools.lasso.taker == NAME)

    # ------------------------------------------------------------ drawing

    def shown_rows(self) -> np.ndarray:
        """The data rows of the sheet in order: the selection, or all images without one."""
        data = self._explorer.data
        if data is None:
            return np.empty(0, np.int64)
        losses = self._explorer.losses.values(self._state.order)
        of = (data, self._explorer.selection.now, losses)
        if self._ordered is None or not all(a is b for a, b in zip(of, self._ordered[0], strict=True)):
            self._ordered = of, self._in_order(data, losses)
        return self._ordered[1]

    def _in_order(self, data: DataView, losses: np.ndarray | None) -> np.ndarray:
        parts = parts_of(self._state.order)
        of = None if parts is None else self._explorer.losses.of(parts[1])
        if parts is not None and of is not None and losses is not None and len(losses) == data.count:
            order = of.worst_first(parts[0])
        else:
            order = self._by_number(data)
        rows = self._explorer.selection.rows
        if not len(rows):
            return order
        chosen = np.zeros(data.count, bool)
        chosen[rows[rows < data.count]] = True
        return order[chosen[order]]

    def _by_number(self, data: DataView) -> np.ndarray:
        """All rows by their numbers in the source; sorted once per data set."""
        if self._numbered is None or self._numbered[0] is not data:
            every = np.arange(data.count, dtype=np.int64)
            ordered = every if data.source_rows is None else np.argsort(data.source_rows, kind="stable")
            self._numbered = data, ordered
        return self._numbered[1]

    @Slot()
    def redraw(self) -> None:
        """Update from state."""
        data, selected = self._explorer.data, self._explorer.selection.rows
        self._show_orders()
        self.lasso.setChecked(self._tools.lasso.taker == NAME)
        losses = self._explorer.losses.values(self._state.order)
        self.sheet.show_text(self.tr("No images yet: choose data, or open a session."))
        self.sheet.show_rows(self.shown_rows(), losses)
        if data is None:
            text = ""
        elif len(selected):
            text = selected_text(selected, data)
        else:
            text = self.tr("Nothing is selected: all {images}.").format(images=images_text(data.count))
        parts = parts_of(self._state.order)
        if parts is not None and parts[1] in self._explorer.losses.stale:
            of = self._explorer.losses.of(parts[1])
            step = 0 if of is None else of.step
            text += " " + self.tr("Losses of step {step}; the model has learned since.").format(step=f"{step:,}")
        elif parts is not None and losses is None:
            busy = self._explorer.losses.busy
            text += " " + (self.tr("Measuring losses…") if busy else self.tr("These losses are not known."))
        self.text.setText(text)
        self.clear.setEnabled(len(selected) > 0)
        self.list.setEnabled(data is not None)
        self.copy.setEnabled(data is not None and data.images is not None and len(selected) > 0)
        usable = data is not None and data.images is not None and len(selected) >= 2
        self.use.setEnabled(usable)
        self.use.setToolTip(
            self.tr("Only the selected images are shown and trained on, with new models")
            if usable
            else self.tr("Select at least two images first; the images themselves must be at hand.")
        )

    def _show_orders(self) -> None:
        choices = [(self.tr("By number"), BY_NUMBER)]
        offered = self._explorer.losses.offered
        choices += [(self.tr("Worst {loss} first").format(loss=loss_name(key)), key) for key in offered]
        if [
            (self.order.itemText(place), self.order.itemData(place)) for place in range(self.order.count())
        ] != choices:
            self.order.clear()
            for text, key in choices:
                self.order.add_choice(text, key, text)
            if self._state.order not in offered:
                self._state.set_order(BY_NUMBER)
        self.order.choose(self._state.order)

    @Slot()
    def _want_losses(self) -> None:
        self._explorer.losses.want("selection", self._state.order if self._state.shown else "")

    # ------------------------------------------------------------ doing

    @Slot(bool)
    def _set_lasso(self, on: bool) -> None:
        (self._tools.lasso.take if on else self._tools.lasso.leave)(NAME)

    def _toggle(self) -> None:
        self._set_lasso(self._tools.lasso.taker != NAME)

    def _clear(self) -> None:
        self._explorer.selection.set_rows([])

    def _save_list(self) -> None:
        rows = self.shown_rows()
        if not len(rows):
            return
        path = choose_export_file(self, last_places().file("export", "selection.csv"), "csv")
        if path:
            self._state.list_wanted.emit(path, rows)

    def _copy(self) -> None:
        if not len(self._explorer.selection.now):
            return
        folder = choose_copies_folder(self)
        if folder:
            self._state.copies_wanted.emit(folder, self._explorer.selection.rows)
