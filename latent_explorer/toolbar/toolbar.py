"""The bar at the top: the data, the run, β, the link between the panes, the appearance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.toolbar.beta_control import BetaControl
from latent_explorer.toolbar.choice_button import ChoiceButton
from latent_explorer.toolbar.data_menu import DataMenu
from latent_explorer.toolbar.run_buttons import RunButtons

#: Room in px that the row needs at the least, with everything left out that can be.
_NARROWEST = 880


class Toolbar(QToolBar):
    """One row that never moves nor overflows: β takes what room is left.

    In a window narrower than the row needs, the program's name goes first, then the words of Step and Stop.

    Signals:
        search_requested: a person looks for a command.
    """

    search_requested = Signal()

    def __init__(
        self,
        explorer: ExplorerState,
        training: TrainingState,
        panes: Sequence[PaneState],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._explorer = explorer
        self.data = DataMenu(explorer, self)
        self.run = RunButtons(training, self)
        self.beta = BetaControl(training, panes, self)
        self.link = ChoiceButton(self.tr("How the cursors follow each other"), self._links(), self)
        self.link.setObjectName("link-menu")
        self.link.chosen.connect(explorer.set_link)
        self.search = IconButton("search", self.tr("Search commands"), self)
        self.search.setObjectName("search-commands")
        self.search.setToolTip(self.tr("Search commands (Ctrl+Shift+P)"))
        self.search.clicked.connect(self.search_requested)
        self.appearance = self._appearance_button()
        self._build()
        explorer.link_changed.connect(self._show)
        explorer.appearance_changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        body = QWidget(self)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(body)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(10)
        name = PlainLabel(self.tr("Latent Explorer"), body)
        name.setProperty("role", "app-name")
        name.setObjectName("app-name")
        row.addWidget(name)
        row.addWidget(self.data)
        row.addWidget(self.run)
        row.addWidget(self.beta, 40)
        row.addStretch(1)
        row.addWidget(self.link)
        quiet = QHBoxLayout()
        quiet.setSpacing(0)
        quiet.addWidget(self.search)
        quiet.addWidget(self.appearance)
        row.addLayout(quiet)
        self.addWidget(body)
        self._body, self._name = body, name

    def minimumSizeHint(self) -> QSize:
        # What is left when all that can be left out is; the layout would ask for the present row.
        return QSize(min(_NARROWEST, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        """Leave out what does not fit into `width`."""
        layout = self._body.layout()
        assert layout is not None
        self._name.setVisible(True)
        self.run.set_compact(False)
        for leave_out in (lambda: self._name.setVisible(False), lambda: self.run.set_compact(True)):
            layout.invalidate()
            if layout.minimumSize().width() <= width:
                return
            leave_out()

    def _links(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("image", self.tr("By the same image"), self.tr("Link: same image")),
            ("decode", self.tr("By decoding, then encoding"), self.tr("Link: decode, encode")),
            ("off", self.tr("Off"), self.tr("Link: off")),
        )

    def _appearance_button(self) -> IconButton:
        button = IconButton("system", self.tr("Appearance"), self)
        button.setObjectName("appearance-menu")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        group = QActionGroup(menu)
        self._appearances = {}
        for key, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setObjectName(f"appearance-{key}")
            action.triggered.connect(lambda _=False, key=key: self._explorer.set_appearance(key))
            self._appearances[key] = action
        button.setMenu(menu)
        return button

    @Slot()
    def _show(self) -> None:
        self.link.show_choice(self._explorer.link)
        appearance = self._explorer.appearance
        self._appearances[appearance].setChecked(True)
        self.appearance.set_icon({"light": "sun", "dark": "moon"}.get(appearance, "system"))
        self.appearance.setAccessibleName(
            self.tr("Appearance: {which}").format(which=self._appearances[appearance].text())
        )
