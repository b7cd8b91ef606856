"""Tool tips of the whole application: plain text, wrapped at a width that can be read.

Widgets set theirs with `setToolTip` as they are, names of people's files and classes included: none is taken for
markup, and none is a line as long as the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtGui import QAction, QFont, QHelpEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTabBar, QToolTip, QWidget
from shiboken6 import isValid

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.wrapped_text import wrapped

#: Width of a line in px at the usual text size, and lines that no tip has.
WIDTH = 420
_MANY = 10_000
#: Pixels by which a tip of the control with the keyboard is raised.
_ABOVE = 12
#: Milliseconds that the keyboard rests on a control before its tip comes.
_REST_MS = 800
#: The property of a widget that shows numbers: keys of the glossary, with a space between.
TERMS = "terms"


@runtime_checkable
class PaintsNumbers(Protocol):
    """A widget that paints numbers in several places, each of which says what it is."""

    def terms_at(self, place: QPoint | None) -> tuple[str, ...]:
        """Keys of the glossary for what is at `place` (px of the widget); of all that it shows for None."""

    def tip_at(self, place: QPoint) -> tuple[str, QRect]:
        """What is said of what is at `place`, and the part of the widget (px) that has it; "" for nothing."""


class TipApplication(QApplication):
    """An application that asks `tips` what to show, when it is time to.

    Qt asks widgets for their tips from a timer of the application's own. Only while that is served is every event
    looked at: looking at all of them always would cost .3 ms of each move of the hand, and .2 s of the start.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self.tips: ToolTips | None = None

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Timer:
            return super().event(event)
        with self.asking():
            return super().event(event)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Meanwhile what asks a widget for its tip goes to `tips`."""
        tips = self.tips
        if tips is None or not isValid(tips):  # it went with its window
            yield
            return
        self.installEventFilter(tips)
        try:
            yield
        finally:
            self.removeEventFilter(tips)


class ToolTips(QObject):
    """Shows what widgets, tabs, entries of menus and items of lists say of themselves.

    The pointer that rests asks for it, and so does the keyboard that rests where Tab brought it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if isinstance(application, TipApplication):
            application.tips = self
        else:
            application.installEventFilter(self)
        application.focusChanged.connect(self._focus_changed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._show_of_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the tip in Qt's place; what has none is left to Qt, which asks the parent next."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(watched, QWidget):
            return False
        assert isinstance(event, QHelpEvent)
        text, area = self._said(watched, event.pos())
        if not text:
            return False
        show_tip(event.globalPos(), text, watched, area)
        return True

    def tabbed(self) -> None:
        """Tab has brought the keyboard to another control: if it rests there, its tip comes."""
        self._rest.start()

    @Slot()
    def _focus_changed(self) -> None:
        self._rest.stop()

    def _said(self, widget: QWidget, place: QPoint) -> tuple[str, QRect]:
        text, area = _tip_at(widget, place)
        if text and (widget.property(TERMS) or isinstance(widget, PaintsNumbers)):
            text += "\n" + self.tr("Shift+F1: more in the glossary")
        return text, area

    @Slot()
    def _show_of_focus(self) -> None:
        widget = QApplication.focusWidget()
        if widget is None or QApplication.activePopupWidget() is not None:
            return
        place = widget.rect()
        if isinstance(widget, QTabBar):
            place = widget.tabRect(widget.currentIndex())
        text, _ = self._said(widget, place.center())
        if text:
            # Qt shows a tip some way under the place it is given, so that the pointer covers none of it.
            show_tip(widget.mapToGlobal(place.bottomLeft() - QPoint(0, _ABOVE)), text, widget)


def show_tip(place: QPoint, text: str, widget: QWidget, area: QRect | None = None) -> None:
    """Show `text` now, at a place on the screen; it goes with `widget`, and when the pointer leaves `area`."""
    QToolTip.showText(place, laid_out(text), widget, area or QRect())


def laid_out(text: str) -> str:
    """`text` in lines of at most `WIDTH` px, such that Qt shows exactly these letters."""
    font = QFont(QToolTip.font())
    font.setPixelSize(theme().small_px)
    lines = [line for part in text.split("\n") for line in wrapped(part, font, WIDTH, _MANY) or [""]]
    plain = "\n".join(lines)
    if not Qt.mightBeRichText(plain):
        return plain
    return f'<p style="white-space:pre">{escape(plain, quote=False)}</p>'


def _tip_at(widget: QWidget, place: QPoint) -> tuple[str, QRect]:
    """What is said of what is at `place` of `widget`, and the part of it that this is said of."""
    nothing = ("", QRect())
    if isinstance(widget, QMenu):
        action = widget.actionAt(place) if widget.toolTipsVisible() else None
        if action is None:
            return nothing
        # Without a tip of its own an action gives its text, which is in the menu already.
        own = action.toolTip() != QAction(action.text()).toolTip()
        return (action.toolTip(), widget.actionGeometry(action)) if own else nothing
    if isinstance(widget, QTabBar):
        tab = widget.tabAt(place)
        return (widget.tabToolTip(tab), widget.tabRect(tab)) if tab >= 0 else nothing
    view = widget.parent()
    if isinstance(view, QAbstractItemView) and widget is view.viewport():
        index = view.indexAt(place)
        tip = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        return (tip, view.visualRect(index)) if isinstance(tip, str) else nothing
    if isinstance(widget, PaintsNumbers):
        return widget.tip_at(place)
    return widget.toolTip(), QRect()
