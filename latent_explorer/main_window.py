"""The window: places toolbar, panes, strip, inspector, menus and bars. No logic."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow

from latent_explorer.appearance.icons import app_icon
from latent_explorer.appearance.stylesheet import application_palette, put_on, stylesheet
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.tool_tips import ToolTips
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.models import ModelsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneState
from latent_explorer.core.settings import Settings
from latent_explorer.core.tool import IN_EDIT_MENU
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.curves_dock import CurvesDock
from latent_explorer.data.drop_action import accept_copy
from latent_explorer.data.drop_hint import DropHint
from latent_explorer.dialogs.choose_model import ask_model
from latent_explorer.dialogs.files import choose_checkpoint, choose_picture_file
from latent_explorer.dialogs.import_folder import ask_import
from latent_explorer.dialogs.questions import ask_close_while_training, ask_unsaved, ask_unwritten
from latent_explorer.export.desk import ExportDesk, Parts
from latent_explorer.layout.centre import Centre
from latent_explorer.layout.first_losses import FirstLosses
from latent_explorer.layout.focus_place import FocusPlace
from latent_explorer.layout.in_sight import InSight
from latent_explorer.layout.live_numbers import LiveNumbers
from latent_explorer.layout.loss_panel import LossPanel
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.layout.parts import Part, go
from latent_explorer.layout.platform_keys import PlatformKeys
from latent_explorer.layout.presentation import Presentation
from latent_explorer.layout.strip import Strip, Tab
from latent_explorer.layout.tool_panels import make_tool_panels
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.map.stray_keys import StrayKeys
from latent_explorer.menus.edit_menu import EditMenu
from latent_explorer.menus.explore_menu import ExploreMenu
from latent_explorer.menus.file_menu import FileMenu
from latent_explorer.menus.help_menu import HelpMenu
from latent_explorer.menus.train_menu import TrainMenu
from latent_explorer.menus.view_menu import ViewMenu
from latent_explorer.palette.command_palette import CommandPalette
from latent_explorer.palette.commands import commands_of, commands_of_action
from latent_explorer.palette.find_image import FindImage
from latent_explorer.panes.comparison import Comparison
from latent_explorer.panes.legend_popup import LegendPopup
from latent_explorer.panes.pane import Pane
from latent_explorer.panes.picture_file import save_picture
from latent_explorer.process import destroy_object
from latent_explorer.status.message_bar import MessageBar
from latent_explorer.status.status_bar import StatusBar
from latent_explorer.toolbar.toolbar import Toolbar
from latent_explorer.tour.bar import TourBar
from latent_explorer.tour.stops import Stop, stops
from latent_explorer.training.panel import TrainingPanel
from trainer.export.settings_text import KEY, settings_text

#: As small as a screen of 1366 x 768 at twice the size leaves.
_LEAST = (640, 360)
#: Under which it is remembered that the tour was taken.
_TOUR, _TAKEN = "window/tour", "taken"
#: More controls than the strip ever has.
_MOST_CONTROLS = 400
#: Shows the loss curves.
_LOSS_KEY = "Ctrl+Shift+L"


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        painted: the first paint is done; slow things may start.
        close_requested: a person wants to close it; answered by `leave`, or not at all.
        save_given_up: a save was asked for and no place was chosen.
    """

    painted = Signal()
    close_requested = Signal()
    save_given_up = Signal()

    def __init__(
        self,
        explorer: ExplorerState,
        training: TrainingState,
        models: ModelsState,
        panes: tuple[PaneState, ...],
        tools: ToolStates,
        jobs: JobsState,
        notifications: Notifications,
        settings: Settings,
        log_file: Path | None,
    ) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle("Latent Explorer")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self._explorer = explorer
        self._training = training
        self._models = models
        self._panes = panes
        self._tools = tools
        self._jobs = jobs
        self._settings = settings
        self._notifications = notifications
        self._log_file = log_file
        self._leaving = False
        self._was_painted = False
        self._tips = ToolTips(self)
        theme().changed.connect(self._wear)
        styles = QGuiApplication.styleHints()
        styles.colorSchemeChanged.connect(lambda _: theme().refresh())
        explorer.import_wanted.connect(self._import)
        models.place_wanted.connect(self._choose_for_pane)
        models.member_wanted.connect(self._choose_member)
        tools.lasso.changed.connect(self._lasso_changed)
        #: What `_build` did not make, and `rebuild` leaves alone.
        self._own = list(self.children())
        self._build()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        """Make everything in the window from states, and put the style sheet on.

        In this order: under a style sheet all that is in a widget is polished anew whenever that gets a parent,
        which took longer than all else.
        """
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet("")
            application.setStyle("Fusion")
        self._make()
        self._wear()

    def _make(self) -> None:
        explorer, training, panes, tools = self._explorer, self._training, self._panes, self._tools
        self.toolbar = Toolbar(explorer, training, panes, self)
        self.toolbar.search_requested.connect(self.find_command)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.toolbar)
        layers = sorted((layer for tool in tools.declared for layer in tool.layers), key=lambda one: one.height)
        self.maps = [
            LatentMap(pane, explorer, [layer.make(pane, explorer, tools, self) for layer in layers])
            for pane in panes
        ]
        self.panes = [
            Pane(pane, explorer, training, self._models, tools, shown)
            for pane, shown in zip(panes, self.maps, strict=True)
        ]
        self.messages = MessageBar(self._notifications)
        self._build_centre(explorer, training, panes, tools)
        self.status = StatusBar(training, panes, self._jobs)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)
        self.status.set_trainer_memory(training.memory)
        training.memory_changed.connect(self.status.set_trainer_memory)
        chrome = (self.toolbar, self.statusBar())
        self.presentation = Presentation(self, self.centre, self.panes, self.menuBar(), training, chrome)
        self.toolbar.presentation_requested.connect(self.presentation.begin)
        self.presentation.changed.connect(self._presentation_changed)
        self.presentation.changed.connect(lambda: self.tour.set_paused(self.presentation.on))
        self._build_menus(explorer, training, tools, self._log_file)
        self.drop_hint = DropHint(self)
        self.stray_keys = StrayKeys(self, self.maps)
        self.in_sight = InSight(self)
        self.platform_keys = PlatformKeys(self, lambda: self.maps[0])
        parts = Parts(
            explorer, training, panes, tools, self._jobs, self.maps, self.panes, self.curves, self.comparison
        )
        self.export_desk = ExportDesk(parts, self)
        self.export_desk.offer({panel.name: panel.widget for panel in self.tool_panels})
        self.legend = LegendPopup(explorer, self)
        for pane in self.panes:
            colour = pane.header.colour
            colour.legend_wanted.connect(lambda colour=colour: self.legend.open_under(colour))
            pane.failed.connect(lambda sentence: self._notifications.post("error", sentence))

    def _build_centre(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        self.curves = CurvesDock(training, panes)
        self.comparison = Comparison(training, panes)
        self.tool_panels = make_tool_panels(explorer, training, panes, tools)
        loss = Tab("loss", self.tr("Loss"), _LOSS_KEY, LossPanel(self.curves, self.comparison))
        found = [Tab(panel.name, panel.title, panel.key, panel.widget) for panel in self.tool_panels]
        self.strip = Strip((loss, *found), LiveNumbers(training, panes))
        self.first_losses = FirstLosses(self.strip, training)
        self.inspector = TrainingPanel(explorer, training)
        self.tour = TourBar(self, self._stops())
        self.centre = Centre(self.panes, self.strip, self.inspector, self.tour, self.messages)
        self.setCentralWidget(self.centre)
        self.toolbar.training_toggled.connect(self.centre.toggle_inspector)
        self.centre.inspector_changed.connect(
            lambda: self.toolbar.set_training_shown(not self.inspector.isHidden())
        )
        tools.panel_wanted.connect(self.strip.show_panel)
        self.tour.ended.connect(lambda: self._settings.set_text(_TOUR, _TAKEN))

    def _stops(self) -> tuple[Callable[[], Stop], ...]:
        first = self.panes[0]
        training = (self.toolbar.run.train, self.toolbar.beta)
        reading = (first.column.meter, first.header.overlays)
        return stops(self.maps, self.panes, training, self.strip.bar, reading)

    def _build_menus(
        self, explorer: ExplorerState, training: TrainingState, tools: ToolStates, log_file: Path | None
    ) -> None:
        bar = self.menuBar()
        self.file_menu = FileMenu(explorer, training, tools.exports, self._save_picture, self.close, self)
        self.file_menu.place_given_up.connect(self.save_given_up)
        self.edit_menu = EditMenu(tools, self.find_command, self.find_image, self)
        self.explore_menu = ExploreMenu(self.tool_panels, tools, self.strip.show_panel, self)
        for action in self.explore_menu.findChildren(QAction):
            if action.property(IN_EDIT_MENU):
                self.edit_menu.offer(action)
        self.train_menu = TrainMenu(training, self)
        self.view_menu = ViewMenu(
            explorer,
            self.centre,
            self.presentation,
            self.fit_maps,
            self.fit_map,
            self._show_legend,
            self._go_to_part,
            self._toggle_full_screen,
            self,
        )
        self.view_menu.leave_presentation.triggered.connect(self._leave_innermost)
        self.addAction(self.view_menu.leave_presentation)
        for title, pane in zip((self.tr("Le&ft pane"), self.tr("Rig&ht pane")), self.panes, strict=True):
            self.view_menu.offer_models(title, pane.header.title.actions_offered)
        self.help_menu = HelpMenu(tools.declared, log_file, lambda: self.tour.begin(focus=True), self)
        menus = (
            self.file_menu,
            self.edit_menu,
            self.explore_menu,
            self.train_menu,
            self.view_menu,
            self.help_menu,
        )
        for menu in menus:
            bar.addMenu(menu)
            # Shortcuts of actions in menus are only heard by windows that own the actions.
            self.addActions([command.action for command in commands_of(menu)])

    @Slot()
    def rebuild(self) -> None:
        """Make everything in the window anew, in the present language; it looks and works on as it did.

        Not to be called from an event of one of the widgets, which are destroyed.
        """
        self.export_desk.leave()
        layout, focus, presenting = self.centre.state(), FocusPlace.of(self), self.presentation.before
        sizes, toured, first_losses = self.centre.sizes(), self.tour.place, self.first_losses.wanted
        messages, shown_loss = self.messages.messages, self.curves.quantity.key
        views = [None if pane.follows else pane.view for pane in self._panes]
        self.setUpdatesEnabled(False)
        try:
            self._clear()
            self._build()
            for part in (self.menuBar(), self.toolbar, self.centre, self.statusBar()):
                part.show()
            self.messages.resume(messages)
            self.tour.resume(toured)
            self._settle_sizes()
            self.centre.restore(layout)
            self.centre.set_sizes(sizes)
            self.first_losses.wanted = first_losses
            if presenting is not None:
                self.presentation.resume(presenting)
            self._settle_sizes()
            for shown, view in zip(self.maps, views, strict=True):
                if view is not None:
                    shown.set_view(view.resized(shown.width(), shown.height()))
            if shown_loss in self.curves.quantity.buttons:
                self.curves.quantity.choose(shown_loss)
            if focus is not None:
                focus.take(self)
        finally:
            self.setUpdatesEnabled(True)

    def _settle_sizes(self) -> None:
        """Give all widgets their places now, not when the event loop comes to it."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _clear(self) -> None:
        """Destroy what `_build` made."""
        for panel in self.tool_panels:
            if isinstance(panel.widget, PanelFrame):
                panel.widget.leave_state()
        for action in self.actions():
            self.removeAction(action)
        for child in self.children():
            if child not in self._own:
                destroy_object(child)

    # ------------------------------------------------------------ doing

    @Slot()
    def fit_maps(self) -> None:
        """Show every map whole."""
        for shown in self.maps:
            shown.fit()

    @Slot()
    def fit_map(self) -> None:
        """Show the map whole that a person is at: by keyboard, by pointer, or in its pane; else every map."""
        held = QApplication.focusWidget()
        at = next((shown for shown in self.maps if shown.led_by_keys), None)
        at = at or next((shown for shown in self.maps if shown.underMouse()), None)
        if at is None and held is not None:
            at = next((self.maps[pane.pane.index] for pane in self.panes if pane.isAncestorOf(held)), None)
        for shown in self.maps if at is None else [at]:
            shown.fit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes over the strip while that is out of sight."""
        moved = super().focusNextPrevChild(forward)
        for _ in range(_MOST_CONTROLS):
            held = self.focusWidget()
            if held is None or not (self.strip.out_of_sight and self.strip.isAncestorOf(held)):
                break
            moved = super().focusNextPrevChild(forward)
        if moved:
            self._tips.tabbed()
        return moved

    @Slot()
    def _lasso_changed(self) -> None:
        """A lasso is drawn on a map, and so that keys can draw it, too, the keyboard goes there."""
        if self._tools.lasso.taker and not any(shown.hasFocus() for shown in self.maps):
            at = next((shown for shown in self.maps if shown.underMouse()), self.maps[0])
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave_innermost(self) -> None:
        """Esc in a presentation: first the lasso that is being drawn is given up, then the presentation."""
        if self._tools.lasso.taker:
            self._tools.lasso.take("")
        else:
            self.presentation.end()

    def _go_to_part(self, step: int) -> None:
        panes = [Part(pane, pane.map) for pane in self.panes]
        below = Part(self.strip, self.strip.entry())
        tour = Part(self.tour, self.tour.next)
        go([Part(self.toolbar), tour, *panes, below, Part(self.inspector), Part(self.messages)], step)

    @Slot()
    def _show_legend(self) -> None:
        self.legend.open_under(self.panes[0].header.colour)

    @Slot()
    def find_command(self) -> None:
        """Open the command palette over all menus."""
        commands = [command for action in self.menuBar().actions() for command in commands_of_action(action)]
        # What a panel's context menu offers is found here, too.
        for panel in self.tool_panels:
            commands += [
                one for action in panel.widget.actions() for one in commands_of_action(action, panel.title)
            ]
        self.palette_shown = CommandPalette(commands, self)
        self.palette_shown.open_over(self)

    @Slot()
    def find_image(self) -> None:
        """Open the search for an image."""
        self.finder = FindImage(self._explorer, self._panes, self)
        self.finder.open_over(self)

    def ask_about_run(self) -> str:
        """ "save", "stop" or "keep": what is to become of the run when the window closes."""
        ask = ask_close_while_training if self._training.run_state == "training" else ask_unsaved
        return ask(self, self._training.step).value

    def ask_about_files(self, files: int) -> str:
        """ "save", "stop" or "keep": whether to wait for files that are not written yet when the window closes."""
        return ask_unwritten(self, files).value

    def leave(self) -> None:
        """Close without asking again."""
        self._leaving = True
        self.close()

    @Slot()
    def _wear(self) -> None:
        tokens = theme().tokens
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(application_palette(tokens))
            put_on(application, stylesheet(tokens, theme().text_px, theme().small_px))

    @Slot(str, object)
    def _import(self, path: str, only: tuple[str, ...]) -> None:
        config = ask_import(self, path, only)
        if config is not None:
            self._explorer.data_requested.emit(config, False)

    @Slot(int)
    def _choose_for_pane(self, index: int) -> None:
        path = choose_checkpoint(self)
        if path:
            self._models.open_requested.emit(index, path)

    @Slot(int, str, object)
    def _choose_member(self, index: int, path: str, names: tuple[str, ...]) -> None:
        chosen = ask_model(self, Path(path).name, names)
        if chosen is not None:
            self._models.member_chosen.emit(index, path, chosen)

    @Slot()
    def _save_picture(self) -> None:
        picture = self.grab().toImage()
        path = choose_picture_file(self)
        if not path:
            return
        picture.setText(KEY, settings_text(self.export_desk.settings("window")))
        reason = save_picture(picture, path)
        if reason:
            sentence = self.tr("{path} could not be written ({reason}); choose another place.")
            self._notifications.post("error", sentence.format(path=path, reason=reason))

    @Slot()
    def _presentation_changed(self) -> None:
        self.messages.quiet = self.presentation.on

    @Slot()
    def _toggle_full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    # ------------------------------------------------------------ remembering

    def restore(self) -> None:
        """Size, place and layout as they were; a first start gets a good part of the screen."""
        geometry = self._settings.data("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            screen = QGuiApplication.primaryScreen()
            room = screen.availableGeometry() if screen is not None else QRect(0, 0, 1280, 800)
            self.resize(min(1600, int(room.width() * 0.94)), min(1000, int(room.height() * 0.92)))
            self.move(room.center() - self.rect().center())
        record = self._settings.record("window/centre")
        self.centre.restore(record)
        self.first_losses.wanted = record.get("first_losses", 1) == 1
        self.maps[0].setFocus()

    def offer_tour(self) -> None:
        """Begin the tour, if it has not been taken or closed at a former start."""
        if self._settings.text(_TOUR, "") != _TAKEN:
            self.tour.begin()

    def remember(self) -> None:
        """Keep size, place and layout for the next start."""
        presenting = self.presentation.before
        self._settings.set_data("window/geometry", presenting[1] if presenting else self.saveGeometry())
        first = int(self.first_losses.wanted)
        self._settings.set_record("window/centre", {**self.centre.state(), "first_losses": first})

    def dispose(self) -> None:
        """Destroy all widgets now: pyqtgraph's must not live until the interpreter ends."""
        self._leaving = True
        self.close()
        destroy_object(self)

    # ------------------------------------------------------------ events

    def event(self, event: QEvent) -> bool:
        """Measure what painting a frame takes."""
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        start = time.perf_counter()
        done = super().event(event)
        self.status.set_frame_ms(1000 * (time.perf_counter() - start))
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window has been painted."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drop hint over everything."""
        super().resizeEvent(event)
        self.drop_hint.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before leaving."""
        event.setAccepted(self._leaving)
        if not self._leaving:
            self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what a drop would do."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and accept_copy(event):
            self.drop_hint.show_for(paths)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept again: each move proposes its own action."""
        accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the hint."""
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files and folders."""
        self.drop_hint.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and accept_copy(event):
            self._explorer.dropped.emit(paths)
