"""A search field for long lists of names, of which only the first are shown: thousands would be slow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget, QWidgetAction

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.words.plain_text import folded

#: Maximum number of names shown without a search; shorter lists get no search field.
MOST = 200
#: Maximum number of names shown for a search: fewer, as the list is rebuilt with every letter.
_MOST_FOUND = 50


def find_names(names: Sequence[str], typed: str) -> list[int]:
    """Indices of the `names` that contain every typed word: exact matches first, then matches at the beginning."""
    words, whole = folded(typed).split(), folded(typed).strip()
    found = [
        (name != whole, not name.startswith(whole), place)
        for place, name in enumerate(map(folded, names))
        if all(word in name for word in words)
    ]
    return [place for *_, place in sorted(found)]


class NameFilter(QWidget):
    """The search field with a count of the names shown: "200 of 5,000". Hidden if all names are shown.

    Signals:
        changed: typing changed `shown`.
        entered: Enter was pressed in the field.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        """`what`: the placeholder text, such as "Find a class"."""
        super().__init__(parent)
        self._names: Sequence[str] = ()
        #: Indices of the names shown.
        self.shown: list[int] = []
        self.field = QLineEdit()
        self.field.setObjectName("nameFilter")
        self.field.setPlaceholderText(what)
        self.field.setAccessibleName(what)
        self.field.setClearButtonEnabled(True)
        self.count = PlainLabel()
        self.count.setObjectName("nameFilterCount")
        self.count.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.entered)

    def set_names(self, names: Sequence[str]) -> None:
        """Set the names and clear the search. Emits nothing."""
        if names is self._names:
            return
        self._names = names
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.setVisible(len(names) > MOST)
        self._find()

    @Slot()
    def _search(self) -> None:
        self._find()
        self.changed.emit()

    def _find(self) -> None:
        typed, total = self.field.text(), len(self._names)
        if not typed.strip():
            self.shown = list(range(min(total, MOST)))
            self.count.setText(self.tr("{0} of {1}").format(f"{len(self.shown):,}", f"{total:,}"))
            return
        found = find_names(self._names, typed)
        self.shown = found[:_MOST_FOUND]
        if len(found) > len(self.shown):
            text = self.tr("{0} of {1} found").format(f"{len(self.shown):,}", f"{len(found):,}")
        else:
            text = self.tr("{0} found").format(f"{len(found):,}")
        self.count.setText(text)


def add_names(menu: QMenu, names: Sequence[str], what: str, make: Callable[[int], QAction]) -> None:
    """Add an action `make(index)` for each of `names` to the menu; a long list gets a search field above.

    Every action must have the menu as its parent.
    """
    if len(names) <= MOST:
        menu.addActions([make(place) for place in range(len(names))])
        return
    # One column: several, as high as the screen, would cover the window.
    menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
    menu.ensurePolished()
    # A menu checks whether it scrolls when it is created and when its style changes, but not when it is polished.
    QCoreApplication.sendEvent(menu, QEvent(QEvent.Type.StyleChange))
    finder = NameFilter(what)
    finder.setContentsMargins(8, 4, 8, 4)
    finder.set_names(names)
    head = QWidgetAction(menu)
    head.setDefaultWidget(finder)
    menu.addAction(head)
    end = menu.addSeparator()
    listed: list[QAction] = []

    def list_found() -> None:
        for action in listed:
            menu.removeAction(action)
            action.deleteLater()
        listed[:] = [make(place) for place in finder.shown]
        menu.insertActions(end, listed)

    def take_first() -> None:
        if listed:
            listed[0].trigger()
        menu.close()

    finder.changed.connect(list_found)
    finder.entered.connect(take_first)
    list_found()
    finder.field.setFocus()
