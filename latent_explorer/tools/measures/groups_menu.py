"""Which groups of measures are measured on demand."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.tools.measures.state import MeasuresState
from latent_explorer.words.plain_text import menu_text
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.measures.all_groups import GROUPS


class GroupsMenu(MenuButton):
    """One check per group, and entries for all or only the quick ones."""

    def __init__(self, measures: MeasuresState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures = measures
        self.setObjectName("measuresGroups")
        self.set_name(self.tr("What is measured"))
        measures.groups_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        chosen = len(self._measures.groups)
        if chosen == len(GROUPS):
            self.set_text(self.tr("All groups"))
        else:
            self.set_text(self.tr("{0} of {1} groups").format(chosen, len(GROUPS)))

    def fill_menu(self, menu: QMenu) -> None:
        for text, names in (
            (self.tr("&All"), {group.name for group in GROUPS}),
            (self.tr("Only the &quick ones"), {group.name for group in GROUPS if not group.slow}),
        ):
            action = QAction(text, menu)
            action.triggered.connect(partial(self._choose, names))
            menu.addAction(action)
        menu.addSeparator()
        for group in GROUPS:
            title = menu_text(shown_sentence(group.title))
            action = QAction(self.tr("{0} (slow)").format(title) if group.slow else title, menu)
            action.setCheckable(True)
            action.setChecked(group.name in self._measures.groups)
            action.setToolTip("\n".join(shown_sentence(measure.title) for measure in group.measures))
            action.toggled.connect(partial(self._measures.choose, group.name))
            menu.addAction(action)

    def _choose(self, names: set[str], _checked: bool = False) -> None:
        for group in GROUPS:
            self._measures.choose(group.name, group.name in names)
