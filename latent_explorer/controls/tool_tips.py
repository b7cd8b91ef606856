"""Tool tips of the application: plain text, wrapped at a readable width.

Widgets set theirs with `setToolTip` unescaped, including names of files and classes: nothing is interpreted as
markup, and no line is as wide as the screen.
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

#: Width of a line in px at normal text size, and a number of lines that no tip reaches.
WIDTH = 420
_MANY = 10_000
#: Pixels by which a tip of the focused control is raised.
_ABOVE = 12
#: Milliseconds between keyboard focus and the tip of the control.
_REST_MS = 800
#: The property of a widget that shows numbers: keys of the glossary, with a space between.
TERMS = "terms"


@runtime_checkable
class PaintsNumbers(Protocol):
    """A widget that paints numbers in several places, each with its own tip."""

    def terms_at(self, place: QPoint | None) -> tuple[str, ...]:
        """Keys of the glossary for the numbers at `place` (px in the widget); None: of all numbers shown."""

    def tip_at(self, place: QPoint) -> tuple[str, QRect]:
        """The tip at `place`, and the rectangle of the widget (px) that it applies to; "" for none."""


class TipApplication(QApplication):
    """An application that lets `tips` show tool tips when they are due.

    Qt requests tips from a timer of the application. Events are filtered only while that timer is handled:
    filtering always would cost 0.3 ms per mouse move, and 0.2 s at the start.
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
        """Context in which tool tip events go to `tips`."""
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
    """Shows the tips of widgets, tabs, menu entries and list items.

    A tip appears when the pointer rests, or when keyboard focus rests on a control reached by Tab.
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
        """Show the tip instead of Qt; without a tip Qt handles the event and asks the parent next."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(watched, QWidget):
            return False
        assert isinstance(event, QHelpEvent)
        text, area = self._said(watched, event.pos())
        if not text:
            return False
        show_tip(event.globalPos(), text, watched, area)
        return True

    def tabbed(self) -> None:
        """Called when Tab moves the focus: if it rests there, the tip appears."""
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
            # Qt shows a tip below the given position, so that the pointer does not cover it.
            show_tip(widget.mapToGlobal(place.bottomLeft() - QPoint(0, _ABOVE)), text, widget)


def show_tip(place: QPoint, text: str, widget: QWidget, area: QRect | None = None) -> None:
    """Show `text` at a screen position; it is hidden with `widget`, or when the pointer leaves `area`."""
    QToolTip.showText(place, laid_out(text), widget, area or QRect())


def laid_out(text: str) -> str:
    """`text` in lines of at most `WIDTH` px, escaped so that Qt shows exactly this text."""
    font = QFont(QToolTip.font())
    font.setPixelSize(theme().small_px)
    lines = [line for part in text.split("\n") for line in wrapped(part, font, WIDTH, _MANY) or [""]]
    plain = "\n".join(lines)
    if not Qt.mightBeRichText(plain):
        return plain
    return f'<p style="white-space:pre">{escape(plain, quote=False)}</p>'


def _tip_at(widget: QWidget, place: QPoint) -> tuple[str, QRect]:
    """The tip at `place` of `widget`, and the rectangle that it applies to."""
    nothing = ("", QRect())
    if isinstance(widget, QMenu):
        action = widget.actionAt(place) if widget.toolTipsVisible() else None
        if action is None:
            return nothing
        # Without its own tip an action returns its text, which the menu shows already.
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
