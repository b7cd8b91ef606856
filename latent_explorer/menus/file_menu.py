"""The File menu: every action writes a request into state; nothing else happens here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.exports import ExportsState
from latent_explorer.core.training import TrainingState
from latent_explorer.dialogs import files
from latent_explorer.dialogs.white_level import ask_white_level
from latent_explorer.words.plain_text import menu_text


class FileMenu(QMenu):
    """Open, save, recent files, own data, quit.

    `save_picture` writes a picture of the window to a PNG.

    Signals: `place_given_up`: a folder for saving was requested, and none was chosen.
    """

    place_given_up = Signal()

    def __init__(
        self,
        explorer: ExplorerState,
        training: TrainingState,
        exports: ExportsState,
        save_picture: Callable[[], None],
        quit_: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&File"))
        self.setObjectName("file-menu")
        self._explorer = explorer
        self._training = training
        explorer.recent_changed.connect(self._list_recent)
        explorer.place_wanted.connect(self._choose_place)
        explorer.white_wanted.connect(self._choose_white)

        def add(name: str, text: str, shortcut: QKeySequence | QKeySequence.StandardKey | str | None) -> QAction:
            action = self.addAction(text)
            action.setObjectName(name)
            if shortcut is not None:
                action.setShortcut(QKeySequence(shortcut))
            return action

        self.new_run = add("new-run", self.tr("&New run"), QKeySequence.StandardKey.New)
        self.new_run.triggered.connect(lambda: training.command_requested.emit("reset"))
        self.addSeparator()
        self.open = add("open", self.tr("&Open checkpoint or session…"), QKeySequence.StandardKey.Open)
        self.open.triggered.connect(self._open)
        self.recent = QMenu(self.tr("Open &recent"), self)
        self.recent.setObjectName("recent-menu")
        self.addMenu(self.recent)
        self.continue_ = add("continue-session", "", QKeySequence("Ctrl+R"))
        self.continue_.triggered.connect(explorer.continue_requested)
        self.continues = add("continue-at-start", self.tr("Con&tinue by itself at the start"), None)
        self.continues.setCheckable(True)
        self.continues.triggered.connect(explorer.set_continues)
        explorer.last_session_changed.connect(self._show_last)
        explorer.continues_changed.connect(self._show_last)
        self.bundled = add("open-bundled", self.tr("Open the &bundled pair"), None)
        self.bundled.triggered.connect(lambda: explorer.open_requested.emit(""))
        self.addSeparator()
        self.save = add("save", self.tr("&Save session"), QKeySequence.StandardKey.Save)
        self.save.triggered.connect(lambda: explorer.save_requested.emit(""))
        self.save_as = add("save-as", self.tr("Save session &as…"), QKeySequence("Ctrl+Shift+S"))
        self.save_as.triggered.connect(self._choose_place)
        self.export = add("export", self.tr("&Export…"), QKeySequence("Ctrl+E"))
        self.export.triggered.connect(lambda: exports.wanted.emit("panes"))
        self.picture = add("save-picture", self.tr("Save the window as a &picture…"), None)
        self.picture.triggered.connect(lambda: save_picture())
        self.addSeparator()
        self.folder = add("open-folder", self.tr("Images from a &folder…"), QKeySequence("Ctrl+Shift+O"))
        self.folder.triggered.connect(self._open_folder)
        self.array = add("open-array", self.tr("Images from an arra&y file…"), None)
        self.array.triggered.connect(self._open_array)
        self.data_folder = add("choose-data-folder", self.tr("Folder for &data sets…"), None)
        self.data_folder.triggered.connect(self._choose_data_folder)
        self.addSeparator()
        self.quit = add("quit", self.tr("&Quit"), QKeySequence.StandardKey.Quit)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.quit.triggered.connect(lambda: quit_())
        self._list_recent()
        self._show_last()

    @Slot()
    def _show_last(self) -> None:
        last = self._explorer.last_session
        self.continue_.setEnabled(last is not None)
        text = self.tr("&Continue where I left off")
        if last is not None:
            text = f"{text}  —  {menu_text(Path(last.path).name)}"
        self.continue_.setText(text)
        self.continues.setChecked(self._explorer.continues)

    @Slot()
    def _open(self) -> None:
        path = files.choose_checkpoint(self.parentWidget())
        if path:
            self._explorer.open_requested.emit(path)

    @Slot()
    def _choose_place(self) -> None:
        explorer = self._explorer
        path, moments = files.choose_save_place(
            self.parentWidget(), explorer.save_place, explorer.moments_size, explorer.saves_moments
        )
        if path:
            explorer.set_saves_moments(moments)
            self._explorer.save_requested.emit(path)
        else:
            self.place_given_up.emit()

    @Slot()
    def _choose_white(self) -> None:
        data = self._explorer.data
        if data is None or data.config.white is None:
            return
        white = ask_white_level(self.parentWidget(), data.title, data.config.white)
        if white is not None:
            self._explorer.data_requested.emit(data.config.replace(white=white), False)

    @Slot()
    def _open_folder(self) -> None:
        path = files.choose_folder(self.parentWidget())
        if path:
            self._explorer.import_wanted.emit(path, ())

    @Slot()
    def _open_array(self) -> None:
        path = files.choose_array(self.parentWidget())
        if path:
            self._explorer.import_wanted.emit(path, ())

    @Slot()
    def _choose_data_folder(self) -> None:
        path = files.choose_data_folder(self.parentWidget())
        if path:
            self._explorer.data_folder_requested.emit(path)

    @Slot()
    def _list_recent(self) -> None:
        self.recent.clear()
        for path in self._explorer.recent:
            action = self.recent.addAction(menu_text(f"{Path(path).name}  —  {Path(path).parent}"))
            action.triggered.connect(lambda _=False, path=path: self._explorer.open_requested.emit(path))
        self.recent.setEnabled(bool(self._explorer.recent))
