"""The glossary: every number and term on screen, found by typing, or from its place in the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QCursor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.ask_dialog import column_of
from latent_explorer.glossary.term import Section, Term
from latent_explorer.glossary.terms import better_text, sections, term, terms_of, unit_text
from latent_explorer.words.plain_text import folded

_SIZE = QSize(760, 480)
_LIST = 250
_KEY = int(Qt.ItemDataRole.UserRole)


class GlossaryDialog(QDialog):
    """A list of terms with a search field, and the chosen term beside it. Not modal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glossary")
        self.setWindowTitle(self.tr("Glossary"))
        self.search = QLineEdit()
        self.search.setObjectName("glossary-search")
        self.search.setPlaceholderText(self.tr("Search terms and what is said of them"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setObjectName("glossary-list")
        self.list.setAccessibleName(self.tr("Terms"))
        self.list.setFixedWidth(_LIST)
        self.list.currentItemChanged.connect(lambda: self._show())
        self.none = PlainLabel(self.tr("No term has these words."))
        self.none.setProperty("role", "caption")
        self.name = PlainLabel()
        self.name.setObjectName("glossary-name")
        self.name.setProperty("role", "title")
        self.name.setWordWrap(True)
        self.what = PlainLabel()
        self.what.setObjectName("glossary-what")
        self.facts = PlainLabel()
        self.facts.setObjectName("glossary-facts")
        self.facts.setProperty("role", "caption")
        for label in (self.name, self.what, self.facts):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        #: Rows at the top of the list for the requested terms.
        self._asked = 0
        self._build()
        self._fill()
        self.resize(_SIZE)

    def _build(self) -> None:
        page = QWidget()
        text = QVBoxLayout(page)
        text.setContentsMargins(4, 0, 8, 0)
        text.setSpacing(10)
        for label in (self.name, self.what, self.facts):
            text.addWidget(label)
        text.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.none)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left)
        row.addWidget(area, 1)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("glossary-close")
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        column.addWidget(buttons)

    def _fill(self) -> None:
        for section in sections():
            self._add(section, self.list.count())
        self._narrow("")

    def _add(self, section: Section, place: int) -> None:
        """Insert a heading and its terms into the list at row `place`."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        heading = QListWidgetItem(section.title)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(bold)
        self.list.insertItem(place, heading)
        for offset, one in enumerate(section.terms, place + 1):
            item = QListWidgetItem(f"   {one.name}")
            item.setData(_KEY, one.key)
            self.list.insertItem(offset, item)

    # ------------------------------------------------------------ finding

    def show_terms(self, keys: Sequence[str]) -> None:
        """Show the first of these terms; several are listed above the full list."""
        self.search.clear()
        for _ in range(self._asked):
            self.list.takeItem(0)
        asked = Section(self.tr("Where you asked"), tuple(map(term, keys))) if len(keys) > 1 else None
        self._asked = 0 if asked is None else 1 + len(keys)
        if asked is not None:
            self._add(asked, 0)
        for place in range(self.list.count()):
            if keys and self.list.item(place).data(_KEY) == keys[0]:
                self.list.setCurrentRow(place)
                self.list.scrollToItem(self.list.item(place), QListWidget.ScrollHint.PositionAtCenter)
                break

    def shown(self) -> Term | None:
        """The shown term."""
        item = self.list.currentItem()
        key = None if item is None or item.isHidden() else item.data(_KEY)
        return None if key is None else term(key)

    @Slot(str)
    def _narrow(self, words: str) -> None:
        """Show only terms with all these words; matches in names come first."""
        wanted = folded(words).split()
        heading: QListWidgetItem | None = None
        found: list[tuple[bool, QListWidgetItem]] = []
        for place in range(self.list.count()):
            item = self.list.item(place)
            key = item.data(_KEY)
            if key is None:
                heading = item
                item.setHidden(True)
                continue
            one = term(key)
            text = folded(" ".join((one.name, one.what, one.unit, one.source)))
            item.setHidden(not all(word in text for word in wanted))
            if not item.isHidden():
                assert heading is not None
                heading.setHidden(False)
                found.append((all(word in folded(one.name) for word in wanted), item))
        self.none.setVisible(not found)
        best = next((item for named, item in found if named), found[0][1] if found else None)
        current = self.list.currentItem()
        if best is not None and (words or current is None or current.isHidden()):
            self.list.setCurrentItem(best)
        self._show()

    def _show(self) -> None:
        one = self.shown()
        self.name.setText("" if one is None else one.name)
        self.what.setText("" if one is None else one.what)
        facts = []
        if one is not None:
            facts = [unit_text(one.unit), better_text(one.better)]
            if one.source:
                facts.append(self.tr("Source: {0}.").format(one.source))
        self.facts.setText("\n".join(filter(None, facts)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move through the list from the field, too."""
        if self.search.hasFocus() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # nothing to accept
        else:
            super().keyPressEvent(event)


class Glossary:
    """The glossary dialog of a window, created on demand and kept."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.dialog: GlossaryDialog | None = None

    def open(self, keys: Sequence[str] = ()) -> None:
        """Open it, at the first of these terms."""
        if self.dialog is None:
            self.dialog = GlossaryDialog(self._window)
        self.dialog.show_terms(keys)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.search.setFocus()

    def ask(self) -> None:
        """Open it at the number under the pointer, or else at the focused widget."""
        self.open_at(QApplication.widgetAt(QCursor.pos()), QCursor.pos())

    def open_at(self, pointed: QWidget | None, place: QPoint | None = None) -> None:
        """Open it at the number of this widget, at `place` on the screen; or at the focused widget."""
        mine = pointed is not None and pointed.window() is self._window
        self.open((terms_of(pointed, place) if mine else ()) or terms_of(QApplication.focusWidget()))
