"""The bar at the top: the data, the run, β, the link between the panes, the appearance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.toolbar.beta_control import BetaControl
from latent_explorer.toolbar.choice_button import ChoiceButton
from latent_explorer.toolbar.data_menu import DataMenu
from latent_explorer.toolbar.run_buttons import RunButtons

#: Minimum width of the row in px, with all optional parts left out.
_NARROWEST = 600
#: Width in px of β's slider below which texts are shortened.
_SLIDER = 140


class Toolbar(QToolBar):
    """One fixed row: β gets the remaining room.

    In a narrow window the program's name is hidden first, then the texts of buttons, so that β's slider
    has a useful length; then the least used parts move one by one into a menu at the end.

    Signals:
        search_requested: the user requests the command palette.
        training_toggled: the user opens or closes the training settings.
        presentation_requested: the user requests a presentation.
    """

    search_requested = Signal()
    training_toggled = Signal()
    presentation_requested = Signal()

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
        # Created in Tab order, which is the visual order.
        self.data = DataMenu(explorer, self)
        self.run = RunButtons(training, self)
        self.beta = BetaControl(training, panes, self)
        self.link = ChoiceButton(self.tr("How the cursors follow each other"), self._links(), self)
        self.link.setObjectName("link-menu")
        self.link.chosen.connect(explorer.set_link)
        self.settings = LabelledButton("sliders", self.tr("Training"), self)
        self.settings.setObjectName("training-button")
        self.settings.setCheckable(True)
        self.settings.setToolTip(self.tr("Open or close the training settings (Ctrl+I)"))
        self.settings.clicked.connect(self.training_toggled)
        self.present = LabelledButton("present", self.tr("Present"), self)
        self.present.setObjectName("present-button")
        self.present.setToolTip(self.tr("Maps and pictures only, in large type (F11); Esc comes back"))
        self.present.clicked.connect(self.presentation_requested)
        self.search = IconButton("search", self.tr("Search commands"), self)
        self.search.setObjectName("search-commands")
        self.search.setToolTip(self.tr("Search commands (Ctrl+Shift+P)"))
        self.search.clicked.connect(self.search_requested)
        self.appearance = self._appearance_button()
        self.more = IconButton("more", self.tr("More commands"), self)
        self.more.setObjectName("more-commands")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill_more)
        self._build()
        explorer.link_changed.connect(self._show)
        # Other texts have other widths.
        explorer.link_changed.connect(self._fit)
        explorer.data_changed.connect(self._fit)
        explorer.appearance_changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        body = QWidget(self)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(body)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(10)
        name = PlainLabel(self.tr("Latent Explorer"), body)
        name.setProperty("role", "app-name")
        name.setObjectName("app-name")
        row.addWidget(name)
        row.addWidget(self.data)
        row.addWidget(self.run)
        row.addWidget(self.beta, 40)
        row.addStretch(1)
        for button in (self.link, self.settings, self.present):
            row.addWidget(button)
        quiet = self._quiet = QHBoxLayout()
        quiet.setSpacing(0)
        for small in (self.search, self.appearance, self.more):
            quiet.addWidget(small)
        row.addLayout(quiet)
        self.more.hide()
        self.addWidget(body)
        self._body, self._name = body, name

    def minimumSizeHint(self) -> QSize:
        # Minimum without optional parts; the layout would return that of the present row.
        return QSize(min(_NARROWEST, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Leave out what does not fit."""
        hideable = (self.appearance, self.search, self.present, self.link, self.settings, self.run.new_run)
        self._name.setVisible(True)
        self.data.set_compact(False)
        self.run.set_compact(False)
        self._shorten(False)
        for widget in hideable:
            widget.show()
        self.more.hide()
        slider = _SLIDER - self.beta.slider.minimumSizeHint().width()
        steps: list[tuple[int, Callable[[], None]]] = [
            (slider, self._name.hide),
            (slider, lambda: self._shorten(True)),
            (slider, lambda: self.run.set_compact(True)),
            *((0, lambda widget=widget: self._put_away(widget)) for widget in hideable),
            (0, lambda: self.data.set_compact(True)),
        ]
        for more, leave_out in steps:
            if self._needed() + more <= self.width():
                return
            leave_out()
        self._needed()

    def _needed(self) -> int:
        """Width that the row needs now, in px."""
        layout = self._body.layout()
        assert layout is not None
        # Changes in a nested layout reach the outer one only with the next event.
        self._quiet.invalidate()
        layout.invalidate()
        return layout.minimumSize().width()

    def _shorten(self, short: bool) -> None:
        """Show buttons at the end without text, which stays in their tool tips and accessible names."""
        self.settings.setText("" if short else self.tr("Training"))
        self.present.setText("" if short else self.tr("Present"))

    def _put_away(self, widget: QWidget) -> None:
        widget.hide()
        self.more.show()

    @Slot()
    def _fill_more(self) -> None:
        """Fill the menu with the parts that are not in the row."""
        menu = self.more.menu()
        menu.clear()
        if self.run.new_run.isHidden():
            menu.addAction(self.run.new_run.accessibleName(), self.run.new_run.click).setEnabled(
                self.run.new_run.isEnabled()
            )
        if self.settings.isHidden():
            action = menu.addAction(self.tr("Training settings"), self.training_toggled.emit)
            action.setCheckable(True)
            action.setChecked(self.settings.isChecked())
        for button, title in (
            (self.link, self.tr("Link between the panes")),
            (self.appearance, self.tr("Appearance")),
        ):
            if button.isHidden():
                choices = menu.addMenu(title)
                choices.addActions(button.menu().actions())
        if self.present.isHidden():
            menu.addAction(self.tr("Present"), self.presentation_requested.emit)
        if self.search.isHidden():
            menu.addAction(self.tr("Search commands"), self.search_requested.emit)

    def set_training_shown(self, shown: bool) -> None:
        """Set whether the training settings are open."""
        self.settings.setChecked(shown)

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
