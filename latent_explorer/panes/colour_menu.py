"""The menu for the meaning of the points' colours."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.name_filter import add_names
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.panes.loss_names import loss_name
from latent_explorer.words.plain_text import menu_text


class ColourMenu(MenuButton):
    """ "Colour: class ▾". Classes are offered if the data have them, factors by name.

    Signals:
        legend_wanted: the user requests the legend.
    """

    legend_wanted = Signal()

    def __init__(self, explorer: ExplorerState) -> None:
        super().__init__()
        self.set_name(self.tr("Colour of the points"))
        self._explorer = explorer
        self._compact = False
        self.setObjectName("colourMenu")
        explorer.colour_changed.connect(self.refresh)
        explorer.data_changed.connect(self.refresh)
        explorer.losses.offered_changed.connect(self.refresh)
        self.refresh()

    def choices(self) -> list[tuple[str, str]]:
        """(key, title) of the choices for the present data."""
        data = self._explorer.data
        found = []
        if data is not None and data.labels is not None:
            found.append(("class", self.tr("class")))
        found.append(("split", self.tr("training or held-out")))
        if data is not None:
            found += [(name, data.factor_title(name)) for name in data.factor_names]
        found += [(key, loss_name(key)) for key in self._explorer.losses.offered]
        found.append(("none", self.tr("none")))
        return found

    def set_compact(self, compact: bool) -> None:
        """Set whether the button shows only the choice."""
        if compact != self._compact:
            self._compact = compact
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the present choice."""
        titles = dict(self.choices())
        title = titles.get(self._explorer.colour_by, self.tr("none"))
        self.set_text(title if self._compact else self.tr("Colour: {0}").format(title))

    def fill_menu(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        choices = self.choices()

        def make(place: int) -> QAction:
            key, title = choices[place]
            action = QAction(menu_text(title), menu, checkable=True, checked=key == self._explorer.colour_by)
            action.triggered.connect(lambda: self._explorer.set_colour_by(key))
            group.addAction(action)
            return action

        add_names(menu, [title for _, title in choices], self.tr("Find a factor"), make)
        menu.addSeparator()
        legend = menu.addAction(self.tr("Legend…"))
        legend.setObjectName("open-legend")
        legend.triggered.connect(self.legend_wanted)
