"""The strip at the bottom of the window: a line of tabs with live numbers, and the open panel below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.controls.icon_button import IconButton
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.words.plain_text import menu_text

#: Minimum height of an open panel in px; below that it scrolls.
LEAST_BODY = 96


@dataclass(frozen=True, slots=True, eq=False)
class Tab:
    """A panel of the strip. key: the shortcut that shows it."""

    name: str
    title: str
    key: str
    widget: QWidget


class Strip(QFrame):
    """One line of tabs until a tab is chosen, which opens its panel; the open tab, or Esc in the line, closes it.

    Signals:
        changed: the open panel changed.
    """

    changed = Signal()

    def __init__(self, tabs: Sequence[Tab], numbers: QWidget, parent: QWidget | None = None) -> None:
        """`numbers` fills the room beside the tabs."""
        super().__init__(parent)
        self.setObjectName("strip")
        self.setProperty("role", "panel")
        self.tabs = tuple(tabs)
        #: Name of the open tab; "" while the strip is closed.
        self.current = ""
        self.bar = _TabBar(self)
        self.bar.setObjectName("strip-tabs")
        self.bar.setAccessibleName(self.tr("Tools"))
        for tab in self.tabs:
            place = self.bar.addTab(menu_text(tab.title))
            self.bar.setTabToolTip(place, f"{tab.title} ({tab.key})")
            self.bar.setAccessibleTabName(place, tab.title)
        self.close_button = IconButton("clear", self.tr("Close the panel"), self)
        self.close_button.setObjectName("close-strip")
        self.close_button.clicked.connect(self.close_panel)
        self.body = QStackedWidget(self)
        for tab in self.tabs:
            self.body.addWidget(_Page(tab.widget))
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(12)
        line.addWidget(self.bar)
        line.addWidget(numbers, 1)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.body, 1)
        self.bar.pressed.connect(self._pressed)
        self._show()

    def line_height(self) -> int:
        """Height of the strip while it is closed."""
        return max(self.bar.sizeHint().height(), self.close_button.sizeHint().height()) + self._frame()

    def _frame(self) -> int:
        """Height in px of the lines above and below."""
        return 2 + self.height() - self.contentsRect().height()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.line_height() + (LEAST_BODY if self.current else 0))

    def show_panel(self, name: str, *, focus: bool = True) -> None:
        """Open the panel of this name. Raises `KeyError` for an unknown one."""
        places = {tab.name: place for place, tab in enumerate(self.tabs)}
        place = places[name]
        self.body.setCurrentIndex(place)
        if name != self.current:
            self.current = name
            self._show()
            self.changed.emit()
        if focus and not self.out_of_sight:
            widget = self.tabs[place].widget
            if isinstance(widget, PanelFrame):
                widget.enter()
            else:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def out_of_sight(self) -> bool:
        """Whether it is hidden while its panel is active, as in a presentation, so that it must not get the
        focus.
        """
        return self.maximumHeight() == 0

    def entry(self) -> QWidget:
        """The widget that gets the focus first: in the open panel, else the line of tabs."""
        widget = next((tab.widget for tab in self.tabs if tab.name == self.current), self.bar)
        return widget.first if isinstance(widget, PanelFrame) else widget

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; only the line of tabs remains."""
        if not self.current:
            return
        held = QApplication.focusWidget()
        if held is not None and (self.body.isAncestorOf(held) or held is self.close_button):
            self.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self.current = ""
        self._show()
        self.changed.emit()

    @Slot()
    def toggle(self) -> None:
        """Close the panel, or open the last one."""
        if self.current:
            self.close_panel()
        else:
            self.show_panel(self.tabs[max(0, self.body.currentIndex())].name)

    @Slot(int)
    def _pressed(self, place: int) -> None:
        name = self.tabs[place].name
        if name == self.current:
            self.close_panel()
        else:
            self.show_panel(name, focus=False)

    def _show(self) -> None:
        self.body.setVisible(bool(self.current))
        self.close_button.setVisible(bool(self.current))
        self.bar.set_open(bool(self.current))
        if self.current:
            place = next(place for place, tab in enumerate(self.tabs) if tab.name == self.current)
            self.bar.setCurrentIndex(place)
        self.updateGeometry()


class _TabBar(QTabBar):
    """Reports every press, also on the current tab, and shows no current tab while nothing is open.

    Signals:
        pressed(int): the index of a tab that was clicked, or chosen by key.
    """

    pressed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Maximum)
        self.setSizePolicy(policy)
        self._open = False
        self.setProperty("closed", True)
        self.tabBarClicked.connect(self._clicked)

    def set_open(self, is_open: bool) -> None:
        """Set whether a panel is open: only then is the current tab marked."""
        if is_open != self._open:
            self._open = is_open
            self.setProperty("closed", not is_open)
        self._polish()

    def _polish(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current tab: a style sheet's :focus would mark all."""
        self.setProperty("focused", event.reason() != Qt.FocusReason.MouseFocusReason)
        self._polish()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Unmark it."""
        self.setProperty("focused", False)
        self._polish()
        super().focusOutEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move among tabs and open them; Space and Return open and close."""
        keys = Qt.Key
        key = event.key()
        if key in (keys.Key_Space, keys.Key_Return, keys.Key_Enter) or (key == keys.Key_Escape and self._open):
            self.pressed.emit(self.currentIndex())
        elif key in (keys.Key_Left, keys.Key_Right):
            step = 1 if key == keys.Key_Right else -1
            place = self.currentIndex() + step
            if 0 <= place < self.count():
                self.setCurrentIndex(place)
                if self._open:
                    self.pressed.emit(place)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel, so that it does not change the tab."""
        event.ignore()

    @Slot(int)
    def _clicked(self, place: int) -> None:
        if place >= 0:
            self.pressed.emit(place)


class _Page(QScrollArea):
    """A panel that scrolls if it has too little room."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LEAST_BODY)
