"""The command palette: a search over all menu commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.appearance.theme import SMALL_TEXT_PX, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.palette.commands import Command, score
from latent_explorer.palette.search_popup import SearchPopup

_COMMAND = Qt.ItemDataRole.UserRole


class CommandPalette(SearchPopup):
    """A search field and a list over the window. Up and Down select, Enter runs, Esc or a click outside close.

    Disabled commands are listed last, dimmed, and do nothing.
    """

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = tuple(commands)
        self.setObjectName("commandPalette")
        self.field = QLineEdit(self)
        self.field.setObjectName("paletteField")
        self.field.setPlaceholderText(self.tr("Search commands"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.field.setClearButtonEnabled(True)
        self.list: QListWidget = QListWidget(self)
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_CommandRow(self.list))
        self.none = PlainLabel(self.tr("No command is called like this."), self)
        self.none.setObjectName("paletteNone")
        self.none.setProperty("role", "caption")
        self.none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run_item)
        self._search("")

    @Slot(str)
    def _search(self, typed: str) -> None:
        found = [
            (command.action.isEnabled(), points, -place, command)
            for place, command in enumerate(self._commands)
            if (points := score(typed, command)) is not None
        ]
        found.sort(key=lambda entry: entry[:3], reverse=True)
        self.list.clear()
        for *_, command in found:
            item = QListWidgetItem(command.title)
            item.setData(_COMMAND, command)
            item.setToolTip(command.action.toolTip() if command.action.toolTip() != command.title else "")
            item.setSizeHint(QSize(100, self.ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.none.setVisible(not found)

    def take(self) -> None:
        """Run the current command."""
        self._run_item(self.list.currentItem())

    @Slot(QListWidgetItem)
    def _run_item(self, item: QListWidgetItem | None) -> None:
        command = item.data(_COMMAND) if item is not None else None
        if not isinstance(command, Command) or not command.action.isEnabled():
            return
        action = command.action
        # Close first, because the command may open a window.
        self.close()
        action.trigger()


class _CommandRow(QStyledItemDelegate):
    """Paints a command: title, menu path, and the shortcut on the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        command = index.data(_COMMAND)  # type: ignore[attr-defined]
        tokens = theme().tokens
        area: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.line))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.control))
        enabled = command.action.isEnabled()
        inner = area.adjusted(8, 0, -8, 0)
        flags = Qt.AlignmentFlag.AlignVCenter
        small = QFont(option.font)
        small.setPixelSize(SMALL_TEXT_PX)
        checked = command.action.isCheckable() and command.action.isChecked()
        title = f"✓ {command.title}" if checked else command.title
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.text if enabled else tokens.text_3))
        used = painter.boundingRect(inner, flags, title).width()
        painter.drawText(inner, flags, title)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_3))
        keys = command.keys
        keys_wide = painter.boundingRect(inner, flags, keys).width() if keys else 0
        painter.drawText(inner, flags | Qt.AlignmentFlag.AlignRight, keys)
        path = inner.adjusted(used + 12, 0, -keys_wide - 12, 0)
        if path.width() > 40:
            text = painter.fontMetrics().elidedText(command.path, Qt.TextElideMode.ElideRight, path.width())
            painter.drawText(path, flags, text)
        painter.restore()
