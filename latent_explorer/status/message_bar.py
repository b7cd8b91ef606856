"""The non-modal bar for messages of the program; the only listener of `Notifications`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.notifications import Notification, Notifications
from latent_explorer.status.level_icon import LevelIcon
from latent_explorer.words.plain_text import menu_text

_INFO_MS = 6_000


class MessageBar(QFrame):
    """Shows the newest message and counts the others. Hidden without messages.

    Errors and warnings stay until they are closed; infos disappear after 6 s, but not while the pointer or the
    focus is in the bar. Esc closes the message.
    """

    def __init__(self, notifications: Notifications, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notifications = notifications
        self.messages: list[Notification] = []
        #: While set, what only says that all is well is left out.
        self.quiet = False
        self.setObjectName("messageBar")
        self.setProperty("role", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.icon = LevelIcon()
        self.sentence = PlainLabel()
        self.sentence.setObjectName("messageSentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.others = PlainLabel()
        self.others.setObjectName("messageOthers")
        self.others.setProperty("role", "caption")
        self.details = QPlainTextEdit()
        self.details.setObjectName("messageDetailsText")
        self.details.setAccessibleName(self.tr("Details of the message"))
        self.details.setReadOnly(True)
        self.details.setFixedHeight(140)
        self.details.hide()
        self.more = self._button("messageDetails", self.tr("Details"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self.details.setVisible)
        self.copy = self._button("messageCopy", self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the message and its details"))
        self.copy.clicked.connect(self._copy)
        self.close_button = self._button("messageClose", "✕")
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        self.close_button.clicked.connect(self.dismiss)
        self._actions: list[QPushButton] = []
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_INFO_MS)
        self._timer.timeout.connect(self._expire)
        theme().changed.connect(self.icon.update)
        self.hide()
        notifications.shown.connect(self.show_message)
        notifications.listen()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("role", "quiet")
        return button

    def _build(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.icon)
        self._row.addWidget(self.sentence, 1)
        for widget in (self.others, self.more, self.copy, self.close_button):
            self._row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 6, 5)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addWidget(self.details)

    @Slot(object)
    def show_message(self, message: Notification) -> None:
        """Show `message`; if its `times` is above 1 it replaces the last one."""
        if message.times > 1 and self.messages:
            self.messages.pop()
        if self.quiet and message.level == "info" and not message.actions:
            return
        # A newer message replaces infos for good.
        self.messages = [old for old in self.messages if old.level != "info"]
        self.messages.append(message)
        self._refresh()

    def resume(self, messages: Sequence[Notification]) -> None:
        """Show what another bar showed, the newest last."""
        self.messages = list(messages)
        self._refresh()

    @Slot()
    def dismiss(self) -> None:
        """Close the current message and show the one before it."""
        if self.messages:
            self.messages.pop()
        self._notifications.forget()
        self._refresh()

    @Slot()
    def _expire(self) -> None:
        focus = QApplication.focusWidget()
        busy = self.underMouse() or (focus is not None and self.isAncestorOf(focus))
        if busy:
            self._timer.start()
        else:
            self.dismiss()

    def _refresh(self) -> None:
        self._timer.stop()
        self.setVisible(bool(self.messages))
        if not self.messages:
            return
        message = self.messages[-1]
        self.icon.level = message.level
        self.icon.update()
        sentence = message.sentence
        if message.times > 1:
            sentence = self.tr("{0} ({1} times)").format(sentence, message.times)
        self.sentence.setText(sentence)
        levels = {"info": self.tr("Message"), "warning": self.tr("Warning"), "error": self.tr("Error")}
        self.setAccessibleName(f"{levels.get(message.level, levels['error'])}: {sentence}")
        others = len(self.messages) - 1
        self.others.setText(self.tr("{0} more").format(others) if others else "")
        self.others.setVisible(bool(others))
        self.more.setChecked(False)
        self.more.setVisible(bool(message.details))
        self.details.setPlainText(message.details)
        self._show_actions(message)
        self._count_down()

    def _count_down(self) -> None:
        """Start the timer of an info without actions; other messages stay until they are closed."""
        if self.messages and self.messages[-1].level == "info" and not self.messages[-1].actions:
            self._timer.start()

    def _show_actions(self, message: Notification) -> None:
        for button in self._actions:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions = []
        for place, (label, key) in enumerate(message.actions):
            button = QPushButton(menu_text(label))
            button.setObjectName(f"messageAction{place}")
            button.setAccessibleName(label)
            button.clicked.connect(lambda _=False, key=key: self._choose(key))
            self._row.insertWidget(2 + place, button)
            self._actions.append(button)

    def _choose(self, key: str) -> None:
        self.dismiss()
        self._notifications.action_chosen.emit(key)

    @Slot()
    def _copy(self) -> None:
        message = self.messages[-1]
        text = f"{message.sentence}\n\n{message.details}" if message.details else message.sentence
        QGuiApplication.clipboard().setText(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._count_down()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
