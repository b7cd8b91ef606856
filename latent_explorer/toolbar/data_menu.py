"""The menu of data sets, which names the present one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QActionGroup, QFontMetrics
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.menu_button import empty_menu
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.dialogs import files
from latent_explorer.words.plain_text import menu_text
from latent_explorer.words.trainer_names import shown_name
from trainer.config import DataConfig
from trainer.data.images import DataInfo

#: Maximum width of the title in px, normally and if there is little room.
_WIDEST, _NARROW = 130, 80


class DataMenu(QToolButton):
    """A button with the data set's title; its menu lists those available by name, folders and arrays."""

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data-menu")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._explorer = explorer
        self._widest = _WIDEST
        self._menu = QMenu(self)
        self._menu.setObjectName("data-menu-choices")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        explorer.data_changed.connect(self._show)
        explorer.available_changed.connect(self._fill_open)
        self._show()

    @Slot()
    def _fill_open(self) -> None:
        """Update the open menu; the marked entry stays marked."""
        if not self._menu.isVisible():
            return
        marked = self._menu.activeAction()
        name = "" if marked is None else marked.objectName()
        self.fill()
        for action in self._menu.actions():
            if name and action.objectName() == name:
                self._menu.setActiveAction(action)

    @Slot()
    def fill(self) -> None:
        """List the present data sets."""
        empty_menu(self._menu)
        group = QActionGroup(self._menu)
        here = self._explorer.data.config.name if self._explorer.data is not None else ""
        for info in self._explorer.available:
            action = self._menu.addAction(f"{menu_text(shown_name(info.title))}\t{self._detail(info)}")
            action.setObjectName(f"data-{info.name}")
            action.setCheckable(True)
            action.setChecked(info.name == here)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, info=info: self._choose(info))
        if not self._explorer.available:
            self._menu.addAction(self.tr("Looking for data sets…")).setEnabled(False)
        self._menu.addSeparator()
        shade = colours(theme().tokens)["text_2"]
        folder = self._menu.addAction(icon("folder", shade), self.tr("Folder of images…"))
        folder.setObjectName("data-folder")
        folder.triggered.connect(lambda: self._own(files.choose_folder(self.window())))
        array = self._menu.addAction(icon("array", shade), self.tr("Array file…"))
        array.setObjectName("data-array")
        array.triggered.connect(lambda: self._own(files.choose_array(self.window())))

    def _detail(self, info: DataInfo) -> str:
        size = shape_text(info.shape)
        detail = self.tr("{count} · {size}").format(count=f"{info.count:,}", size=size)
        if not info.present:
            megabytes = f"{max(info.download_bytes / 1e6, 0.1):.2g}" if info.download_bytes < 1e7 else ""
            megabytes = megabytes or f"{info.download_bytes / 1e6:.0f}"
            detail += " · " + self.tr("download {size} MB").format(size=megabytes)
        return detail

    def _choose(self, info: DataInfo) -> None:
        # The menu shows the size of the download: choosing it is the approval.
        self._explorer.data_requested.emit(DataConfig(name=info.name), not info.present)

    def _own(self, path: str) -> None:
        if path:
            self._explorer.import_wanted.emit(path, ())

    def set_compact(self, compact: bool) -> None:
        """Shorten the title; the tool tip has the full one."""
        self._widest = _NARROW if compact else _WIDEST
        self._show()

    @Slot()
    def _show(self) -> None:
        data = self._explorer.data
        title = shown_name(data.title) if data is not None else self.tr("Data set")
        metrics = QFontMetrics(self.font())
        self.setText(menu_text(metrics.elidedText(title, Qt.TextElideMode.ElideRight, self._widest)))
        self.setToolTip(self.tr("Data set: {title}").format(title=title))
        self.setAccessibleName(self.tr("Data set: {title}").format(title=title))


def shape_text(shape: tuple[int, int, int]) -> str:
    """Height × width of (C, H, W)."""
    return f"{shape[1]} × {shape[2]}"
