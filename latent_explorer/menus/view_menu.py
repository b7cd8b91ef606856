"""The View menu: appearance, language, links, fit, panels, layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.layout.centre import Centre
from latent_explorer.layout.presentation import Presentation

#: Pixels that a key moves a splitter.
_STEP = 24


class ViewMenu(QMenu):
    """Settings of the display.

    `fit` fits both maps, `fit_map` the one in use; `go_to_part` moves the focus to the next part of the window
    (1) or the previous one (-1).
    """

    def __init__(
        self,
        explorer: ExplorerState,
        centre: Centre,
        presentation: Presentation,
        fit: Callable[[], None],
        fit_map: Callable[[], None],
        legend: Callable[[], None],
        go_to_part: Callable[[int], None],
        full_screen: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&View"))
        self.setObjectName("view-menu")
        self._explorer = explorer
        self.fit = self.addAction(self.tr("F&it both maps"))
        self.fit.setObjectName("fit-maps")
        self.fit.setShortcut(QKeySequence("Ctrl+0"))
        self.fit.triggered.connect(lambda: fit())
        # A single letter: text fields handle it first, other focused widgets leave it to this action.
        self.fit_map = self.addAction(self.tr("Fit the &map in use"))
        self.fit_map.setObjectName("fit-map")
        self.fit_map.setShortcut(QKeySequence("F"))
        self.fit_map.triggered.connect(lambda: fit_map())
        self.legend = self.addAction(self.tr("L&egend…"))
        self.legend.setObjectName("show-legend")
        self.legend.setShortcut(QKeySequence("Ctrl+G"))
        self.legend.triggered.connect(lambda: legend())
        self.addSeparator()
        self._appearances = self._choices(
            "appearance",
            self.tr("&Appearance"),
            (("system", self.tr("&System")), ("light", self.tr("&Light")), ("dark", self.tr("&Dark"))),
            explorer.set_appearance,
        )
        # Languages are shown in their own language, for users who cannot read the present one.
        self._languages = self._choices(
            "language",
            self.tr("Lan&guage"),
            (("system", self.tr("&System")), ("en", "English"), ("zh_CN", "简体中文")),
            explorer.set_language,
        )
        self._links = self._choices(
            "link",
            self.tr("&Link cursors"),
            (
                ("image", self.tr("By the same &image")),
                ("decode", self.tr("By &decoding, then encoding")),
                ("off", self.tr("&Off")),
            ),
            explorer.set_link,
        )
        self.draws = self._toggle("show-draw", self.tr("Decoded pictures as random &draws"), "Ctrl+Shift+M")
        self.draws.triggered.connect(explorer.decoded.set_draws)
        self.draw_again = self.addAction(self.tr("&Show another draw"))
        self.draw_again.setObjectName("draw-again")
        self.draw_again.setShortcut(QKeySequence("Ctrl+Shift+D"))
        self.draw_again.triggered.connect(lambda: explorer.decoded.draw_again())
        explorer.decoded.changed.connect(self._refresh)
        explorer.appearance_changed.connect(self._refresh)
        explorer.language_changed.connect(self._refresh)
        explorer.link_changed.connect(self._refresh)
        self._after_links = self.addSeparator()
        self._centre = centre
        self.inspector = self._toggle("toggle-inspector", self.tr("&Training settings"), "Ctrl+I")
        self.inspector.triggered.connect(centre.enter_inspector)
        self.strip = self._toggle("toggle-strip", self.tr("Panel at the &bottom"), "Ctrl+J")
        self.strip.triggered.connect(centre.strip.toggle)
        self.loss = self.addAction(self.tr("L&oss curves and table"))
        self.loss.setObjectName("show-loss")
        self.loss.setShortcut(QKeySequence(centre.strip.tabs[0].key))
        self.loss.triggered.connect(lambda: centre.strip.show_panel("loss"))
        centre.inspector_changed.connect(self._refresh)
        centre.strip.changed.connect(self._refresh)
        self.addSeparator()
        for name, text, key, step in (
            ("next-part", self.tr("&Next part of the window"), "F6", 1),
            ("previous-part", self.tr("Previous part of the &window"), "Shift+F6", -1),
        ):
            action = self.addAction(text)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _=False, step=step: go_to_part(step))
        self._add_sizes(centre)
        self.reset = self.addAction(self.tr("&Reset layout"))
        self.reset.setObjectName("reset-layout")
        self.reset.triggered.connect(centre.reset)
        self.present = self._toggle("present", self.tr("&Presentation"), "F11")
        self.present.triggered.connect(presentation.toggle)
        self.full_screen = self.addAction(self.tr("F&ull screen"))
        self.full_screen.setObjectName("full-screen")
        self.full_screen.setShortcut(QKeySequence("Shift+F11"))
        self.full_screen.triggered.connect(lambda: full_screen())
        # In no menu: Esc has other meanings outside a presentation. The window implements it.
        self.leave_presentation = QAction(self.tr("Leave the presentation"), self)
        self.leave_presentation.setShortcut(QKeySequence("Esc"))
        self.leave_presentation.setEnabled(False)
        self._presentation = presentation
        presentation.changed.connect(self._refresh)
        self._refresh()

    def _add_sizes(self, centre: Centre) -> None:
        """Add keys for moving the splitters."""
        menu = QMenu(self.tr("Si&zes"), self)
        menu.setObjectName("sizes-menu")
        self.addMenu(menu)
        for name, text, key, resize, by in (
            ("panel-higher", self.tr("Panel &higher"), "Alt+Shift+Up", centre.resize_panel, _STEP),
            ("panel-lower", self.tr("Panel &lower"), "Alt+Shift+Down", centre.resize_panel, -_STEP),
            ("left-wider", self.tr("Left pane &wider"), "Alt+Shift+Right", centre.resize_panes, _STEP),
            ("left-narrower", self.tr("Left pane &narrower"), "Alt+Shift+Left", centre.resize_panes, -_STEP),
            ("settings-wider", self.tr("&Training settings wider"), "", centre.resize_inspector, _STEP),
            ("settings-narrower", self.tr("T&raining settings narrower"), "", centre.resize_inspector, -_STEP),
        ):
            action = menu.addAction(text)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _=False, resize=resize, by=by: resize(by))

    def offer_models(self, title: str, actions: Sequence[QAction]) -> None:
        """Add a submenu with the actions of a pane's header for its model."""
        menu = QMenu(title, self)
        menu.addActions(list(actions))
        self.insertMenu(self._after_links, menu)

    def _toggle(self, name: str, text: str, key: str) -> QAction:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(key))
        return action

    def _choices(
        self, name: str, title: str, choices: tuple[tuple[str, str], ...], choose: Callable[[str], None]
    ) -> dict[str, QAction]:
        menu = QMenu(title, self)
        self.addMenu(menu)
        group = QActionGroup(self)
        actions = {}
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setObjectName(f"choose-{name}-{key}")
            action.triggered.connect(lambda _=False, key=key: choose(key))
            actions[key] = action
        return actions

    @Slot()
    def _refresh(self) -> None:
        self._appearances[self._explorer.appearance].setChecked(True)
        self._languages[self._explorer.language].setChecked(True)
        self._links[self._explorer.link].setChecked(True)
        self.draws.setChecked(self._explorer.decoded.draws)
        self.draw_again.setEnabled(self._explorer.decoded.draws)
        self.inspector.setChecked(not self._centre.inspector.isHidden())
        self.strip.setChecked(bool(self._centre.strip.current))
        self.present.setChecked(self._presentation.on)
        self.leave_presentation.setEnabled(self._presentation.on)
